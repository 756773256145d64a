"""Two invented collectors: the curator's own stamps, and a swap partner with a public page. Stamps of the record only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from accounts.models import Person
from stamps.collections import queries, services
from stamps.collections.rules import Accepted, Condition, CopyFormat, Disposition, ListSource, Noted, Shown, Status

COUNTRY = "VN"
LIST_NAME = "Việt Nam"
CONDITIONS = (Condition.MNH, Condition.USED, Condition.MLH, Condition.CTO)


def fill(*, collector: Person, partner: Person, now: datetime) -> None:
    """Their copies, wants and swaps, a list, and what they show; nothing where the record has no stamps."""
    stamps = queries.items_of_country(COUNTRY, None)
    if not stamps:
        return
    begun = now - timedelta(days=30)
    have, missing = [each for at, each in enumerate(stamps) if at % 3], stamps[::3]
    offered = have[::4]
    _collector(collector, have, missing, offered, begun)
    _partner(partner, missing, offered, begun)


def _collector(
    person: Person, have: Sequence[int], missing: Sequence[int], offered: Sequence[int], now: datetime
) -> None:
    copies = [(stamp_id, Noted(condition=CONDITIONS[at % 4])) for at, stamp_id in enumerate(have)]
    copies += [(stamp_id, Noted(condition=Condition.MNH, to_swap=True)) for stamp_id in offered]
    copies[0] = (copies[0][0], _well_noted())
    sold = Noted(condition=Condition.USED, disposition=Disposition.SOLD, parted_on="2025-11", parted_with="Hội tem")
    services.add_copies(person_id=person.id, copies=[*copies, (have[-1], sold)], now=now)
    services.want_stamps(
        person_id=person.id,
        wants=[
            (stamp_id, Accepted((Condition.MNH, Condition.MLH)) if at % 2 else Accepted())
            for at, stamp_id in enumerate(missing)
        ],
        now=now,
    )
    made = services.make_list(
        person_id=person.id, name=LIST_NAME, source=ListSource.COUNTRY, source_key=COUNTRY, now=now
    )
    services.put_on_list(list_=made, stamp_ids=[*have, *missing])
    _open(person, Shown(name="Người giữ tem"), published=False, now=now)


def _partner(person: Person, has: Sequence[int], looks_for: Sequence[int], now: datetime) -> None:
    copies = [(stamp_id, Noted(condition=CONDITIONS[at % 2], to_swap=True)) for at, stamp_id in enumerate(has)]
    services.add_copies(person_id=person.id, copies=copies, now=now)
    services.mark(person_id=person.id, stamp_ids=list(looks_for), status=Status.WANT, now=now)
    about = "Minh họa: một người sưu tập không có thật."
    shown = replace(Shown(name="Cánh cò", about=about), shows_counts=True, shows_swaps=True, shows_wants=True)
    _open(person, shown, published=True, now=now)


def _open(person: Person, shown: Shown, *, published: bool, now: datetime) -> None:
    services.open_collector(
        person_id=person.id, shown=shown, published=published, swaps=True, says_grown_up=True, now=now
    )


def _well_noted() -> Noted:
    return Noted(
        condition=Condition.MNH,
        format=CopyFormat.BLOCK_OF_FOUR,
        grade="răng đều, lề rộng",
        place="album 1, trang 3",
        acquired_on="2019-05",
        acquired_from="chợ tem cuối tuần",
        price=Decimal(60000),
        price_currency="VND",
        public_note="khối bốn góc tờ",
    )
