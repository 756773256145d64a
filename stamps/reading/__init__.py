"""What sources print, understood: catalogue numbers, face values, perforations, dates, printing methods. Pure, no tables.

Nothing is guessed: what cannot be understood for sure stays as printed and is said to be in doubt.
"""
