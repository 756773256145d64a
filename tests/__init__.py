"""The tests mirror the packages; cast.py holds the people, make.py builds their things."""
