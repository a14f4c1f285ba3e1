"""Numbers with their sources, people in their domain, salts as bases."""

from collections.abc import Mapping

import pytest

from ajar.pharmacology.estimates import Estimate, Tag, typical_values
from ajar.pharmacology.molecules import base_mg_from_hydrochloride
from ajar.pharmacology.person import Person
from ajar.pharmacology.u1 import acute_table, parameters, slow_table

NAN, INF = float("nan"), float("inf")


def estimates(module):
    for value in vars(module).values():
        if isinstance(value, Estimate):
            yield value
        elif isinstance(value, Mapping):
            yield from (each for each in value.values() if isinstance(each, Estimate))


@pytest.mark.parametrize("module", [acute_table, parameters, slow_table])
def test_every_number_of_u1_says_section_and_unit(module):
    found = list(estimates(module))
    assert len(found) > 15
    assert all(".md " in each.source and each.unit for each in found)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": NAN}, "finite number"),
        ({"source": "  "}, "has no source"),
        ({"between_subject_cv": -0.1}, "spread is finite and not negative"),
        ({"between_session_cv": INF}, "spread is finite and not negative"),
    ],
)
def test_a_number_without_its_source_or_with_an_impossible_spread_is_refused(wrong, words):
    usual = {"value": 1.0, "unit": "L", "source": "somewhere, table 1", "tag": Tag.A}
    with pytest.raises(ValueError, match=words):
        Estimate(**(usual | wrong))


def test_typical_values_keep_their_names():
    table = {"v_l": Estimate(value=3.0, unit="L", source="somewhere, table 1", tag=Tag.A)}
    assert typical_values(table) == {"v_l": 3.0}


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ({"weight_kg": 38.0}, "weight of 39 to 170 kg, got 38"),
        ({"weight_kg": 171.0}, "weight of 39 to 170 kg"),
        ({"weight_kg": NAN}, "weight of 39 to 170 kg"),
        ({"weight_kg": -70.0}, "weight of 39 to 170 kg"),
        ({"weight_kg": 70.0, "age_years": 17.0}, "age of 18 to 86 years, got 17"),
        ({"weight_kg": 70.0, "age_years": INF}, "age of 18 to 86 years"),
    ],
)
def test_people_nobody_studied_are_refused(who, words):
    with pytest.raises(ValueError, match=words):
        Person(**who)


@pytest.mark.parametrize("amount", [0.0, -1.0, NAN, INF])
def test_no_salt_is_no_base(amount):
    with pytest.raises(ValueError, match="more than 0 mg and finite"):
        base_mg_from_hydrochloride(amount)
