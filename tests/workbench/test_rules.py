"""`ajar rules`: what it lists, shows and compares, and how it refuses."""

import json

import pytest

from ajar.cli import main
from ajar.pathway.governance.comparison import Book
from ajar.pathway.governance.version import RULEBOOK
from ajar.pathway.governance.versions import version_named
from ajar.workbench import rules


def run(capsys, *words):
    code = main(["rules", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("name", ["ELG-BP", "elg-bp3", "CI-06", "ALM-1", "LAB-10"])
def test_a_rule_is_shown_by_its_id_or_by_the_beginning_of_one(capsys, name):
    code, out, _ = run(capsys, "show", name)
    assert code == 0
    assert name.upper() in out
    assert "source: " in out
    assert f"rulebook {RULEBOOK}" in out


def test_an_exact_id_does_not_show_those_that_begin_with_it(capsys):
    _, out, _ = run(capsys, "show", "LAB-1", "--json")
    assert {each["id"] for each in json.loads(out)} == {"LAB-1"}


def test_a_rule_is_found_by_an_id_that_it_answers_too():
    covering = next(fields for fields in version_named().areas["Evaluation"].values() if fields.get("covers"))
    also = covering["covers"].split("; ")[0]
    assert covering["id"] in {rule_id for _, rule_id, _ in rules.matching(also)}


def test_rules_are_listed_by_area(capsys):
    _, everything, _ = run(capsys, "list")
    assert all(area in everything for area in version_named().areas)
    _, alarms, _ = run(capsys, "list", "alarms")
    assert "ALM-1" in alarms
    assert "CI-01" not in alarms


def test_the_list_comes_as_json(capsys):
    _, out, _ = run(capsys, "list", "Alarms", "--json")
    assert json.loads(out) == {"Alarms": list(version_named().areas["Alarms"])}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show"], "Expected an id"),
        (["show", "XX-99"], "no rule 'XX-99'"),
        (["list", "Nowhere"], "no area 'Nowhere'; there are: Evaluation"),
        (["diff", "1.0"], "Expected two versions"),
        (["diff", "1.0", "2.0"], "no version '1.0'"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(capsys, words, said):
    code, out, err = run(capsys, *words)
    assert (code, out) == (1, "")
    assert said in err


def test_a_version_does_not_differ_from_itself(capsys):
    code, out, _ = run(capsys, "diff", "now", RULEBOOK)
    assert code == 0
    assert "0 new, 0 gone, 0 changed" in out


OLD = Book(
    version="1.1",
    areas={
        "Alarms": {
            "ALM-1": {"title": "Pressure", "bound": "180", "note": "old", "says 1": "loud"},
            "ALM-9": {"title": "Gone", "source": "nowhere", "other": "left out"},
        }
    },
)
NEW = Book(
    version="1.2",
    areas={
        "Alarms": {
            "ALM-1": {"title": "Pressure", "bound": "170", "says 1": "louder"},
            "ALM-2": {"title": "Added", "says 1": "beep", "source": "[X]", "other": "left out"},
        }
    },
)


def test_changes_read_like_a_list_for_somebody_who_signs(capsys, monkeypatch):
    monkeypatch.setattr(rules, "version_names", lambda: ("1.1", "1.2"))
    monkeypatch.setattr(rules, "version_named", {"1.1": OLD, "1.2": NEW}.__getitem__)
    code, out, _ = run(capsys, "diff")
    assert code == 3
    assert out.splitlines() == [
        "Rulebook 1.1 to 1.2: 1 new, 1 gone, 1 changed.",
        "",
        "Alarms",
        "  ~ ALM-1  Pressure",
        "      bound: 180  →  170",
        "      note no longer: old",
        "      says no longer: loud",
        "      says now: louder",
        "  + ALM-2  Added",
        "      source: [X]",
        "      says: beep",
        "  - ALM-9  Gone",
        "      source: nowhere",
    ]


def test_changes_come_as_json(capsys, monkeypatch):
    monkeypatch.setattr(rules, "version_named", {"1.1": OLD, "1.2": NEW}.__getitem__)
    code, out, _ = run(capsys, "diff", "1.1", "1.2", "--json")
    found = json.loads(out)
    assert code == 3
    assert (found["before"], found["after"]) == ("1.1", "1.2")
    assert {change["kind"] for change in found["changes"]} == {"new", "gone", "changed"}


def test_the_versions_are_listed(capsys):
    _, words, _ = run(capsys, "versions")
    _, as_json, _ = run(capsys, "versions", "--json")
    assert words.split() == json.loads(as_json)
    assert json.loads(as_json)[-1] == RULEBOOK
