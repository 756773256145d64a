"""Benches: one file a claim, each printing figures of one run. `make bench` runs them all."""
