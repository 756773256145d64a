"""`temthu judging compare`, `assign` and `plan`: files in, files out, one sentence for nonsense."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from contest.judging.commands import commands
from core.errors import Refused
from tests.contest.judging.test_pairs import SMALL

PAIRS = "judge;chosen;not_chosen\n" + "".join(f"J{judge};L{one};L{other}\n" for judge, one, other in SMALL)
LETTERS = "letter,school,province\n" + "".join(f"{letter:02},S{letter % 5},P{letter % 2}\n" for letter in range(40))
JUDGES = "judge,school,province,capacity,not_letters\nLan,S1,,,\nMai,,,7,00|02\nHoa,,p1,,04\nAn,,,,\n"
COMPARISON = ("abilities.csv", "judges.csv", "summary.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("pairs.csv", PAIRS), ("letters.csv", LETTERS), ("judges.csv", JUDGES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(commands, [str(each) for each in arguments])


def refusal(result: Result) -> str:
    assert isinstance(result.exception, Refused)
    return result.exception.message % result.exception.values


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def compare(app: Flask, folder: Path, *options: object) -> Result:
    return run(app, "compare", folder / "pairs.csv", "--out", folder / "out", *options)


def assign(app: Flask, folder: Path, *options: object) -> Result:
    files = ("--letters", folder / "letters.csv", "--judges", folder / "judges.csv")
    return run(app, "assign", *files, "--reads", 2, "--out", folder / "out.csv", *options)


def assigned(folder: Path) -> list[tuple[str, str]]:
    return [(row["letter"], row["judge"]) for row in table(folder / "out.csv")]


def test_a_comparison_writes_abilities_judges_and_a_summary(app: Flask, folder: Path) -> None:
    assert compare(app, folder).exit_code == 0
    assert [sorted(table(folder / "out" / name)[0]) for name in COMPARISON[:2]] == [
        ["ability", "infit", "letter", "outfit", "pairs", "se", "won"],
        ["infit", "judge", "outfit", "pairs"],
    ]
    summary = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
    assert [summary[key] for key in ("decisions", "letters", "judges", "groups", "split_half_of")] == [
        10,
        4,
        3,
        1,
        "judges",
    ]


def test_abilities_come_best_first_and_add_up_to_nothing(app: Flask, folder: Path) -> None:
    compare(app, folder)
    rows = table(folder / "out" / "abilities.csv")
    abilities = [float(row["ability"]) for row in rows]
    assert (abilities, round(sum(abilities), 6)) == (sorted(abilities, reverse=True), 0)
    assert {row["letter"]: (row["pairs"], row["won"]) for row in rows} == {
        "L0": ("6", "3"), "L1": ("4", "3"), "L2": ("5", "2"), "L3": ("5", "2"),
    }  # fmt: skip


def test_groups_that_no_pair_connects_are_said_and_numbered(app: Flask, folder: Path) -> None:
    (folder / "pairs.csv").write_text("judge,chosen,not_chosen\na,1,2\na,3,4\n", encoding="utf-8")
    assert "2 groups of letters" in compare(app, folder).stderr
    assert {row["letter"]: row["group"] for row in table(folder / "out" / "abilities.csv")} == {
        "1": "1", "2": "1", "3": "2", "4": "2",
    }  # fmt: skip


def test_a_letter_compared_with_itself_names_its_line(app: Flask, folder: Path) -> None:
    (folder / "pairs.csv").write_text("judge,chosen,not_chosen\na,1,2\na,3,3\n", encoding="utf-8")
    result = compare(app, folder)
    assert (result.exit_code, refusal(result)) == (
        1, "pairs.csv, line 3, column not_chosen: 3 was compared with itself.",
    )  # fmt: skip


def test_a_file_without_decisions_is_refused(app: Flask, folder: Path) -> None:
    (folder / "pairs.csv").write_text("judge,chosen,not_chosen\n", encoding="utf-8")
    assert refusal(compare(app, folder)) == "The file pairs.csv cannot be read: it has no decisions."


def test_without_shrinkage_what_has_no_ability_is_said(app: Flask, folder: Path) -> None:
    (folder / "pairs.csv").write_text("judge,chosen,not_chosen\na,1,2\n", encoding="utf-8")
    result = compare(app, folder, "--shrinkage", 0)
    assert (result.exit_code, "shrinkage above 0" in result.stderr) == (1, True)


@pytest.mark.parametrize("arguments", [["compare"], ["assign", "--reads", 0], ["plan", "--letters", "many"]])
def test_wrong_use_is_exit_code_two(app: Flask, arguments: list[str]) -> None:
    assert run(app, *arguments).exit_code == 2


def test_every_letter_gets_its_reads_within_the_rules(app: Flask, folder: Path) -> None:
    assert assign(app, folder, "--seed", "UPU").exit_code == 0
    pairs = assigned(folder)
    assert set(Counter(letter for letter, _judge in pairs).values()) == {2}
    letters = {name: {letter for letter, judge in pairs if judge == name} for name in ("Lan", "Mai", "Hoa")}
    assert (len(letters["Mai"]), letters["Mai"] & {"00", "02"}) == (7, set())
    assert [letter for letter in letters["Lan"] if int(letter) % 5 == 1] == []
    assert [letter for letter in letters["Hoa"] if int(letter) % 2 == 1 or letter == "04"] == []


def test_judges_may_read_their_own_province_where_asked(app: Flask, folder: Path) -> None:
    assign(app, folder, "--own-province")
    assert {int(letter) % 2 for letter, judge in assigned(folder) if judge == "Hoa"} == {0, 1}


def test_the_same_files_in_another_order_give_the_same(app: Flask, folder: Path) -> None:
    assign(app, folder, "--seed", "UPU", "--anchors", 3)
    first = (folder / "out.csv").read_bytes()
    header, *rows = LETTERS.splitlines(keepends=True)
    (folder / "letters.csv").write_text(header + "".join(reversed(rows)), encoding="utf-8")
    assign(app, folder, "--seed", "UPU", "--anchors", 3)
    assert (folder / "out.csv").read_bytes() == first


def test_anchors_are_marked_for_the_organiser(app: Flask, folder: Path) -> None:
    assign(app, folder, "--anchors", 3)
    assert len({row["letter"] for row in table(folder / "out.csv") if row["anchor"] == "yes"}) == 3


def test_a_dropped_judge_is_topped_up_and_kept_reads_stay(app: Flask, folder: Path) -> None:
    assign(app, folder)
    before = assigned(folder)
    kept = [f"{letter},{judge}\n" for letter, judge in before if judge != "An"]
    (folder / "kept.csv").write_text("letter,judge\n" + "".join(kept), encoding="utf-8")
    judges = JUDGES.replace("An,,,,", "An,,,0,\nVy,,,,")
    (folder / "judges.csv").write_text(judges, encoding="utf-8")
    assign(app, folder, "--kept", folder / "kept.csv")
    assert sorted(letter for letter, _judge in assigned(folder)) == sorted(
        letter for letter, judge in before if judge == "An"
    )


def test_letters_nobody_may_read_are_named(app: Flask, folder: Path) -> None:
    (folder / "judges.csv").write_text("judge,not_letters\nLan,05\nMai,\n", encoding="utf-8")
    assert assign(app, folder).stderr == "Letters that lack reads which nobody may or can take (1): 05\n"


def test_judges_who_share_no_letter_are_said(app: Flask, folder: Path) -> None:
    assert "4 groups of judges share no letter" in assign(app, folder, "--reads", 1).stderr


@pytest.mark.parametrize(
    ("judges", "sentence"),
    [
        ("judge\nLan\nLan\n", "judges.csv, line 3, column judge: Lan stands in line 2 already."),
        ("judge,capacity\nLan,many\n", "judges.csv, line 2, column capacity: 'many' is not a whole number."),
        ("judge,not_letters\nLan,99\n", "judges.csv, line 2, column not_letters: there is no letter 99."),
        ("judge\n", "The file judges.csv cannot be read: it has no judges."),
    ],
)
def test_nonsense_about_judges_names_its_place(app: Flask, folder: Path, judges: str, sentence: str) -> None:
    (folder / "judges.csv").write_text(judges, encoding="utf-8")
    assert refusal(assign(app, folder)) == sentence


def test_a_plan_says_hours_and_losses(app: Flask) -> None:
    answer = run(app, "plan", "--letters", 1_000_000, "--judges", 500, "--minutes", 2)
    assert answer.stdout.splitlines()[2].split() == ["1", "66.7", "0.00%", "0.01%", "0.11%", "1.23%", "4.33%"]


def test_a_plan_as_json_holds_its_rounds(app: Flask) -> None:
    answer = json.loads(run(app, "plan", "--letters", 5000, "--judges", 50, "--minutes", 3, "--json").stdout)
    assert answer["reads"] == sum(each["letters"] * each["reads"] for each in answer["rounds"])
    assert answer["hours"] == pytest.approx(answer["reads"] * 3 / 60 / 50)


def test_a_plan_takes_reliability_in_percent_too(app: Flask) -> None:
    asked = ["plan", "--letters", 5000, "--judges", 50, "--minutes", 3, "--reliability"]
    assert run(app, *asked, "74").stdout == run(app, *asked, ".74").stdout != run(app, *asked, "50").stdout


@pytest.mark.parametrize("typed", ["nan", "inf", "0"])
def test_a_plan_wants_minutes_that_are_a_number(app: Flask, typed: str) -> None:
    assert run(app, "plan", "--letters", 100, "--judges", 2, "--minutes", typed).exit_code == 2


def test_no_letter_is_called_na(app: Flask, folder: Path) -> None:
    (folder / "pairs.csv").write_text("judge,chosen,not_chosen\na,1,2\na,1,NA\n", encoding="utf-8")
    assert refusal(compare(app, folder)) == "pairs.csv, line 3, column not_chosen: NA is no letter."


def test_where_nothing_can_be_written_is_said(app: Flask, folder: Path) -> None:
    (folder / "taken").write_text("")
    sentence = f"{folder / 'taken' / 'out.csv'} cannot be written: "
    assert refusal(assign(app, folder, "--out", folder / "taken" / "out.csv")).startswith(sentence)


def test_schools_of_one_name_in_two_provinces_are_two(app: Flask, folder: Path) -> None:
    (folder / "letters.csv").write_text("letter,school,province\nA,Trường 1,HN\nB,Trường 1,SG\n", encoding="utf-8")
    (folder / "judges.csv").write_text("judge,school,province\nx,trường 1,SG\ny,,\nz,,\n", encoding="utf-8")
    assign(app, folder, "--reads", 3)
    assert [letter for letter, judge in assigned(folder) if judge == "x"] == ["A"]


def test_a_school_whose_province_is_not_said_may_be_any_of_that_name(app: Flask, folder: Path) -> None:
    (folder / "letters.csv").write_text("letter,school,province\nA,Trường 1,HN\nB,Trường 1,SG\n", encoding="utf-8")
    (folder / "judges.csv").write_text("judge,school,province\nx,Trường 1,\ny,,\nz,,\n", encoding="utf-8")
    assign(app, folder)
    assert [letter for letter, judge in assigned(folder) if judge == "x"] == []


@pytest.mark.parametrize("column", ["not_letters", "relatives", "conflicts", "recused", "exclude"])
def test_letters_that_a_judge_must_not_read_go_by_many_names(app: Flask, folder: Path, column: str) -> None:
    (folder / "judges.csv").write_text(f"judge,{column}\nLan,05|06\nMai,\nHoa,\n", encoding="utf-8")
    result = assign(app, folder)
    assert {letter for letter, judge in assigned(folder) if judge == "Lan"} & {"05", "06"} == set()
    assert (result.exit_code, result.stderr) == (0, "")


def test_two_columns_of_such_letters_are_both_kept(app: Flask, folder: Path) -> None:
    (folder / "judges.csv").write_text("judge,relatives,conflicts\nLan,05,06\nMai,,\nHoa,,\n", encoding="utf-8")
    assign(app, folder)
    assert {letter for letter, judge in assigned(folder) if judge == "Lan"} & {"05", "06"} == set()


def test_relatives_who_are_no_letters_are_refused(app: Flask, folder: Path) -> None:
    (folder / "judges.csv").write_text("judge,relatives\nLan,Mai\n", encoding="utf-8")
    assert refusal(assign(app, folder)) == "judges.csv, line 2, column relatives: there is no letter Mai."


def test_columns_that_bar_nobody_are_named(app: Flask, folder: Path) -> None:
    (folder / "judges.csv").write_text("judge,cousins\nLan,05\nMai,\n", encoding="utf-8")
    assert "judges.csv: not used are the columns cousins." in assign(app, folder).stderr


def two_provinces(folder: Path) -> None:
    letters = "".join(f"{letter:02},P{letter % 2}\n" for letter in range(20))
    (folder / "letters.csv").write_text("letter,province\n" + letters, encoding="utf-8")
    (folder / "judges.csv").write_text("judge,province\nLan,P0\nMai,P0\nHoa,P1\nAn,P1\n", encoding="utf-8")


def test_where_a_rule_keeps_judges_apart_anchors_are_no_advice(app: Flask, folder: Path) -> None:
    two_provinces(folder)
    said = assign(app, folder, "--anchors", 3).stderr
    assert "2 groups of judges share no letter" in said
    assert ("anchors" in said, "No letter may be read by both: Lan with An." in said) == (False, True)
    assert "share no letter" not in assign(app, folder, "--anchors", 3, "--own-province").stderr


def test_a_judge_without_a_province_ties_both(app: Flask, folder: Path) -> None:
    two_provinces(folder)
    with (folder / "judges.csv").open("a", encoding="utf-8") as file:
        file.write("Vy,\n")
    assert assign(app, folder, "--anchors", 3).stderr == ""


def test_judges_whom_nothing_keeps_apart_are_named_with_whom_to_link(app: Flask, folder: Path) -> None:
    (folder / "judges.csv").write_text("judge\nLan\nMai\n", encoding="utf-8")
    said = assign(app, folder, "--reads", 1).stderr
    assert "Let both read the same letters (add anchors): Mai with Lan." in said


def test_a_reliability_of_one_is_one_percent_or_all_and_is_refused(app: Flask) -> None:
    result = run(app, "plan", "--letters", 100, "--judges", 2, "--minutes", 2, "--reliability", "1.0")
    assert (result.exit_code, "1 may be 1 percent or all" in result.stderr) == (2, True)


def test_a_plan_says_first_what_it_took(app: Flask) -> None:
    answer = run(app, "plan", "--letters", 5000, "--judges", 50, "--minutes", 2.5, "--reliability", 80)
    assert answer.stdout.splitlines()[0].endswith("at a reliability of 0.8 and 2.5 minutes for one read:")
    as_json = json.loads(run(app, "plan", "--letters", 500, "--judges", 5, "--minutes", 2.5, "--json").stdout)
    assert (as_json["reliability"], as_json["minutes"]) == (0.74, 2.5)


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        ("letter,province\n1,HN\n\n1,SG\n", "letters.csv, line 4, column letter: 1 stands in line 2 already."),
        ("letter,province\n1,HN\nNA,SG\n", "letters.csv, line 3, column letter: NA is no letter."),
        ("province,letter\nHN,1\nSG\n", "letters.csv, line 3, column letter: empty."),
        ("letter,province\n1,HN,x\n", "letters.csv, line 2, column last: more cells than columns."),
    ],
)
def test_nonsense_about_letters_names_its_place(app: Flask, folder: Path, letters: str, sentence: str) -> None:
    (folder / "letters.csv").write_text(letters, encoding="utf-8")
    assert refusal(assign(app, folder)) == sentence


def test_short_and_long_lines_of_letters_are_read(app: Flask, folder: Path) -> None:
    (folder / "letters.csv").write_text("letter,school,province\n2\n1,S,HN,,\n", encoding="utf-8")
    (folder / "judges.csv").write_text("judge,province\nNA,HN\nMai\nHoa\n", encoding="utf-8")
    assign(app, folder)
    assert [letter for letter, judge in assigned(folder) if judge == "NA"] in ([], ["2"])
    assert sorted(letter for letter, _judge in assigned(folder)) == ["1", "1", "2", "2"]
