"""What every engine must do. Each test runs on Whoosh and on PostgreSQL and asks for the same answers."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.index import FACETS, SORTS, Document, Hit, Index, Query, Results, Unusable
from archive.query import parse
from core.errors import Refused
from tests.archive.documents import ALL, ANNIVERSARY, FOOTBALL, LEA, LETTER, THU, laureate, stamp

KINDS = frozenset({"laureate", "stamp"})


@pytest.fixture
def full(index: Index) -> Index:
    index.put(ALL)
    return index


def search(index: Index, typed: str, **more: object) -> Results:
    query = parse(typed, kinds=KINDS)
    return index.search(Query(**{**query.__dict__, **more}))


def found(index: Index, typed: str, **more: object) -> list[str]:
    return [hit.key for hit in search(index, typed, **more).hits]


def test_what_is_put_in_is_read_while_nobody_else_can_write(full: Index) -> None:
    """So that of two workers the one that read later is the one that writes later."""
    later = threading.Thread(target=lambda: full.put([stamp("football", "Later")]))

    def read_earlier() -> Iterator[Document]:
        later.start()
        later.join(timeout=0.1)
        assert later.is_alive()
        yield stamp("football", "Earlier")

    full.put(read_earlier())
    later.join(timeout=10)
    assert (found(full, "earlier"), found(full, "later")) == ([], ["football"])


@pytest.mark.parametrize("name", ["สวัสดี", "हिन्दी", "مُحَمَّد", "שָׁלוֹם", "ខ្មែរ", "မြန်မာ"])
def test_a_word_of_any_script_is_found_by_itself_and_by_its_beginning(full: Index, name: str) -> None:
    full.put([stamp("scripts", f"{name} 2021")])
    assert (found(full, name), found(full, f'"{name} 2021"'), found(full, f"{name[:3]}*")) == (["scripts"],) * 3


def test_some_are_taken_out_while_others_are_put_in(full: Index) -> None:
    full.put([stamp("new", "New")], instead_of=[FOOTBALL.id, "stamp:nothing"])
    assert (found(full, "2910"), found(full, "new")) == ([], ["new"])


@pytest.mark.parametrize("typed", ["Đào Anh Thư", "dao anh thu", "DAO ANH THU", "thư đào", "Đa\u0300o", "anh"])
def test_a_name_is_found_with_and_without_diacritics(full: Index, typed: str) -> None:
    assert found(full, typed) == ["thu"]


@pytest.mark.parametrize("typed", ["VN 2910", "vn2910", "2910", "VN-2910", "vn.2910", "mi2953", "Mi 2953"])
def test_a_number_is_found_however_it_is_typed(full: Index, typed: str) -> None:
    assert found(full, typed) == ["football"]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("viet thu", {"thu", "lea", "fifty"}),
        ('"viet thu"', {"thu", "lea", "fifty"}),
        ('"thu viet"', set()),
        ('"dao thu"', set()),
        ("2021", {"thu", "fifty"}),
        ("vietnam", {"thu"}),
        ("country:VN", {"thu", "fifty", "football"}),
        ("country:VN kind:stamp", {"fifty", "football"}),
        ("kind:stamp 1990..1996", {"letter"}),
        ("1990..1998", {"lea", "football", "letter"}),
        ("prize:gold", {"lea"}),
        ("prize:silver", set()),
        ("lett*", {"thu", "lea", "fifty", "letter"}),
        ("upu lett*", {"thu", "lea", "fifty"}),
        ("letter writing", {"thu", "lea", "fifty"}),
        ("dupont 2021", set()),
        ("", {"thu", "lea", "fifty", "football", "letter"}),
    ],
)
def test_words_phrases_and_filters_all_must_hold(full: Index, typed: str, keys: set[str]) -> None:
    assert set(found(full, typed)) == keys


def test_phrases_do_not_run_from_one_text_into_the_next(index: Index) -> None:
    index.put([stamp("a", "red blue", texts=("green", "white"))])
    assert found(index, '"blue green"') == found(index, '"green white"') == []


def test_a_phrase_with_a_word_twice_is_found(index: Index) -> None:
    index.put([stamp("a", "thư gửi thư"), stamp("b", "thư gửi ai")])
    assert found(index, '"thu gui thu"') == ["a"]


def test_the_spelling_typed_comes_before_the_same_letters(index: Index) -> None:
    index.put([stamp("plain", "Thu", year=2020), stamp("accents", "Mùa đông", texts=("Thư",), year=1990)])
    assert found(index, "thư") == ["accents", "plain"]


def test_without_diacritics_both_spellings_are_alike_and_titles_come_first(index: Index) -> None:
    index.put([stamp("text", "Mùa đông", texts=("Thu",), year=2020), stamp("title", "Thư", year=1990)])
    assert found(index, "thu") == ["title", "text"]


def test_a_title_with_some_of_the_words_is_worth_no_more_than_none(index: Index) -> None:
    index.put([laureate("thu", "Đào Anh Thư", year=2021), laureate("new", "Selin Kaya", year=2026)])
    assert found(index, "viet thu") == ["new", "thu"]


def test_a_title_that_begins_as_typed_comes_before_texts(index: Index) -> None:
    index.put([stamp("text", "Sea", texts=("world cups",), year=2020), stamp("title", "World Cup", year=1990)])
    assert found(index, "world cu*") == ["title", "text"]


def test_words_side_by_side_come_before_words_apart(index: Index) -> None:
    index.put([stamp("apart", "Thư từ Việt Nam", year=2020), stamp("beside", "Ngày viết thư", year=1990)])
    assert found(index, "viet thu") == ["beside", "apart"]


def test_a_title_that_is_nothing_else_comes_first(index: Index) -> None:
    index.put([stamp("more", "World Cup 98", year=2020), stamp("whole", "World Cup", year=1990)])
    assert found(index, "world cup") == ["whole", "more"]


def test_a_number_comes_before_the_same_figures_in_a_text(index: Index) -> None:
    index.put([stamp("text", "Sea", texts=("2910 miles",), year=2020), stamp("number", "Cup", numbers=("VN 2910",))])
    assert found(index, "2910") == ["number", "text"]


def test_equals_come_newest_first_and_by_rank_within_a_date(index: Index) -> None:
    index.put(
        [
            laureate("old", "A", year=1990),
            laureate("bronze", "B", year=2020, rank=2),
            laureate("gold", "C", year=2020, rank=0),
        ]
    )
    assert found(index, "upu") == ["gold", "bronze", "old"]


@pytest.mark.parametrize(
    ("sort", "keys"),
    [("newest", ["fifty", "football", "letter", "undated"]), ("oldest", ["letter", "football", "fifty", "undated"])],
)
def test_sorting_by_date_leaves_the_undated_last(full: Index, sort: str, keys: list[str]) -> None:
    full.put([Document("stamp", "undated", "/stamps/undated", ("Undated",))])
    assert found(full, "kind:stamp", sort=sort) == keys


def test_facets_count_all_that_was_found(full: Index) -> None:
    results = search(full, "viet thu", limit=1, facets=("kind", "country", "decade", "prize"))
    assert (len(results.hits), results.total) == (1, 3)
    assert {name: dict(counts) for name, counts in results.facets.items()} == {
        "kind": {"laureate": 2, "stamp": 1},
        "country": {"VN": 2, "FR": 1},
        "decade": {"2020": 2, "1990": 1},
        "prize": {"bronze": 1, "gold": 1},
    }


def test_every_page_of_a_list_says_how_the_whole_of_it_divides_as_it_is_now(full: Index) -> None:
    def divided(**more: object) -> dict[str, dict[str, int]]:
        return {name: dict(counts) for name, counts in search(full, "kind:stamp", **more).facets.items()}

    pages = [divided(facets=("kind", "country"), offset=at, limit=1) for at in (0, 1)]
    kinds = divided(facets=("kind",))
    full.put([stamp("later", "Later")])
    then = divided(facets=("kind",), sort="newest")
    assert (pages[1], kinds, then["kind"]["stamp"]) == (
        pages[0],
        {"kind": pages[0]["kind"]},
        pages[0]["kind"]["stamp"] + 1,
    )


def test_pages_follow_each_other(full: Index) -> None:
    everything = found(full, "")
    pages = [found(full, "", offset=offset, limit=2) for offset in (0, 2, 4, 6)]
    assert pages == [everything[:2], everything[2:4], everything[4:], []]


def test_a_hit_carries_what_a_list_shows(full: Index) -> None:
    hit = search(full, "dao").hits[0]
    assert hit == Hit(
        kind="laureate",
        key="thu",
        url="/laureates/thu",
        title="Đào Anh Thư",
        summary="Huy chương đồng · 2021",
        year=2021,
        country="VN",
        picture="",
        score=hit.score,
        titles=("Đào Anh Thư",),
    )


def test_a_put_replaces_what_has_the_same_id(full: Index) -> None:
    full.put([stamp("football", "Sút bóng", numbers=("2911",))])
    assert (found(full, "2910"), found(full, "2911"), search(full, "").total) == ([], ["football"], len(ALL))


def test_the_last_of_several_with_one_id_counts(index: Index) -> None:
    index.put([stamp("a", "First"), stamp("a", "Second")])
    assert (found(index, "first"), found(index, "second")) == ([], ["a"])


def test_many_small_puts_are_all_found(index: Index) -> None:
    for number in range(25):
        index.put([stamp(f"s{number}", f"Stamp {number}", year=1990 + number)])
    assert found(index, "stamp", limit=25) == [f"s{number}" for number in reversed(range(25))]


def test_every_change_is_seen_by_the_next_search(index: Index) -> None:
    for year in range(1990, 2000):
        index.put([stamp("same", f"Stamp {year}", year=year), stamp(f"s{year}", f"Stamp {year}", year=year)])
        assert set(found(index, f"{year}")) == {"same", f"s{year}"}
        assert search(index, "").total == year - 1988
        index.remove([f"stamp:s{year}"])
        assert (found(index, f"{year}"), search(index, "").total) == (["same"], year - 1989)
        index.put([stamp(f"s{year}", "Again", year=2005)])


def test_removed_is_gone_and_removing_twice_is_fine(full: Index) -> None:
    full.remove([THU.id, "stamp:never"])
    full.remove([THU.id])
    assert set(found(full, "viet thu")) == {"lea", "fifty"}


def test_cleared_is_empty(full: Index) -> None:
    full.clear()
    assert full.search(Query()) == Results((), 0, {name: {} for name in FACETS})


def test_a_rebuild_replaces_everything(full: Index) -> None:
    full.rebuild([LEA, LETTER])
    assert set(found(full, "")) == {"lea", "letter"}
    full.put([FOOTBALL])
    assert set(found(full, "")) == {"lea", "letter", "football"}


def test_until_a_rebuild_is_whole_the_old_index_answers(full: Index) -> None:
    seen: list[int] = []

    def documents() -> Iterable[Document]:
        yield LEA
        seen.append(search(full, "").total)
        yield LETTER

    full.rebuild(documents())
    assert (seen, search(full, "").total) == ([len(ALL)], 2)


def test_a_rebuild_that_fails_leaves_the_old_index(full: Index) -> None:
    def documents() -> Iterable[Document]:
        yield LEA
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        full.rebuild(documents())
    assert search(full, "").total == len(ALL)
    full.rebuild([LEA])
    assert search(full, "").total == 1


def test_two_rebuilds_at_once_are_refused(full: Index) -> None:
    def documents() -> Iterable[Document]:
        yield LEA
        with pytest.raises(Refused):
            full.rebuild([])

    full.rebuild(documents())
    assert found(full, "") == ["lea"]


def test_a_missing_index_answers_nothing_and_is_not_written_to(missing: Index) -> None:
    assert missing.search(Query()) == Results((), 0, ready=False)
    with pytest.raises(Unusable):
        missing.put([THU])
    with pytest.raises(Unusable):
        missing.remove([THU.id])
    missing.rebuild([THU])
    assert found(missing, "thu") == ["thu"]


def test_very_long_texts_are_kept_and_found(index: Index) -> None:
    index.put([stamp("long", "Long " * 900, texts=(" ".join(f"w{number}" for number in range(20_000)), "x" * 5000))])
    assert found(index, "w7") == found(index, "long") == ["long"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60), kind=st.text(max_size=5), years=st.tuples(st.integers(), st.integers()))
def test_nothing_typed_breaks_a_search(full: Index, typed: str, kind: str, years: tuple[int, int]) -> None:
    query = parse(typed, kinds=KINDS)
    assert full.search(query).ready
    assert full.search(Query(words=query.words, prefix=True, kind=kind, country=kind, prize=kind, years=years)).ready
    assert full.search(Query(words=(typed,), phrases=(typed,), offset=-1, limit=-1)).ready


@pytest.mark.parametrize(
    "typed", ["'; DROP TABLE archive_document; --", "a' | 'b", "\\", "'", "a:*", "!thu", "../..", "😀"]
)
def test_signs_that_mean_something_to_engines_mean_nothing(full: Index, typed: str) -> None:
    assert search(full, typed).ready
    assert search(full, "").total == len(ALL)


def test_the_anniversary_is_the_first_stamp_for_the_contest(full: Index) -> None:
    assert found(full, "viet thu kind:stamp") == [ANNIVERSARY.key]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["", "thu", "viet thu", "nothing-of-the-kind"])
def test_the_best_of_each_kind_are_those_of_a_search_for_it(index: Index, text: str, sort: str) -> None:
    index.rebuild(ALL)
    index.put([stamp(f"s{number}", f"Thu {number}", year=1990 + number) for number in range(4)])
    query = replace(parse(text), sort=sort)
    together = index.search(replace(query, limit=0, of_each_kind=2)).of_each_kind
    apart = {kind: index.search(replace(query, kind=kind, limit=2)).hits for kind in ("stamp", "laureate")}
    assert together == {kind: hits for kind, hits in apart.items() if hits}


def test_the_best_of_each_kind_are_given_beside_a_page(index: Index) -> None:
    index.rebuild(ALL)
    results = index.search(Query(limit=1, of_each_kind=1))
    assert (len(results.hits), sorted(results.of_each_kind)) == (1, ["laureate", "stamp"])
