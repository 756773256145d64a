"""A contest year with invented people, to look at and to try: no person, school or letter in it is real.

Made through the same services as people use; repeating it changes nothing.
"""

from website.demonstration.commands import load_demonstration

__all__ = ["load_demonstration"]
