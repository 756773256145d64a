"""What every feature stands on: database, permissions, errors, clock, jobs, files.

Knows no letter and no stamp. A module is admitted when two features need it.
"""
