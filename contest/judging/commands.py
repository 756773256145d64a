"""`temthu judging …`: judging for anyone with a spreadsheet, without a database.

Files come in and go out through `contest.judging.spreadsheets`; figures are made by the pure modules of this package.
"""

from flask.cli import AppGroup

commands = AppGroup("judging", help="Judging for anyone with a spreadsheet.")
