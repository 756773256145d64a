"""Judging's files for anyone with a spreadsheet: reading them tolerantly, writing results. Knows no database."""
