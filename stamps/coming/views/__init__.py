"""Pages of issues to come, by noun: the calendar, reservations, the clerk's counter."""

from stamps.coming.views import calendars, counter, reservations
from stamps.coming.views.blueprint import blueprint

__all__ = ["blueprint", "calendars", "counter", "reservations"]
