"""What the archive reads: the index, and which of its jobs ran or wait."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice, product
from typing import Any

from sqlalchemy import func, select

from archive.engines import current_index, notice_unready, one_page
from archive.index import Hit, Query, Results
from archive.sources import kinds
from archive.spelling import is_short, may_be_meant
from archive.text import exact_words, fold, typed_words, words
from core.db import db
from core.jobs import Job, JobState

log = logging.getLogger(__name__)
# How many questions are tried where nothing is found; more where a short word is in doubt, which are only counted.
MOST_TRIES, MOST_COUNTED = 12, 24
ONLY_COUNTED: dict[str, Any] = {"limit": 0, "offset": 0, "facets": (), "of_each_kind": 0}
# What the worker does to the index.
JOBS = ("archive.index", "archive.rebuild")


@dataclass(frozen=True)
class Found:
    """What was found, and the query that found it: not `query` as asked where a slip was corrected.

    `first`: what was named, not found, and stands before everything found.
    """

    results: Results
    query: Query
    is_corrected: bool = False
    first: tuple[Hit, ...] = ()

    @property
    def corrected(self) -> str:
        """What was looked for in place of what was typed, as one would type it; nothing where nothing was corrected."""
        said = [*self.query.words, *(f'"{phrase}"' for phrase in self.query.phrases)]
        return " ".join(said) if self.is_corrected else ""


def find(query: Query) -> Results:
    """Find; where nothing is, look once more with the last word as a beginning."""
    return find_as_typed(query).results


def find_as_typed(query: Query) -> Found:
    """The same, with the query that found it."""
    results = searched(query)
    if _has_nothing(results) and query.words and not query.prefix:
        query = replace(query, prefix=True)
        results = searched(query)
    return Found(results, query)


def searched(query: Query) -> Results:
    """What the index answers to every page: that there is none that can be used is noticed, and healed by `unready`.

    One that holds kinds of things which nobody brings is of another program, or broken.
    """
    results = current_index().search(query)
    if unknown := {hit.kind for hit in _all_hits(results)} - kinds():
        log.error("the search index holds what nobody knows: %s", sorted(unknown))
        results = Results((), 0, ready=False)
    if not results.ready:
        notice_unready()
    return results


def _all_hits(results: Results) -> Iterator[Hit]:
    return chain(results.hits, *results.of_each_kind.values())


def _has_nothing(results: Results) -> bool:
    """Whether there surely is nothing."""
    return results.ready and not results.too_wide and not results.total


@one_page()
def find_or_correct(query: Query) -> Found:
    """Find; where nothing is, find with one letter of a word put right ("did you mean"). What is too wide ends it."""
    found = find_as_typed(query)
    if not _has_nothing(found.results):
        return found
    best, most = None, found.results
    for corrected in corrections(query):
        results = searched(replace(corrected.query, **ONLY_COUNTED) if corrected.is_counted else corrected.query)
        if results.too_wide:
            return Found(results, query)
        if results.total > most.total:
            best, most = corrected, results
        if results.total and not corrected.is_counted:
            break
    if best is None:
        return Found(found.results, query)
    return Found(searched(best.query) if best.is_counted else most, best.query, is_corrected=True)


@dataclass(frozen=True)
class Corrected:
    """A question with words put right. `is_counted`: a short one among them, so that what finds most is meant."""

    query: Query
    is_counted: bool


def corrections(query: Query) -> Iterator[Corrected]:
    """The same question with words spelt as the index knows them, likeliest first, MOST_TRIES or MOST_COUNTED at most.

    Words, those of phrases too, that nothing holds are replaced by one a letter away; where all are held, but by no
    document together, one word at a time is, unless it was typed with its diacritics: who does that means it.
    A last word that is like no other may be the beginning of one, and stays.
    """
    groups = [words(" ".join(query.words)), *map(words, query.phrases)]
    typed = [word for group in groups for word in group]
    known = {word: _by_likelihood(word, is_alone=len(typed) == 1) for word in dict.fromkeys(typed)}
    if groups[0] and not known[last := groups[0][-1]]:
        known[last], query = [last], replace(query, prefix=True)
    are_unknown = [word not in known[word] for word in typed]
    ways = _all_changed(typed, known, are_unknown) if any(are_unknown) else _one_changed(typed, known, _meant(query))
    for tried, changed in enumerate(islice(ways, MOST_COUNTED)):
        is_counted = any(is_short(*pair) for pair in zip(typed, changed, strict=True) if pair[0] != pair[1])
        if is_counted or tried < MOST_TRIES:
            yield Corrected(_with(query, groups, changed), is_counted)


def _with(query: Query, groups: Sequence[Sequence[str]], changed: Sequence[str]) -> Query:
    """The question with these words in place of its own, which stand in groups: the words, then every phrase."""
    rest = iter(changed)
    said, *phrases = [list(islice(rest, len(group))) for group in groups]
    together = (" ".join(_as_typed((typed,), now)) for typed, now in zip(query.phrases, phrases, strict=True))
    return replace(query, words=tuple(_as_typed(query.words, said)), phrases=tuple(together))


def _all_changed(typed: list[str], known: dict[str, list[str]], unknown: list[bool]) -> Iterator[Sequence[str]]:
    """Every unknown word changed; of two that are short the likeliest pairs first."""
    choices = [known[word] if is_unknown else [word] for word, is_unknown in zip(typed, unknown, strict=True)]
    if sum(unknown) == 2:
        ranked = product(*(list(enumerate(some[:MOST_COUNTED])) for some in choices))
        return ([word for _, word in one] for one in sorted(ranked, key=lambda one: sum(at for at, _word in one)))
    return product(*choices)


def _one_changed(typed: list[str], known: dict[str, list[str]], meant: frozenset[str]) -> Iterator[Sequence[str]]:
    for at, word in enumerate(typed):
        for other in () if word in meant else known[word]:
            if other != word:
                yield [*typed[:at], other, *typed[at + 1 :]]


def _meant(query: Query) -> frozenset[str]:
    """Words typed with diacritics, folded."""
    return frozenset(map(fold, exact_words(" ".join((*query.words, *query.phrases)))))


def _by_likelihood(word: str, *, is_alone: bool) -> list[str]:
    held = may_be_meant(current_index().spellings(word), word, is_alone=is_alone)
    return sorted(held, key=lambda one: (-held[one], one))


def _as_typed(texts: Sequence[str], changed: Sequence[str]) -> Sequence[str]:
    """Words that were changed; those that were not keep the diacritics with which they were typed."""
    typed = [word for text in texts for word in typed_words(text)]
    if len(typed) != len(changed):
        return changed
    return [word if words(word) == (other,) else other for word, other in zip(typed, changed, strict=True)]


def indexed_since(moment: datetime) -> list[tuple[str, str]]:
    """Kind and key of everything a worker has brought up to date, or begun to, since then; or is still at."""
    is_concerned = (Job.claimed_at >= moment) | (Job.state == JobState.RUNNING)
    query = select(Job.arguments).where(Job.name == "archive.index", is_concerned)
    return list(dict.fromkeys((given["kind"], given["key"]) for given in db.session.scalars(query)))


def number_waiting() -> int:
    """How many things wait to be brought up to date in the index."""
    query = select(func.count(Job.id)).where(Job.name == "archive.index", Job.state == JobState.WAITING)
    return db.session.scalar(query) or 0


def is_catching_up() -> bool:
    """Whether the worker is bringing the index up to date, or has to, so that what is found may still change."""
    waits = Job.state.in_((JobState.WAITING, JobState.RUNNING))
    return db.session.scalar(select(Job.id).where(Job.name.in_(JOBS), waits).limit(1)) is not None


def indexed_at() -> datetime | None:
    """When the worker last began to bring the index up to date."""
    begun = select(Job.claimed_at).where(Job.name.in_(JOBS), Job.claimed_at.is_not(None))
    return db.session.scalar(begun.order_by(Job.id.desc()).limit(1))


def rebuilds_since(moment: datetime) -> int:
    """How many rebuilds were due since then."""
    query = select(func.count(Job.id)).where(Job.name == "archive.rebuild", Job.due_at >= moment)
    return db.session.scalar(query) or 0


def is_rebuild_due(*, since: datetime) -> bool:
    """Whether a rebuild waits or runs, or was due so lately that another one would hardly help."""
    waits = Job.state.in_((JobState.WAITING, JobState.RUNNING))
    query = select(Job.id).where(Job.name == "archive.rebuild", waits | (Job.due_at >= since))
    return db.session.scalar(query.limit(1)) is not None
