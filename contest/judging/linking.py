"""Which judges to tie together where groups of them share no letter, and whether any rule lets them. Pure."""

from dataclasses import dataclass

import numpy as np

from contest.judging.arrays import Flags, Ints
from contest.judging.assigning import Judges, Letters, groups_of

# Of very many places a group has, so many are tried.
MOST_TRIED = 20


@dataclass(frozen=True)
class Link:
    """Two judges of different groups; `may`: whether there is a letter that both may read."""

    judge: int
    with_judge: int
    may: bool


def links(letters: Letters, judges: Judges, reads: Ints, barred: Ints) -> list[Link]:
    """For each group beyond the largest its busiest judge, beside the busiest of the largest.

    Where those two may share no letter, others of the group are tried, and then others of the largest.
    """
    if not len(reads):
        return []
    loads = np.bincount(reads[:, 1], minlength=len(judges))
    label = groups_of(reads, len(judges))
    groups = [np.flatnonzero((label == each) & (loads > 0)) for each in np.unique(label[loads > 0])]
    groups = [group[np.argsort(-loads[group], kind="stable")] for group in groups]
    groups.sort(key=lambda group: (-int(loads[group].sum()), int(group.min())))
    return [_link(letters, judges, barred, group, groups[0]) for group in groups[1:]]


def _link(letters: Letters, judges: Judges, barred: Ints, group: Ints, largest: Ints) -> Link:
    kinds = {
        int(judge): _may(letters, judges, barred, int(judge))
        for judge in (*_kinds(judges, group), *_kinds(judges, largest))
    }
    for with_judge in _kinds(judges, largest):
        for judge in _kinds(judges, group):
            if (kinds[judge] & kinds[with_judge]).any():
                return Link(judge, with_judge, may=True)
    return Link(int(group[0]), int(largest[0]), may=False)


def _kinds(judges: Judges, group: Ints) -> list[int]:
    """One judge of each place, the busiest first."""
    first = np.unique(judges.origins[group], axis=0, return_index=True)[1]
    return [int(group[place]) for place in np.sort(first)[:MOST_TRIED]]


def _may(letters: Letters, judges: Judges, barred: Ints, judge: int) -> Flags:
    """Which letters a judge may read."""
    theirs = judges.origins[judge]
    allowed = ~((letters.origins == theirs) & (letters.origins >= 0)).any(axis=1)
    allowed[barred[barred[:, 1] == judge, 0]] = False
    return np.asarray(allowed)
