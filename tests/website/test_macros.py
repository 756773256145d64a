"""Components say to the ear what they show to the eye, and never make up what is not known."""

from collections.abc import Iterator
from xml.etree import ElementTree

import html5lib
import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DecimalField, Form, FormField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from core.forms import chosen, required

Element = ElementTree.Element


class Address(Form):
    street = StringField("Street", [required()])


class Entry(FlaskForm):
    name = StringField("Name", [required()], description="As on the birth certificate")
    way = RadioField(
        "Written", choices=[SelectChoice("hand", "by hand"), SelectChoice("typed", "typed")], validators=[chosen()]
    )
    consent = BooleanField("We agree", [required()])
    language = DecimalField("Language", [chosen()])
    address = FormField(Address)
    version = HiddenField(default="3")


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        yield


def drawn(call: str, file: str = "forms", **context: object) -> Element:
    """What a macro draws, as a tree."""
    name = call.split("(", maxsplit=1)[0]
    source = f'{{% from "macros/{file}.html" import {name} with context %}}{{{{ {call} }}}}'
    text = render_template_string(source, **context)
    tree: Element = html5lib.parseFragment(text, treebuilder="etree", namespaceHTMLElements=False)
    return tree


def sent(**values: str) -> Entry:
    """A form as it came back to the person, its errors found."""
    form = Entry(formdata=MultiDict(values), meta={"csrf": False})
    form.validate()
    return form


def described(tree: Element, element: Element) -> str:
    """Everything a screen reader says as the description of an element."""
    ids = element.get("aria-describedby", "").split()
    found = [tree.find(f".//*[@id='{id_}']") for id_ in ids]
    return " ".join("".join(part.itertext()).strip() for part in found if part is not None)


def the(tree: Element, path: str) -> Element:
    found = tree.find(f".//{path}")
    assert found is not None
    return found


def test_a_field_is_described_by_its_help_and_its_error() -> None:
    tree = drawn("field(form.name)", form=sent())
    assert described(tree, the(tree, "input")) == "As on the birth certificate Please fill this in."


def test_a_field_with_an_error_is_marked_invalid() -> None:
    assert the(drawn("field(form.name)", form=sent()), "input").get("aria-invalid") == "true"


def test_a_field_without_an_error_is_not_marked() -> None:
    assert the(drawn("field(form.name)", form=sent(name="Mai")), "input").get("aria-invalid") is None


def test_a_field_has_its_own_label() -> None:
    tree = drawn("field(form.name)", form=sent())
    assert the(tree, "label").get("for") == the(tree, "input").get("id")


def test_radio_buttons_are_one_group_described_by_their_error() -> None:
    tree = drawn("field(form.way)", form=sent())
    group = the(tree, "fieldset")
    assert (group.get("role"), described(tree, group)) == ("radiogroup", "Please choose one.")


def test_a_check_box_is_described_by_its_error() -> None:
    tree = drawn("field(form.consent)", form=sent())
    assert described(tree, the(tree, "input")) == "Please fill this in."


def test_the_box_of_errors_leads_to_each_field_also_inside_another() -> None:
    links = [link.get("href") for link in drawn("errors_of(form)", form=sent()).iter("a")]
    assert links == ["#name", "#way-0", "#consent", "#language", "#address-street"]


def test_no_box_of_errors_without_errors() -> None:
    assert list(drawn("errors_of(form)", form=Entry(meta={"csrf": False}))) == []


def test_csrf_carries_the_hidden_fields_of_the_form_too() -> None:
    tree = drawn("csrf(form)", form=Entry(meta={"csrf": False}))
    assert [hidden.get("name") for hidden in tree.iter("input")] == ["csrf_token", "version"]


def test_a_scale_has_every_half_mark_once_and_the_given_one_chosen() -> None:
    tree = drawn("scale(form.language)", form=sent(language="7.5"))
    marks = [step.get("value") for step in tree.iter("input")]
    chosen = [step.get("value") for step in tree.iter("input") if "checked" in step.attrib]
    assert (len(marks), marks[:3], marks[-1], chosen) == (21, ["0", "0.5", "1"], "10", ["7.5"])


def test_a_button_with_a_question_acts_only_inside_the_question() -> None:
    tree = drawn("post_button('/withdraw', 'Withdraw', confirm='Really?')")
    assert the(tree, "details/div/form").get("action") == "/withdraw"


@pytest.mark.parametrize(("value", "shown"), [(None, "not known"), ("", "not known"), (0, "0"), ("Mai", "Mai")])
def test_facts_say_what_is_not_known_and_keep_zero(value: object, shown: str) -> None:
    tree = drawn("facts([('Stamps', value)])", "parts", value=value)
    assert the(tree, "dd").text == shown


def test_an_address_among_sources_is_a_link_and_words_are_not() -> None:
    tree = drawn("sources(['https://www.upu.int/a', 'A newspaper, 1974'])", "parts")
    links = [link.get("href") for link in tree.iter("a")]
    assert links == ["https://www.upu.int/a"]


def test_a_source_that_is_no_address_of_the_web_never_becomes_a_link() -> None:
    assert list(drawn("sources(['javascript:alert(1)'])", "parts").iter("a")) == []


def test_a_step_says_its_state_to_the_ear() -> None:
    tree = drawn("steps([('Received', none, 'done'), ('Judging', none, 'now'), ('Results', none, 'next')])", "parts")
    spoken = [span.text for span in tree.iter("span") if span.get("class") == "visually-hidden"]
    assert spoken == ["(done)", "(now)", "(still to come)"]


def test_pages_show_the_first_the_last_and_the_neighbours() -> None:
    tree = drawn("pages(6, 14, url_of)", "parts", url_of=lambda number: f"?page={number}")
    assert [link.text for link in tree.iter("a")] == ["Previous", "1", "5", "6", "7", "14", "Next"]


def test_one_page_needs_no_pager() -> None:
    assert list(drawn("pages(1, 1, url_of)", "parts", url_of=str)) == []


def test_a_stamp_without_a_picture_is_set_in_type() -> None:
    tree = drawn("stamp(none, 'Doves', value='4000', year=2021)", "parts")
    said = {span.text for span in tree.iter("span")}
    assert (list(tree.iter("img")), {"Doves", "4000", "2021"} - said) == ([], set())


def test_a_stamp_with_a_picture_says_its_title_instead() -> None:
    assert the(drawn("stamp('/a.jpg', 'Doves')", "parts"), "img").get("alt") == "Doves"
