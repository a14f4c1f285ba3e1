import numpy as np
import pytest

from ajar.pharmacology.models import MODELS
from ajar.pharmacology.molecules import KETAMINE_G_MOL
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.kamp_2020_curves import (
    ARKETAMINE,
    ESKETAMINE,
    LEVELS,
    PEOPLE,
    RACEMATE_STEPS_MG_KG_H,
    RELATIVE_READING_ERROR,
    SITE,
    infusion,
)
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import course


def test_the_curves_are_arterial_and_say_how_well_they_were_read():
    assert SITE is Site.ARTERIAL
    assert RELATIVE_READING_ERROR == 0.05
    assert PEOPLE == 20


@pytest.mark.parametrize(("curve", "points"), [(ESKETAMINE, 13), (ARKETAMINE, 12)])
def test_early_and_doubtful_points_are_kept_and_not_trusted(curve, points):
    assert len(curve.times_h) == len(curve.nmol_ml) == 14
    assert len(curve.trusted) == points
    assert all(time_h > 0.25 and time_h not in curve.doubtful_h for time_h, _ in curve.trusted)


def test_both_enantiomers_peak_at_the_end_of_the_third_step():
    for curve in (ESKETAMINE, ARKETAMINE):
        assert curve.times_h[curve.nmol_ml.index(max(curve.nmol_ml))] == 3.0


def test_the_metabolites_are_levels_with_a_range():
    assert [level.analyte for level in LEVELS] == [
        Analyte.NORKETAMINE,
        Analyte.DEHYDRONORKETAMINE,
        Analyte.HYDROXYNORKETAMINE,
    ]
    assert all(
        level.lowest_nmol_ml <= level.highest_nmol_ml and level.from_h <= level.until_h for level in LEVELS
    )


def test_the_infusion_follows_its_three_steps():
    session = infusion(75.0)
    assert [event.start_h for event in session.events] == [0.0, 1.0, 2.0]
    assert [event.amount_mg / 75.0 for event in session.events] == pytest.approx(RACEMATE_STEPS_MG_KG_H)


def test_the_arterial_meta_analysis_foresees_the_sum_of_both_within_20_percent():
    """An independent check: neither was fitted to the other here. 75 kg (pharmacology.md 4.1)."""
    r_by_time = dict(ARKETAMINE.trusted)
    both = [(time_h, s + r_by_time[time_h]) for time_h, s in ESKETAMINE.trusted if time_h in r_by_time]
    times_h, nmol_ml = (np.array(column) for column in zip(*both, strict=True))
    given = MODELS["kamp_2020"].concentrations(Person(weight_kg=75.0), course(infusion(75.0)), times_h)
    assert given["ketamine_arterial_ng_ml"] == pytest.approx(nmol_ml * KETAMINE_G_MOL, rel=0.20)
