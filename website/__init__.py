"""The program assembled: every feature registered, pages around them, the command line.

Imports everything (`website.application`); nothing imports it.
"""
