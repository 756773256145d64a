"""`temthu judging …`: judging for anyone with a spreadsheet. Files in, files out, no database.

What is read and written is in `spreadsheets`; a command only names files and calls it.
"""

from flask.cli import AppGroup

commands = AppGroup("judging", help="Judging for anyone with a spreadsheet.")
