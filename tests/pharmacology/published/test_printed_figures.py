"""Each published model against the figures of its own paper, as far as the source at hand has them."""

import pytest

from ajar.pharmacology.calibration.tables import calibration_data
from ajar.pharmacology.models import MODELS
from ajar.pharmacology.validation.compare import Bench, Verdict

DATA = {datum.name: datum for data in calibration_data().values() for datum in data}
BENCH = Bench()

TYPICAL_AGAINST_MEAN = 0.15
"""A typical person's peak and area lie below the mean of people's own (19 people in Simons 2022, table 2)."""

# Model, the row of its own paper, and how near it must come.
PRINTED = [
    ("perez_ruixo_2021", "perez_28_cmax", 0.01),
    ("perez_ruixo_2021", "perez_28_auc", 0.01),
    ("perez_ruixo_2021", "perez_28_nk_cmax", 0.01),
    ("perez_ruixo_2021", "perez_84_cmax", 0.01),
    ("perez_ruixo_2021", "perez_84_auc", 0.01),
    ("perez_ruixo_2021", "perez_84_nk_cmax", 0.01),
    ("simons_2022", "simons_film_esketamine_cmax", TYPICAL_AGAINST_MEAN),
    ("simons_2022", "simons_film_esketamine_auc", TYPICAL_AGAINST_MEAN),
    ("simons_2022", "simons_film_norketamine_cmax", TYPICAL_AGAINST_MEAN),
    ("simons_2022", "simons_film_norketamine_auc", TYPICAL_AGAINST_MEAN),
    ("simons_2022", "simons_film_hydroxynorketamine_cmax", TYPICAL_AGAINST_MEAN),
    ("simons_2022", "simons_film_hydroxynorketamine_auc", TYPICAL_AGAINST_MEAN),
    ("kamp_2020", "kamp_meta_clearance", 0.07),
    ("kamp_2020", "kamp_meta_volume", 0.07),
]

ELSEWHERE = {
    "hijazi_2003": "clearance, half-life and volume of its abstract: test_infusion_models",
    "fanta_2015": "clearance of its abstract: test_infusion_models; its oral figures need more",
    "otto_2021": "figures 3b and 4b, and an independent implementation: test_infusion_models",
}

NOTHING_PRINTED = {"domino_1982", "clements_1981"}
"""The source at hand has the constants of these and no level, area or half-life of their papers."""


@pytest.mark.parametrize(("model", "row", "within"), PRINTED)
def test_a_model_gives_what_its_paper_prints(model, row, within):
    found = {each.model: each for each in BENCH.compared(DATA[row])}
    assert found[model].ratio == pytest.approx(1.0, abs=within)


def test_simons_peaks_within_the_interval_of_its_own_paper():
    found = {each.model: each for each in BENCH.compared(DATA["simons_iv_peak"])}
    assert found["simons_2022"].verdict is Verdict.INSIDE


def test_each_model_is_held_to_its_paper_or_says_that_nothing_of_it_is_at_hand():
    assert {model for model, *_ in PRINTED} | set(ELSEWHERE) | NOTHING_PRINTED == set(MODELS)
    for name in NOTHING_PRINTED:
        assert any("no level that its paper prints" in problem for problem in MODELS[name].known_problems)
