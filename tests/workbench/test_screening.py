"""`ajar screen`: what it prints, what it gives a script, and its exit codes."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ajar.cli import main
from ajar.pathway.evaluation.products import Product

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "candidates"
EXAMPLE = EXAMPLES / "eligible.json"
WELL = json.loads(EXAMPLE.read_text())


@pytest.fixture
def screen(tmp_path, capsys):
    """Screens a document; the exit code, what was printed, and what was complained about."""

    def run(document, *options):
        path = tmp_path / "patient.json"
        path.write_text(json.dumps(document))
        code = main(["screen", str(path), *options])
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return run


def found(said, rule_id):
    return next(each for each in json.loads(said.out)["findings"] if each["rule_id"] == rule_id)


@pytest.mark.parametrize(
    ("change", "outcome", "code"),
    [
        ({}, "eligible", 0),
        ({"age": 24}, "eligible_with_caution", 0),
        ({"history": {"breast_feeding": "unknown"}}, "needs_information", 3),
        ({"history": {"mania_now": "yes"}}, "defer", 4),
        ({"history": {"aneurysm": "yes"}}, "contraindicated", 5),
    ],
)
def test_the_exit_code_says_the_outcome(screen, change, outcome, code):
    said = screen(WELL | change, "--json")
    assert (json.loads(said.out)["outcome"], said.code) == (outcome, code)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_each_example_comes_out_as_its_name_says(path, capsys):
    main(["screen", str(path), "--json"])
    known = json.loads(capsys.readouterr().out)["outcome"]
    assert known == path.stem.replace("-", "_") or path.stem == "needs-information"


def test_what_the_outcome_would_be_if_nothing_that_is_missing_speaks_against(screen):
    unknown = WELL | {"history": {"breast_feeding": "unknown"}}
    assert json.loads(screen(unknown, "--json").out)["outcome_of_the_known"] == "eligible"
    assert "If nothing of it speaks against: eligible." in screen(unknown).out


def test_a_finding_says_its_reason_its_datum_its_age_and_its_source(screen):
    seen = found(screen(WELL | {"history": {"aneurysm": "yes"}}, "--json"), "CI-01")
    assert seen["verdict"] == "stop"
    assert seen["strength"] == "hard_stop"
    assert seen["effect"] == "contraindicated"
    assert seen["datum"] == "history answer: yes"
    assert seen["age_days"] == 0
    assert "USPI19" in seen["source"]
    assert seen["because"]


def test_in_words_it_says_what_stops_what_is_missing_and_what_would_end_it(screen):
    said = screen(WELL | {"history": {"aneurysm": "yes", "breast_feeding": "unknown"}})
    assert "CONTRAINDICATED" in said.out
    assert said.out.index("Stops:") < said.out.index("Needs information:")
    assert "Rests on:" in said.out
    assert "Ends: Ask the question." in said.out
    assert "Passed:" not in said.out


def test_the_rules_that_passed_are_listed_on_demand(screen):
    said = screen(WELL, "--all")
    assert "Passed:" in said.out
    assert "CI-01" in said.out


def test_every_product_is_judged_beside_the_one_asked_for(screen):
    said = screen(WELL, "--products", "--json")
    assert set(json.loads(said.out)["products"]) == set(Product)
    assert all(product.label in screen(WELL, "--products").out for product in Product)


def test_an_age_is_said_in_days(screen):
    tall = WELL | {"vitals": [{"systolic_mmhg": 150, "diastolic_mmhg": 95, "at": "2026-11-29T10:00"}]}
    assert "2 days old" in screen(tall | {"product": "esketamine_in"}).out


@pytest.mark.hazard("HAZ-29")
def test_a_diagnosis_that_nobody_can_place_is_asked_about(screen):
    said = screen(WELL | {"diagnoses": [{"name": "schizofrenia"}]}, "--json")
    seen = found(said, "DX-1")
    assert seen["verdict"] == "needs_information"
    assert "schizophrenia" in seen["until"]
    assert said.code == 3


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_judged(screen, tmp_path, capsys):
    code = main(["screen", str(tmp_path / "none.json"), str(EXAMPLE), "--json"])
    said = capsys.readouterr()
    assert code == 1
    assert "none.json" in said.err
    assert json.loads(said.out)["outcome"] == "eligible"


def test_what_does_not_fit_is_refused_with_its_place(screen):
    said = screen(WELL | {"age": -1})
    assert said.code == 1
    assert "patient.json: age: expected a whole number" in said.err
    assert not said.out


def test_it_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(EXAMPLE.read_bytes())))
    assert main(["screen", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == "-"


def test_without_a_file_it_says_what_it_expects(capsys):
    assert main(["screen"]) == 1
    assert "Expected a PATIENT.json" in capsys.readouterr().err


def test_it_prints_its_schema(capsys):
    assert main(["screen", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["product"]["enum"] == list(Product)
