"""The models that know infusions alone: Domino, Clements, Hijazi, Kamp, Fanta, Otto."""

from math import log, sqrt

import numpy as np
import pytest

from ajar.pharmacology.estimates import typical_values
from ajar.pharmacology.models import MODELS
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.domain import OutsideDomain
from ajar.pharmacology.published.otto_2021 import for_person
from ajar.pharmacology.regimen import course, intramuscular, intravenous
from tests.pharmacology.plasma import area, grid, judged, peak

AT_70 = Person(weight_kg=70.0, age_years=40.0)

# Name, drug, clearance (L/h) and volume at steady state (L) at 70 kg, from pharmacology.md 1.3.
MODELS_AT_70 = [
    (
        "domino_1982",
        Drug.RACEMATE,
        0.063 * 70 * 0.4381 * 60,
        0.063 * 70 * (1 + 0.5921 / 0.2470 + 0.5900 / 0.0146),
    ),
    ("clements_1981", Drug.RACEMATE, 1.752 * 70 * 0.0109 * 60, 1.752 * 70 * (1 + 0.0186 / 0.0137)),
    ("hijazi_2003", Drug.RACEMATE, 1.08 * 70 * 0.0333 * 60, 1.08 * 70 * (1 + 0.0088 / 0.0030)),
    ("kamp_2020", Drug.RACEMATE, 84.0, 25.0 + 56.0 + 157.0),
    ("fanta_2015", Drug.ESKETAMINE, 95.2, 133.0 + 187.0 + 98.8),
    ("otto_2021", Drug.ESKETAMINE, 95.2, 133.0 + 187.0 + 98.8),
]


def infused(drug, amount_mg=35.0, duration_h=40 / 60):
    return course(intravenous(drug=drug, amount_mg=amount_mg, duration_h=duration_h))


def parent(name, person, regimen, times_h):
    model = MODELS[name]
    given = model.concentrations(person, regimen, times_h, setting=model.domain.setting)
    return next(iter(given.values()))


@pytest.mark.parametrize(("name", "drug", "clearance_l_h", "_volume_l"), MODELS_AT_70)
def test_area_times_clearance_is_the_dose(name, drug, clearance_l_h, _volume_l):
    times_h = grid(300.0, step_s=60.0)
    exposure = area(times_h, parent(name, AT_70, infused(drug), times_h))
    assert exposure / 1000 * clearance_l_h == pytest.approx(35.0, rel=1e-3)


@pytest.mark.parametrize(("name", "drug", "clearance_l_h", "volume_l"), MODELS_AT_70)
def test_a_long_infusion_fills_the_published_volume(name, drug, clearance_l_h, volume_l):
    """Mean residence time is volume over clearance, once half the infusion's duration is taken off."""
    times_h = grid(300.0, step_s=60.0)
    level = parent(name, AT_70, infused(drug, duration_h=1.0), times_h)
    residence_h = area(times_h, level * times_h) / area(times_h, level) - 0.5
    assert residence_h * clearance_l_h == pytest.approx(volume_l, rel=2e-3)


@pytest.mark.parametrize(("name", "drug", "_clearance_l_h", "_volume_l"), MODELS_AT_70)
def test_twice_the_dose_is_twice_the_level(name, drug, _clearance_l_h, _volume_l):
    times_h = grid(6.0, step_s=600.0)
    once, twice = (parent(name, AT_70, infused(drug, amount_mg=mg), times_h) for mg in (10.0, 20.0))
    assert twice == pytest.approx(2 * once)


@pytest.mark.parametrize(("name", "drug", "_clearance_l_h", "_volume_l"), MODELS_AT_70)
def test_an_injection_into_muscle_is_refused(name, drug, _clearance_l_h, _volume_l):
    with pytest.raises(OutsideDomain, match="covers the intravenous route, not the intramuscular route"):
        parent(name, AT_70, course(intramuscular(drug=drug, amount_mg=35.0)), np.array([1.0]))


RATES_PER_MIN = {
    "domino_1982": (0.063, 0.4381, 0.5921, 0.2470, 0.5900, 0.0146),
    "clements_1981": (1.752, 0.0109, 0.0186, 0.0137, 0.0, 1.0),
    "hijazi_2003": (1.08, 0.0333, 0.0088, 0.0030, 0.0, 1.0),
    "kamp_2020": (25 / 70, 84 / 25 / 60, 161 / 25 / 60, 161 / 56 / 60, 79 / 25 / 60, 79 / 157 / 60),
    "fanta_2015": (
        133 / 70,
        95.2 / 133 / 60,
        23.2 / 133 / 60,
        23.2 / 187 / 60,
        157 / 133 / 60,
        157 / 98.8 / 60,
    ),
}


@pytest.mark.parametrize(("name", "constants"), RATES_PER_MIN.items())
def test_a_general_solver_finds_the_same_curve(name, constants):
    v1_l_kg, k10, k12, k21, k13, k31 = constants

    def by_hand(t, y):
        central, near, far = y
        return [
            (35.0 / 40.0 if t < 40.0 else 0.0) - (k10 + k12 + k13) * central + k21 * near + k31 * far,
            k12 * central - k21 * near,
            k13 * central - k31 * far,
        ]

    times_min = np.linspace(0.0, 600.0, 121)
    plain = judged(by_hand, given={0.0: [0.0] * 3}, breaks=[40.0], times=times_min)[1:, 0]
    drug = next(drug for known, drug, *_ in MODELS_AT_70 if known == name)
    exact = parent(name, AT_70, infused(drug), times_min[1:] / 60)
    assert exact == pytest.approx(plain / (v1_l_kg * 70) * 1000, rel=1e-6)


