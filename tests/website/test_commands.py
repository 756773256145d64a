"""`temthu`: what needs no database runs where none can be reached, and leaves no folder behind."""

import subprocess
import sys
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result

from website.commands import Temthu, temthu

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"
FILES = {
    "marks.csv": "letter,judge,mark\n1,A,3\n1,B,4\n2,A,5\n2,B,5\n",
    "pairs.csv": "judge,chosen,not_chosen\nA,1,2\nB,2,1\n",
    "letters.csv": "letter\n1\n2\n",
    "judges.csv": "judge\nA\nB\n",
}
WITHOUT_DATABASE = [
    "judging adjust marks.csv --out out",
    "judging compare pairs.csv --out out",
    "judging assign --letters letters.csv --judges judges.csv --reads 1 --out out.csv",
    "judging plan --letters 100 --judges 3 --minutes 2",
    "--help",
]


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files and without a database."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEMTHU_DATABASE_URL", NOWHERE)
    monkeypatch.setenv("TEMTHU_DATA", str(tmp_path / "data"))
    return tmp_path


def run(line: str) -> Result:
    return CliRunner().invoke(temthu, line.split())


@pytest.mark.parametrize("line", WITHOUT_DATABASE)
def test_a_spreadsheet_needs_no_database(nowhere: Path, line: str) -> None:
    result = run(line)
    assert (result.exception, result.exit_code, (nowhere / "data").exists()) == (None, 0, False)


def test_a_refusal_needs_none_either(nowhere: Path) -> None:
    (nowhere / "pairs.csv").write_text("judge,chosen,not_chosen\n", encoding="utf-8")
    result = run(WITHOUT_DATABASE[1])
    assert (result.exit_code, result.stderr) == (1, "Error: The file pairs.csv cannot be read: it has no decisions.\n")


def test_planning_loads_neither_the_database_nor_a_page(nowhere: Path) -> None:
    told = (
        "import sys; from website.commands import temthu; "
        f"temthu({WITHOUT_DATABASE[3].split()}, standalone_mode=False); "
        "print({'sqlalchemy', 'website.application'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True, cwd=nowhere)
    assert done.stdout.splitlines()[-1] == "set()"


def test_every_command_is_where_it_is_said_to_be() -> None:
    context = Context(temthu)
    assert [name for name in Temthu.late if temthu.get_command(context, name) is None] == []
