"""What harvesters may ask, by the rules of OAI-PMH 2.0."""

import pytest

from stamps.opendata.oai.protocol import Harvest, Question, Verb, Wrong, number_of, read_question

BEFORE_ALL = "0001-01-01T00:00:00+14:00"
RECORDS = ("verb", "ListRecords"), ("metadataPrefix", "oai_dc")


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([], "badVerb"),
        ([("verb", "Steal")], "badVerb"),
        ([("verb", "Identify"), ("verb", "Identify")], "badVerb"),
        ([("verb", "Identify"), ("set", "items")], "badArgument"),
        ([("verb", "ListRecords")], "badArgument"),
        ([("verb", "GetRecord"), ("metadataPrefix", "oai_dc")], "badArgument"),
        ([("verb", "ListRecords"), ("metadataPrefix", "marc21")], "cannotDisseminateFormat"),
        ([*RECORDS, ("from", "yesterday")], "badArgument"),
        ([*RECORDS, ("from", "2026-02-30")], "badArgument"),
        ([*RECORDS, ("from", "2026-01-01"), ("until", "2026-01-02T00:00:00Z")], "badArgument"),
        ([*RECORDS, ("from", "2026-01-02"), ("until", "2026-01-01")], "badArgument"),
        ([*RECORDS, ("set", "secrets")], "noRecordsMatch"),
        ([*RECORDS, ("resumptionToken", "x")], "badArgument"),
        ([("verb", "ListRecords"), ("resumptionToken", "x")], "badResumptionToken"),
        ([("verb", "ListRecords"), ("resumptionToken", "eyJzdGFnZSI6LTF9")], "badResumptionToken"),
        ([("verb", "ListRecords"), ("resumptionToken", Harvest(since=BEFORE_ALL).token())], "badResumptionToken"),
        ([("verb", "ListRecords"), ("resumptionToken", Harvest(until="soon").token())], "badResumptionToken"),
        ([("verb", "ListRecords"), ("resumptionToken", "W1tb" * 30_000)], "badResumptionToken"),
    ],
)
def test_what_breaks_the_protocol_has_a_code(pairs: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(Wrong) as wrong:
        read_question(pairs)
    assert wrong.value.code == code


def test_until_a_day_means_that_day_too() -> None:
    question = read_question([*RECORDS, ("until", "2026-01-01")])
    assert question.harvest == Harvest(until="2026-01-02T00:00:00+00:00")


@pytest.mark.parametrize("last", ["9999-12-31", "9999-12-31T23:59:59Z"])
def test_until_the_last_day_there_is_means_without_end(last: str) -> None:
    assert read_question([*RECORDS, ("until", last)]).harvest == Harvest()


def test_a_token_holds_all_that_the_next_request_needs() -> None:
    harvest = Harvest(set_="items:VN", stage=1, at="2026-01-01T00:00:00+00:00", after=7, given=100)
    question = read_question([("verb", "ListIdentifiers"), ("resumptionToken", harvest.token())])
    assert question == Question(Verb.IDENTIFIERS, harvest=harvest, resumed=True)


def test_identifiers_of_other_places_are_not_ours() -> None:
    assert number_of("oai:here.example:12", ("here.example",)) == 12
    with pytest.raises(Wrong):
        number_of("oai:there.example:12", ("here.example",))
