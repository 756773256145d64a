"""Every write to a stage, by noun: its settings, its criteria and prizes, its tree of units."""

from contest.editions.services.rows import lock_criteria, remove_criterion, remove_prize, save_criterion, save_prize
from contest.editions.services.settings import change_settings, extend, open_stage
from contest.editions.services.units import add_province, add_school, add_schools, add_unit, remove_unit, rename_unit

__all__ = [
    "add_province",
    "add_school",
    "add_schools",
    "add_unit",
    "change_settings",
    "extend",
    "lock_criteria",
    "open_stage",
    "remove_criterion",
    "remove_prize",
    "remove_unit",
    "rename_unit",
    "save_criterion",
    "save_prize",
]
