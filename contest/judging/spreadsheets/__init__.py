"""Spreadsheets: what people hand us as CSV, and the files they get back. No database."""
