"""People: their numbers are those of the members they are, and quantiles those of the numbers."""

import json

import numpy as np
import pytest

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.nca import auc_ng_h_ml
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intravenous
from ajar.pharmacology.simulate import minutes, simulate_member
from ajar.workbench import crowds
from ajar.workbench.crowds import areas
from ajar.workbench.summaries import drug_change

ASKED = "--product ketamine-iv --dose 35 --over 40min --population 20 --seed 3 --json"
LINE = ("simulate", *ASKED.split())
QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}


@pytest.fixture
def people(ajar):
    return json.loads(ajar(*LINE).out)["population"]


def test_quantiles_are_those_of_the_members(people):
    infusion = course(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60))
    day = minutes(hours=24.0)
    seen = [
        simulate_member(infusion, Person(weight_kg=70.0), seed=3, index=n, times_h=day) for n in range(20)
    ]
    for key, numbers in (
        ("cmax", [one["ketamine_venous_ng_ml"].max() for one in seen]),
        ("tmax_h", [day[one["ketamine_venous_ng_ml"].argmax()] for one in seen]),
        ("auc_0_24", [auc_ng_h_ml(day, one["ketamine_venous_ng_ml"]) for one in seen]),
    ):
        for name, share in QUANTILES.items():
            expected = np.quantile(numbers, share)
            assert people["ketamine_venous_ng_ml"][key][name] == pytest.approx(expected, rel=1e-6), key
    peaks = [one["cadss"].max() for one in seen]
    assert people["cadss_peak"]["q95"] == pytest.approx(np.quantile(peaks, 0.95), rel=1e-6)


def test_quantiles_rise_and_shares_are_shares(people):
    for value in people.values():
        if isinstance(value, dict) and set(value) == set(QUANTILES) and value != QUANTILES:
            assert sorted(value.values()) == list(value.values())
    shares = [value for key, value in people.items() if "_share_day_" in key]
    assert shares
    assert all(0 <= share <= 1 for share in shares)


def test_the_seed_decides_who(ajar, people):
    again = json.loads(ajar(*LINE).out)["population"]
    others = json.loads(ajar(*LINE, "--seed", 4).out)["population"]
    assert again == people
    assert others["cadss_peak"] != people["cadss_peak"]


def test_many_people_are_counted_instead_of_kept(ajar, people, monkeypatch):
    monkeypatch.setattr(crowds, "KEPT_PEOPLE", 10)
    counted = json.loads(ajar(*LINE).out)["population"]
    assert (people["relative_error"], counted["relative_error"]) == (0.0, crowds.RELATIVE_ERROR)
    for key in ("cmax", "auc_0_24"):
        exact, near = (found["ketamine_venous_ng_ml"][key] for found in (people, counted))
        assert near["q50"] == pytest.approx(exact["q50"], rel=2 * crowds.RELATIVE_ERROR)


@pytest.mark.parametrize(
    "rows", [[[0.0, 3.0, 2.0, 2.0, 1.0, 0.0]], [[1.0, 1.0, 0.5, 0.4, 0.0, 2.0], [0.0] * 6]]
)
def test_areas_are_those_of_the_field(rows):
    times_h = np.array([0.0, 0.5, 1.0, 2.0, 3.5, 4.0])
    for row, area in zip(rows, areas(times_h, np.array(rows)), strict=True):
        assert area == pytest.approx(auc_ng_h_ml(times_h, np.array(row)))


@pytest.mark.parametrize(("share", "change"), [(0.0, 0.0), (0.5, -15.0), (1.4, -30.0)])
def test_no_change_goes_past_the_end_of_the_scale(share, change):
    assert drug_change(np.array([share]), baseline=30.0) == pytest.approx(change)
