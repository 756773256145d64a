"""What a harvester asks, understood: verbs, arguments, days, resumption tokens; and the protocol's errors. Pure.

Source: the Open Archives Initiative Protocol for Metadata Harvesting, version 2.0. Nothing is kept between two requests: a
token holds all that the next one needs, so that it never expires.
"""

import base64
import binascii
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

PREFIX = "oai_dc"
GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
AT_ONCE = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_SETS = re.compile(r"(?:issues|items)(?::[A-Z]{2})?")
_IDENTIFIER = re.compile(r"oai:([^:\s]+):(\d{1,9})")


class Verb(StrEnum):
    """What can be asked."""

    IDENTIFY = "Identify"
    FORMATS = "ListMetadataFormats"
    SETS = "ListSets"
    IDENTIFIERS = "ListIdentifiers"
    RECORDS = "ListRecords"
    RECORD = "GetRecord"


LISTS = (Verb.IDENTIFIERS, Verb.RECORDS)
_REQUIRED = {
    Verb.RECORD: {"identifier", "metadataPrefix"},
    Verb.IDENTIFIERS: {"metadataPrefix"},
    Verb.RECORDS: {"metadataPrefix"},
}
_OPTIONAL = {
    Verb.FORMATS: {"identifier"},
    Verb.SETS: {"resumptionToken"},
    Verb.IDENTIFIERS: {"from", "until", "set"},
    Verb.RECORDS: {"from", "until", "set"},
}


class Wrong(Exception):  # noqa: N818 - the protocol's word is error; it is an answer, not a failure
    """An error of the protocol, by its code."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Harvest:
    """Which records are wanted: changed from `since` (inclusive) to before `until`, of a set, and where to go on.

    `stage` counts the kinds of records in their order; `at` and `after` are date and id of the last record given.
    """

    since: str = ""
    until: str = ""
    set_: str = ""
    stage: int = 0
    at: str = ""
    after: int = 0
    given: int = 0

    def token(self) -> str:
        """What a harvester sends to go on."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self), separators=(",", ":")).encode()).decode()

    def gone_on(self, *, stage: int, at: str, after: int, given: int) -> "Harvest":
        """The same harvest behind these records."""
        return replace(self, stage=stage, at=at, after=after, given=given)


@dataclass(frozen=True)
class Question:
    """A question of a harvester that obeys the protocol."""

    verb: Verb
    identifier: str = ""
    harvest: Harvest = Harvest()
    resumed: bool = False


def read_question(given: Iterable[tuple[str, str]]) -> Question:
    """Understand the arguments of a request; raises Wrong with the protocol's code."""
    pairs = list(given)
    arguments = dict(pairs)
    verb = _verb(pairs)
    if len(arguments) != len(pairs):
        raise Wrong("badArgument", "An argument is repeated.")
    del arguments["verb"]
    if verb in (*LISTS, Verb.SETS) and "resumptionToken" in arguments:
        return _resumed(verb, arguments)
    required = _REQUIRED.get(verb, set())
    if missing := required - arguments.keys():
        raise Wrong("badArgument", f"Missing: {', '.join(sorted(missing))}.")
    if strange := arguments.keys() - required - _OPTIONAL.get(verb, set()):
        raise Wrong("badArgument", f"Not for {verb}: {', '.join(sorted(strange))}.")
    if arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise Wrong("cannotDisseminateFormat", f"There is {PREFIX} only.")
    harvest = _harvest(arguments) if verb in LISTS else Harvest()
    return Question(verb, arguments.get("identifier", ""), harvest)


def number_of(identifier: str, names: Collection[str]) -> int:
    """The permanent number an identifier names, given under one of our names; raises Wrong."""
    found = _IDENTIFIER.fullmatch(identifier)
    if found is None or found[1].lower() not in names:
        raise Wrong("idDoesNotExist", "No identifier of this repository.")
    return int(found[2])


def stamp_of(moment: datetime) -> str:
    """An instant as the protocol writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str) -> datetime:
    """An instant written in a token or argument by us or by `stamp_of`; ValueError for what is none of this calendar."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no instant of ours") from error


def _verb(pairs: list[tuple[str, str]]) -> Verb:
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in set(Verb):
        raise Wrong("badVerb", f"One verb, please: {', '.join(Verb)}.")
    return Verb(verbs[0])


def _resumed(verb: Verb, arguments: dict[str, str]) -> Question:
    if len(arguments) != 1:
        raise Wrong("badArgument", "A resumption token stands alone.")
    try:
        harvest = Harvest(**json.loads(base64.urlsafe_b64decode(arguments["resumptionToken"].encode())))
        _check(harvest)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise Wrong("badResumptionToken", "That token is not ours.") from error
    if verb is Verb.SETS:
        raise Wrong("badResumptionToken", "The list of sets is given whole.")
    return Question(verb, harvest=harvest, resumed=True)


def _check(harvest: Harvest) -> None:
    """A token may have been written by anybody."""
    for moment in (harvest.since, harvest.until, harvest.at):
        if moment:
            from_text(moment)
    whole = (harvest.stage, harvest.after, harvest.given)
    if not all(isinstance(number, int) and 0 <= number < 2**31 for number in whole):
        raise ValueError("no numbers of ours")
    if harvest.set_ and not _SETS.fullmatch(harvest.set_):
        raise ValueError("no set of ours")


def _harvest(arguments: dict[str, str]) -> Harvest:
    since, until = arguments.get("from", ""), arguments.get("until", "")
    if since and until and len(since) != len(until):
        raise Wrong("badArgument", "from and until are not equally exact.")
    first, last = _moment(since), _behind(until)
    if first and last and first >= last:
        raise Wrong("badArgument", "from lies behind until.")
    set_ = arguments.get("set", "")
    if set_ and not _SETS.fullmatch(set_):
        raise Wrong("noRecordsMatch", "There is no such set.")
    return Harvest(first.isoformat() if first else "", last.isoformat() if last else "", set_)


def _behind(until: str) -> datetime | None:
    """The first instant that is no longer meant; none behind the last day there is."""
    last = _moment(until)
    if last is None:
        return None
    step = timedelta(days=1) if len(until) == len("2021-10-09") else timedelta(seconds=1)
    return last + step if last <= datetime.max.replace(tzinfo=UTC) - step else None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        raise Wrong("badArgument", f"Dates are written {GRANULARITY}, or as days.")
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError as error:
        raise Wrong("badArgument", f"{text} is no date.") from error
