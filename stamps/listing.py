"""A page of a list: found by the search, with counts beside every further choice; without an index, by the database.

Rows are read anew, so that a list shows what is so now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from archive import choices
from archive import queries as archive
from archive.asked import LAST_PAGE
from archive.choices import Choice
from archive.engines import one_page
from archive.index import Query, Results
from archive.named import begun_with, named_first
from archive.sources import source_of
from core.countries import by_name
from core.pages import in_language
from stamps import picturing, queries
from stamps.browsing import BEST, ISSUES, ITEMS, LOOKS, PER_PAGE, Browsed
from stamps.models import Stamp, StampIssue, StampPicture, Topic
from stamps.picturing import InList
from stamps.queries import Narrowed


@dataclass(frozen=True)
class Listed:
    """Everything a list shows. `pictures` by the id of a thing; `statuses` by key, for the person at the page."""

    asked: Browsed
    total: int
    is_counted: bool
    things: Sequence[StampIssue | Stamp]
    pictures: Mapping[int, StampPicture]
    statuses: Mapping[str, str]
    facets: list[tuple[str, list[Choice]]]
    chips: list[Choice]
    sorts: list[Choice]
    kinds: list[Choice]
    looks: list[Choice]

    @property
    def of_items(self) -> bool:
        """Whether these are items, not issues."""
        return self.asked.typed.kind == ITEMS

    @property
    def is_table(self) -> bool:
        """Whether the list is looked at as a table."""
        return self.asked.look == "table"

    @property
    def last_page(self) -> int:
        """How many pages can be turned to."""
        return min(max(1, -(-self.total // PER_PAGE)), LAST_PAGE)

    def picture_of(self, thing: StampIssue | Stamp) -> InList | None:
        """The picture that stands for a thing, or nothing."""
        return picturing.in_list(self.pictures.get(thing.id))


@one_page()
def listed(asked: Browsed) -> Listed:
    """Find a page of a list and everything around it."""
    results = begun_with(named_first(asked), _searched(asked, asked.query))
    things, total = _found(asked, results) if results.ready else _without_index(asked)
    return Listed(
        asked=asked,
        total=total,
        is_counted=results.ready,
        things=things,
        pictures=_pictures(things),
        statuses=source_of(asked.typed.kind).statuses([thing.key for thing in things]) if things else {},
        facets=choices.facets_of(asked, results) if results.ready else _uncounted(asked),
        chips=choices.chips_of(asked),
        sorts=_sorts(asked),
        kinds=_kinds(asked, results),
        looks=_looks(asked),
    )


def _searched(asked: Browsed, query: Query) -> Results:
    """What a query finds; nothing, where none of what was typed can be searched."""
    return Results((), 0) if asked.unread else archive.find(query)


def _found(asked: Browsed, results: Results) -> tuple[Sequence[StampIssue | Stamp], int]:
    keys = [hit.key for hit in results.hits]
    if asked.typed.kind == ITEMS:
        return queries.items_by_keys(keys), results.total
    return queries.issues_by_keys(keys), results.total


def _without_index(asked: Browsed) -> tuple[Sequence[StampIssue | Stamp], int]:
    """While the index is being made ready: by the database, without what was typed."""
    wanted, sort, number = narrowed_of(asked.typed), asked.typed.sort, min(asked.page, LAST_PAGE)
    if asked.typed.kind == ITEMS:
        items = queries.items_like(wanted, sort)
        return queries.page_of(items, number=number, size=PER_PAGE), queries.count(items)
    issues = queries.issues_like(wanted, sort)
    return queries.page_of(issues, number=number, size=PER_PAGE), queries.count(issues)


def narrowed_of(typed: Query) -> Narrowed:
    """What the database can narrow by, without what was typed."""
    return Narrowed(
        country=typed.country,
        years=typed.years,
        topics=tuple(queries.keys_below(typed.topic) or [typed.topic]) if typed.topic else (),
        maker=typed.maker,
        series=typed.series,
        process=typed.process,
        item=typed.item,
        emission=typed.emission,
        has_picture=bool(typed.picture),
    )


def _pictures(things: Sequence[StampIssue | Stamp]) -> dict[int, StampPicture]:
    own = {thing.id: face for thing in things if (face := picturing.face_of(thing.pictures))}
    bare = [thing for thing in things if isinstance(thing, StampIssue) and thing.id not in own]
    return own | queries.pictures_of_issues(bare) if bare else own


def pictures_of(issues: Sequence[StampIssue]) -> Callable[[StampIssue], InList | None]:
    """The picture that stands for each of these issues: its own, or one of its stamps."""
    own = queries.own_pictures_of_issues(issues)
    found = queries.pictures_of_issues([issue for issue in issues if issue.id not in own]) | own
    return lambda issue: picturing.in_list(found.get(issue.id))


def _sorts(asked: Browsed) -> list[Choice]:
    labels = {
        BEST: _("Best first"),
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "number": _("By number"),
        "value": _("By face value"),
    }
    return [
        Choice(
            labels[sort], asked.url(sort=None if sort == asked.usual_sort else sort), current=sort == asked.typed.sort
        )
        for sort in asked.sorts
    ]


def _kinds(asked: Browsed, results: Results) -> list[Choice]:
    """Issues or items, each with how many there would be."""
    other = ISSUES if asked.typed.kind == ITEMS else ITEMS
    number = _searched(asked, replace(asked.without(kind=other), facets=())).total if results.ready else None
    counts = {asked.typed.kind: results.total if results.ready else None, other: number}
    labels = {ISSUES: _("Issues"), ITEMS: _("Single stamps and sheets")}
    sort = None if asked.typed.sort == "value" else asked.filters.get("sort")
    return [
        Choice(label, asked.url(kind=kind, sort=sort), counts[kind], kind == asked.typed.kind)
        for kind, label in labels.items()
    ]


def _looks(asked: Browsed) -> list[Choice]:
    labels = {"wall": _("Wall"), "table": _("Table")}
    page = asked.page if asked.page > 1 else None
    return [
        Choice(label, asked.url(look=None if look == LOOKS[0] else look, page=page), None, look == asked.look)
        for look, label in labels.items()
    ]


def _uncounted(asked: Browsed) -> list[tuple[str, list[Choice]]]:
    """Choices without counts, from the database."""
    typed = asked.typed
    countries = [
        Choice(name, asked.url(country=None if code == typed.country else code), None, code == typed.country)
        for code, name in by_name(queries.countries())
    ]
    topics = [
        Choice(
            in_language(topic, "name"),
            asked.url(topic=None if topic.key == typed.topic else topic.key),
            None,
            topic.key == typed.topic,
        )
        for topic in queries.topics()
    ]
    decades = [f"{decade}..{decade + 9}" for decade in dict.fromkeys(year // 10 * 10 for year in queries.years())]
    at_work = asked.filters.get("years", "")
    years = [
        Choice(years.replace("..", "–"), asked.url(years=None if years == at_work else years), None, years == at_work)
        for years in decades
    ]
    found = ((_("Country"), countries), (_("Decade"), years), (_("Topic"), topics))
    return [(label, links) for label, links in found if links]


@dataclass(frozen=True)
class Twig:
    """A topic in the tree, and how deep it hangs."""

    topic: Topic
    depth: int


def tree_of_topics() -> list[Twig]:
    """Every topic below the one it belongs to."""
    topics = queries.topics()
    return [twig for topic in topics if topic.parent_id is None for twig in _twigs(topic, 0, topics)]


def _twigs(topic: Topic, depth: int, topics: Sequence[Topic]) -> list[Twig]:
    below = (twig for one in topics if one.parent_id == topic.id for twig in _twigs(one, depth + 1, topics))
    return [Twig(topic, depth), *below]


def above(topic: Topic) -> list[Topic]:
    """The way from the root of the tree down to a topic, without the topic itself."""
    way: list[Topic] = []
    at = topic.parent
    while at is not None and at not in way:
        way.insert(0, at)
        at = at.parent
    return way
