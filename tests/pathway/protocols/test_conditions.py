"""Nine conditions: each has its measure, evidence and cautions, and what may not be ordered says why."""

from itertools import product as product_of
from pathlib import Path

import pytest

from ajar.pathway.evaluation.evidence import Grade
from ajar.pathway.evaluation.findings import Standing, Strength
from ajar.pathway.evaluation.products import Indication, Product
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.protocols.conditions import (
    LABELS,
    PROTOCOL_FOR,
    PROTOCOLS,
    indication_named,
    primary_instruments,
    why_not_for,
)
from tests.support.approved import assert_approved


def test_there_are_nine_conditions_and_every_indication_has_one():
    assert [protocol.id for protocol in PROTOCOLS] == [f"PRT-{row}" for row in range(1, 10)]
    assert set(PROTOCOL_FOR) == set(Indication)
    assert set(LABELS) == set(Indication)


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda one: one.id)
def test_each_protocol_says_what_it_stands_on(protocol):
    assert protocol.source
    assert protocol.schedule
    assert protocol.cautions
    assert protocol.softened
    assert protocol.grade.words
    assert all(one.words and one.source for one in protocol.evidence)
    measures = (*protocol.primary, *protocol.secondary)
    assert all(one.instrument in SCORERS and one.source for one in measures)


@pytest.mark.parametrize(
    ("indication", "product", "strength"),
    [
        (Indication.TRD, Product.KETAMINE_IV, None),
        (Indication.TRD, Product.KETAMINE_SL_CLINIC, None),
        (Indication.MDSI, Product.ESKETAMINE_IN, None),
        (Indication.SUICIDALITY, Product.KETAMINE_SL_HOME, Strength.SOFT_STOP),
        (Indication.ANXIETY, Product.KETAMINE_SC, None),
        (Indication.PTSD, Product.ESKETAMINE_IN, Strength.SOFT_STOP),
        (Indication.BORDERLINE, Product.KETAMINE_IV, Strength.SOFT_STOP),
        (Indication.EATING, Product.KETAMINE_IV, Strength.SOFT_STOP),
        (Indication.ADHD, Product.KETAMINE_IV, Strength.HARD_STOP),
        (Indication.PSYCHOSIS, Product.KETAMINE_IV, Strength.HARD_STOP),
    ],
)
def test_for_what_a_course_may_be_ordered(indication, product, strength):
    found = why_not_for(indication, product)
    assert [gate.strength for gate in found] == ([strength] if strength else [])


def test_psychosis_is_excluded_by_policy_and_says_so():
    (gate,) = why_not_for(Indication.PSYCHOSIS, Product.KETAMINE_IV)
    assert gate.standing is Standing.POLICY
    assert "policy of this programme" in gate.because
    assert "not a contraindication of the label" in gate.because
    assert PROTOCOL_FOR[Indication.PSYCHOSIS].grade is Grade.X


@pytest.mark.parametrize(
    ("indication", "first"),
    [
        (None, "phq-9"),
        (Indication.TRD, "phq-9"),
        (Indication.PTSD, "pcl-5"),
        (Indication.OCD, "y-bocs"),
        (Indication.ADHD, "phq-9"),
    ],
)
def test_the_primary_measure_follows_the_condition(indication, first: str):
    assert primary_instruments(indication)[0] == first


@pytest.mark.parametrize(
    ("text", "indication"),
    [
        ("Treatment-resistant depression", Indication.TRD),
        (" ptsd ", Indication.PTSD),
        ("low mood", None),
        ("", None),
    ],
)
def test_free_text_is_never_guessed_at(text: str, indication):
    assert indication_named(text) is indication


def test_what_holds_a_course_back_reads_as_approved():
    courses = product_of(Indication, (Product.KETAMINE_IV, Product.KETAMINE_SL_HOME))
    said = {f"{what_for}, {given}": why_not_for(what_for, given) for what_for, given in courses}
    assert_approved(Path(__file__).parent / "approved" / "gates.json", said)
