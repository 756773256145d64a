"""`temthu stamps …`: commands on the catalogue; features of it add theirs."""

from flask.cli import AppGroup

commands = AppGroup("stamps", help="The catalogue of stamps.")
