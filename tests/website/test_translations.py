"""Every sentence exists in every language, whole and sure."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from website.config import PROJECT

CATALOGUES = {language: PROJECT / f"translations/{language}/LC_MESSAGES/messages.po" for language in ("vi", "fr")}


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every message id the program and its templates use now."""
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    extract = ["-q", "extract", "-F", "babel.cfg", "-k", "_l", "-k", "Refused", "-k", "N_", "-o", str(template), "."]
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", *extract], cwd=PROJECT, check=True)
    return {key_of(message.id) for message in read(template) if message.id}


def read(path: Path) -> Catalog:
    """A catalogue."""
    with path.open("rb") as source:
        return read_po(source)


def key_of(message_id: object) -> str:
    """A message's name: the singular where there are two forms."""
    return message_id[0] if isinstance(message_id, list | tuple) else str(message_id)


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_sentence_is_without_translation(language: str, sentences: set[str]) -> None:
    known = {key_of(message.id) for message in read(CATALOGUES[language]) if message.id and is_whole(message.string)}
    assert sentences - known == set()


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_translation_is_unsure_or_left_over(language: str, sentences: set[str]) -> None:
    catalogue = read(CATALOGUES[language])
    unsure = {key_of(message.id) for message in catalogue if message.id and message.fuzzy}
    left_over = {key_of(message.id) for message in catalogue if message.id} - sentences
    assert (unsure, left_over) == (set(), set())


@pytest.mark.parametrize("language", CATALOGUES)
def test_translations_keep_the_values_of_the_sentence(language: str) -> None:
    wrong = [
        (message.id, [str(error) for error in errors])
        for message, errors in read(CATALOGUES[language]).check()
        if errors
    ]
    assert wrong == []


def is_whole(string: object) -> bool:
    """All plural forms are there."""
    return all(string) if isinstance(string, list | tuple) else bool(string)
