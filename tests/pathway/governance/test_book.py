"""The rulebook as text: what each rule says, what is kept of a version, and what differs between two."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.evaluation.findings import Strength, Verdict
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.evaluation.rulebook import RULEBOOK as EVALUATION
from ajar.pathway.governance import versions
from ajar.pathway.governance.book import AREAS, book
from ajar.pathway.governance.comparison import Book, FieldChange, Kind, compared
from ajar.pathway.governance.plain import plain, text_of
from ajar.pathway.governance.sayings import Saying, sayings
from ajar.pathway.governance.version import RULEBOOK


def test_every_rule_of_the_evaluation_has_something_to_say_to_the_panel():
    assert set(sayings()) == {rule.id for rule in EVALUATION}


def test_a_rule_that_stops_says_so_first():
    said = sayings()["CI-01"]
    assert [each.verdict for each in said][:1] == [Verdict.STOP]
    assert {each.verdict for each in said} == {Verdict.STOP, Verdict.NEEDS_INFORMATION}


def test_what_a_rule_says_for_one_label_alone_names_it():
    stops = [each for each in sayings()["CI-06"] if each.strength is Strength.HARD_STOP]
    assert all(each.jurisdictions == {Jurisdiction.EU} for each in stops)
    assert all("[spray; EU]" in each.words for each in stops)


def test_a_remark_on_a_medicine_is_shown_and_a_mere_pass_is_not():
    said = sayings()["DDI-09"]
    assert said
    assert all(each.words.startswith("Shown (info; eligible)") for each in said)


SAYING = Saying(
    verdict=Verdict.STOP,
    strength=Strength.SOFT_STOP,
    effect="defer",
    because="It is so.",
    until="Until it is not.",
    products=frozenset(Product),
    jurisdictions=frozenset({Jurisdiction.US, Jurisdiction.EU}),
)


@pytest.mark.parametrize(
    ("saying", "words"),
    [
        (SAYING, "Stop (soft stop; defer): It is so. Until it is not."),
        (replace(SAYING, until=""), "Stop (soft stop; defer): It is so."),
        (
            replace(SAYING, products=frozenset({Product.KETAMINE_PO, Product.KETAMINE_IV})),
            "Stop (soft stop; defer) [infusion, swallowed]: It is so. Until it is not.",
        ),
        (
            replace(SAYING, jurisdictions=frozenset({Jurisdiction.EU})),
            "Stop (soft stop; defer) [EU]: It is so. Until it is not.",
        ),
        (
            replace(SAYING, jurisdictions=frozenset({Jurisdiction.EU, Jurisdiction.CA})),
            "Stop (soft stop; defer) [CA, EU]: It is so. Until it is not.",
        ),
        (
            replace(SAYING, verdict=Verdict.PASS, strength=Strength.INFO),
            "Shown (info; defer): It is so. Until it is not.",
        ),
    ],
)
def test_a_saying_reads_in_one_line(saying, words):
    assert saying.words == words


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    lowest: int
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    id: str
    inner: Inner
    rows: tuple[Inner, ...]
    judge: object = len
    colour: Colour = Colour.RED


def test_a_thing_is_plain_field_by_field_without_functions_and_without_what_is_empty():
    thing = Thing(id="X", inner=Inner(lowest=1), rows=(Inner(lowest=2, source="s"), Inner(lowest=3)))
    assert plain(thing) == {
        "id": "X",
        "inner.lowest": "1",
        "rows": "lowest 2, source s; lowest 3",
        "colour": "red",
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (False, "no"),
        (0.5, "0.5"),
        (28.0, "28"),
        (timedelta(days=2), "2 days"),
        (date(2026, 1, 2), "2026-01-02"),
        (frozenset(Colour), "all"),
        (frozenset({Colour.BLUE}), "blue"),
        (frozenset({"b", "a"}), "a; b"),
        (frozenset(), ""),
        ({Colour.RED: 1}, "red: 1"),
        ((1, None, 2), "1; 2"),
        ([1, "x"], "1; x"),
        (None, ""),
        (len, ""),
    ],
)
def test_values_are_said_in_words(value, text):
    assert text_of(value) == text


def test_the_book_has_every_area_and_no_empty_one():
    assert list(book().areas) == list(AREAS)
    assert all(book().areas.values())
    assert all(fields for lines in book().areas.values() for fields in lines.values())
    assert book().version == RULEBOOK


def test_a_version_that_is_kept_reads_back_as_it_was(monkeypatch):
    old = Book(version=RULEBOOK, areas={"A": {"R-1": {"title": "One"}}})
    monkeypatch.setattr(versions, "_kept", lambda _: versions.as_json(old).encode())
    assert versions.version_named.__wrapped__(RULEBOOK) == old


def test_the_newest_version_that_is_kept_is_what_the_program_does():
    assert versions.version_names()[-1] == RULEBOOK
    assert versions.version_named() == versions.version_named(RULEBOOK) == book()


def test_versions_stand_in_order_of_their_numbers(tmp_path, monkeypatch):
    for name in ("2026.2", "2026.11", "2025.12"):
        (tmp_path / f"{name}.json").write_text("{}")
    (tmp_path / "note.txt").write_text("no version")
    monkeypatch.setattr(versions, "KEPT", tmp_path)
    assert versions.version_names() == ("2025.12", "2026.2", "2026.11")


def test_a_version_that_was_not_kept_is_refused_with_those_that_were():
    with pytest.raises(LookupError, match=f"no version '1900.1'; there are: .*{RULEBOOK}"):
        versions.version_named("1900.1")


def test_every_kept_version_can_be_read():
    for name in versions.version_names():
        assert versions.version_named(name).areas


def of(**rules):
    return Book(version="x", areas={"A": rules})


@pytest.mark.parametrize(
    ("before", "after", "kind", "fields"),
    [
        ({}, {"title": "T", "id": "R"}, Kind.NEW, [("title", "", "T"), ("id", "", "R")]),
        ({"title": "T"}, {}, Kind.GONE, [("title", "T", "")]),
        ({"title": "T", "b": "1"}, {"title": "T", "b": "2"}, Kind.CHANGED, [("b", "1", "2")]),
        ({"title": "T", "b": "1"}, {"title": "T"}, Kind.CHANGED, [("b", "1", "")]),
        (
            {"title": "T", "says 1": "x", "says 2": "y"},
            {"title": "T", "says 1": "y", "says 2": "z"},
            Kind.CHANGED,
            [("says", "x", ""), ("says", "", "z")],
        ),
    ],
)
def test_a_change_says_what_was_and_what_is(before, after, kind, fields):
    old, new = (of(**({"R": rule} if rule else {})) for rule in (before, after))
    (change,) = compared(old, new)
    assert (change.area, change.id, change.kind, change.title) == ("A", "R", kind, "T")
    assert list(change.fields) == [FieldChange(field=f, before=b, after=a) for f, b, a in fields]


@pytest.mark.parametrize("field", ["title", "name", "label", "wording"])
def test_a_rule_is_called_by_the_first_of_its_names(field):
    (change,) = compared(of(), of(R={"x": "1", field: "This one", "wording ": "no"}))
    assert change.title == "This one"


def test_a_rule_without_a_title_is_called_by_what_it_asks():
    (change,) = compared(of(), of(R={"wording": "Ever?"}))
    assert change.title == "Ever?"
    (change,) = compared(of(), of(R={"x": "1"}))
    assert change.title == ""


def test_an_area_that_is_new_is_told():
    (change,) = compared(Book(version="y", areas={}), of(R={"title": "T"}))
    assert (change.area, change.kind) == ("A", Kind.NEW)


def test_an_area_that_is_gone_is_told():
    (change,) = compared(of(R={"title": "T"}), Book(version="y", areas={}))
    assert change.kind is Kind.GONE


rules = st.dictionaries(
    st.sampled_from(["R-1", "R-2", "R-3"]),
    st.dictionaries(st.sampled_from(["title", "value", "says 1"]), st.sampled_from(["a", "b"]), min_size=1),
)


@given(rules, rules)
def test_two_books_differ_where_and_only_where_they_are_told_to(before, after):
    told = {change.id for change in compared(of(**before), of(**after))}
    assert told == {name for name in {*before, *after} if before.get(name) != after.get(name)}


@given(rules)
def test_a_book_does_not_differ_from_itself(lines):
    assert compared(of(**lines), of(**lines)) == ()


def test_what_is_kept_is_json():
    text = versions.as_json(of(R={"title": "é"}))
    assert json.loads(text)["areas"] == {"A": {"R": {"title": "é"}}}
    lines = ["{", ' "version": "x",', ' "areas": {', '  "A": {', '   "R": {', '    "title": "é"', "   }"]
    assert text.splitlines() == [*lines, "  }", " }", "}"]
    assert text.endswith("}\n")