def test_hijazi_gives_the_clearance_half_life_and_volume_of_its_abstract():
    """36.0 mL/min/kg, 4.9 h, and 16.0 L/kg of the terminal phase: means of 12 people's own values."""
    values = typical_values(MODELS["hijazi_2003"].parameters)
    k10, k12, k21 = (values[name] for name in ("k10_per_min", "k12_per_min", "k21_per_min"))
    clearance_ml_min_kg = values["central_l_per_kg"] * k10 * 1000
    total = k10 + k12 + k21
    terminal_per_min = (total - sqrt(total**2 - 4 * k10 * k21)) / 2
    assert clearance_ml_min_kg == pytest.approx(36.0, rel=0.005)
    assert log(2) / terminal_per_min / 60 == pytest.approx(4.9, rel=0.01)
    assert clearance_ml_min_kg / 1000 / terminal_per_min == pytest.approx(16.0, rel=0.05)


def test_hijazi_is_not_asked_about_someone_in_a_clinic():
    with pytest.raises(OutsideDomain, match="its people were in intensive care, this person is awake"):
        MODELS["hijazi_2003"].concentrations(AT_70, infused(Drug.RACEMATE), np.array([1.0]))


def test_kamp_lies_within_the_intervals_of_its_own_meta_analysis():
    """Volume 252 L (200 to 304) and clearance 79 L/h (69 to 90) at 70 kg."""
    values = typical_values(MODELS["kamp_2020"].parameters)
    assert 200 <= values["central_l"] + values["tissue_1_l"] + values["tissue_2_l"] <= 304
    assert 69 <= values["clearance_l_h"] <= 90


def test_fanta_has_the_clearance_of_its_abstract():
    clearance = MODELS["fanta_2015"].parameters["clearance_l_h"]
    assert clearance.value == pytest.approx(95, abs=0.5)
    assert clearance.between_subject_cv == 0.13


def test_fanta_names_the_oral_dose_it_cannot_offer():
    refusal = MODELS["fanta_2015"].domain.why_not
    assert refusal is not None
    assert "8 %" in next(iter(refusal.values()))


# What an independent implementation computes for the authors' first study, 10 mg over 30 min at 68 kg, and
# the medians read off their figures 3b and 4b to about 10 % (nlmixr2lib, Otto_2021_s_ketamine). ng/mL.
OTTO = {
    "esketamine_venous_ng_ml": (
        (0.5, 50.90, 56.0),
        (1.0, 27.30, 27.0),
        (2.0, 15.40, 15.5),
        (3.0, 10.30, 11.5),
        (5.0, 5.06, 6.0),
        (6.0, 3.72, 4.2),
        (8.0, 2.23, 2.5),
        (10.0, 1.51, 1.8),
    ),
    "norketamine_venous_ng_ml": (
        (0.5, 11.80, 10.0),
        (1.0, 20.90, 23.0),
        (2.0, 20.50, 20.0),
        (3.0, 17.10, 16.0),
        (5.0, 11.70, 12.0),
        (6.0, 9.90, 11.0),
        (8.0, 7.41, 8.0),
        (10.0, 5.79, 6.5),
    ),
}


@pytest.mark.parametrize("analyte", OTTO)
def test_otto_agrees_with_an_independent_implementation_and_nearly_with_the_figures(analyte):
    times_h, elsewhere, observed = (np.array(column) for column in zip(*OTTO[analyte], strict=True))
    regimen = infused(Drug.ESKETAMINE, amount_mg=10.0, duration_h=0.5)
    here = MODELS["otto_2021"].concentrations(Person(weight_kg=68.0), regimen, times_h)[analyte]
    assert here == pytest.approx(elsewhere, rel=0.003)
    assert here == pytest.approx(observed, rel=0.19)


def test_otto_forms_norketamine_from_all_that_is_cleared():
    times_h = grid(600.0, step_s=120.0)
    given = MODELS["otto_2021"].concentrations(AT_70, infused(Drug.ESKETAMINE), times_h)
    assert area(times_h, given["norketamine_venous_ng_ml"]) / 1000 * 57.7 == pytest.approx(35.0, rel=2e-3)


def test_weight_scales_in_otto_what_it_scaled_in_the_authors_code():
    typical = typical_values(MODELS["otto_2021"].parameters)
    own = for_person(typical, Person(weight_kg=140.0))
    assert {name for name in typical if own[name] != typical[name]} == {
        "central_l",
        "clearance_l_h",
        "norketamine_central_l",
        "norketamine_clearance_l_h",
    }


def test_a_dose_above_the_one_studied_is_a_caution_in_words():
    regimen = infused(Drug.RACEMATE, amount_mg=35.0)
    assert MODELS["clements_1981"].dose_cautions(AT_70, regimen) == (
        "0.5 mg/kg is above the 0.25 mg/kg studied; linear kinetics are assumed",
    )
    assert MODELS["clements_1981"].dose_cautions(AT_70, infused(Drug.RACEMATE, amount_mg=17.5)) == ()
    assert MODELS["kamp_2020"].dose_cautions(AT_70, regimen) == ()


def test_other_parameter_values_replace_the_typical_ones():
    model = MODELS["kamp_2020"]
    slow = {**typical_values(model.parameters), "clearance_l_h": 42.0}
    times_h = grid(6.0)
    typical = model.concentrations(AT_70, infused(Drug.RACEMATE), times_h)["ketamine_arterial_ng_ml"]
    slower = model.concentrations(AT_70, infused(Drug.RACEMATE), times_h, values=slow)[
        "ketamine_arterial_ng_ml"
    ]
    assert peak(times_h, slower)[0] > peak(times_h, typical)[0]
