"""Severity: how stern each judge is, and the fair mark a letter has once that is taken away. Arrays in, arrays out.

Knows neither Flask nor tables of the database. `adjusting.adjust` is the door; the measurement is in `rasch` (many facets,
logits) and `additive` (crossed effects, marks).
"""
