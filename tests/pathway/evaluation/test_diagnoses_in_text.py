"""A diagnosis in text is judged by the code that its name stands for, and by no likeness."""

from dataclasses import replace

import pytest

from ajar.pathway.evaluation.diagnoses import coded, meant
from ajar.pathway.evaluation.findings import Verdict
from ajar.pathway.patients.facts import CodeSystem, Coding
from tests.support.candidates import WELL, condition, found, judged


def text(display):
    return Coding(system=CodeSystem.TEXT, code="", display=display)


def diagnosis(display):
    recorded = condition("", system="text")
    return replace(recorded, payload=replace(recorded.payload, condition=text(display)))


@pytest.mark.parametrize(
    ("name", "rule_id"),
    [
        ("Abdominal aortic aneurysm", "CI-01"),
        ("heart attack", "CI-06"),
        ("Psychosis", "CI-07"),
        ("pregnant", "CI-09"),
        ("Bipolar   Disorder", "CA-05"),
    ],
)
@pytest.mark.hazard("HAZ-02")
def test_a_name_that_stands_for_a_code_counts_as_the_code(name, rule_id):
    finding = found(judged([*WELL, diagnosis(name)]), rule_id)
    assert finding.verdict in (Verdict.STOP, Verdict.PRECAUTION)
    assert name in finding.ruling.datum
    assert finding.ruling.conflict


def test_a_name_keeps_its_words_beside_its_code():
    expected = Coding(system=CodeSystem.ICD_10_CM, code="F31.9", display="Bipolar   Disorder")
    assert coded(text("Bipolar   Disorder")) == expected
    assert coded(text("unheard-of")) == text("unheard-of")


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("bipolar i disordr", ("bipolar i disorder", "bipolar ii disorder")),
        ("hypersomnia", ()),
    ],
)
def test_at_most_two_names_are_asked_about(name, names):
    assert meant(text(name)) == names
