"""The kernels and the readable model give the same people the same curves."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology.lanes import members as fast
from ajar.pharmacology.members import Asked, curves_of, glanced, one_by_one
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import AfterHold, intravenous, repeated, sublingual
from ajar.pharmacology.simulate import Circumstances
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.symptoms import Symptoms

LOZENGE = sublingual(drug=Drug.RACEMATE, amount_mg=100.0, hold_h=1 / 6, after_hold=AfterHold.SWALLOWED)
INFUSION = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60)
BASELINE = Symptoms(madrs_baseline=32.0, response_e=0.8, placebo_share=0.1, stress=0.5)
KNOWN = Circumstances(symptoms=BASELINE)


def asked(**changes):
    plain = Asked(
        regimen=repeated(LOZENGE, on_days=[0, 1]),
        person=Person(weight_kg=80.0, age_years=55.0),
        seed=3,
        times_h=np.linspace(0.0, 30.0, 16),
        outputs=("cadss", "s_ketamine_venous_ng_ml", "madrs"),
        circumstances=KNOWN,
    )
    return replace(plain, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"regimen": repeated(INFUSION, on_days=[0, 1]), "outputs": ("norketamine_ng_ml", "synaptic_gain")},
        {"regimen": repeated(INFUSION, on_days=[0, 1]), "outputs": ("sbp_rise_mmhg", "cadss")},
        {"outputs": ("phq9", "madrs_change", "drug_improvement_share")},
        {"outputs": ("drug_improvement_share",), "circumstances": Circumstances()},
        {
            "outputs": ("sbp_rise_mmhg", "dbp_rise_mmhg", "nmda_block"),
            "circumstances": Circumstances(options=frozenset({Option.NORKETAMINE_OPPOSES_PRESSURE})),
        },
    ],
)
def test_kernels_and_the_readable_model_answer_alike(changes):
    question = asked(**changes)
    assert fast.answers(question)
    quick, plain = curves_of(question, start=5, count=3), one_by_one(question, start=5, count=3)
    assert list(quick) == list(plain)
    for name, values in plain.items():
        assert np.allclose(quick[name], values, rtol=1e-6, atol=2e-4), name


@pytest.mark.parametrize(
    "changes",
    [
        {"times_h": np.array([0.0, 1.0, 5.0])},
        {"times_h": np.array([2.0])},
        {"outputs": ("default_mode_sd",)},
        {"outputs": ("madrs",), "circumstances": Circumstances(symptoms=replace(BASELINE, stress=50.0))},
    ],
)
def test_what_the_kernels_do_not_have_the_readable_model_answers(changes):
    question = asked(**changes)
    assert not fast.answers(question)
    seen = curves_of(question, start=0, count=1)
    assert {name: values.shape for name, values in seen.items()} == {
        name: (1, len(question.times_h)) for name in question.outputs
    }


def test_weeks_are_answered_at_any_times_and_scores_only_with_a_baseline():
    uneven = np.array([0.0, 1.0, 5.0])
    assert fast.answers(asked(times_h=uneven, outputs=("madrs",)))
    assert not fast.answers(asked(outputs=("madrs",), circumstances=Circumstances()))


def test_people_worked_on_in_several_blocks_are_the_same(monkeypatch):
    question = asked()
    whole = fast.member_curves(question, start=0, count=7)
    monkeypatch.setattr(fast, "CELLS", 32)
    for name, values in fast.member_curves(question, start=0, count=7).items():
        assert np.array_equal(values, whole[name])


def test_an_infusion_needs_no_absorption_of_its_own_but_its_pressures_differ_by_the_day():
    infusions = asked(regimen=repeated(INFUSION, on_days=[0, 1, 2]))
    assert fast.sessions_that_differ(infusions) == 1
    assert fast.sessions_that_differ(replace(infusions, outputs=("sbp_rise_mmhg",))) == 3
    assert fast.sessions_that_differ(asked()) == 2


def test_a_glance_knows_the_names_and_refuses_others():
    glance = glanced(asked())
    assert (glance.curves["madrs"].label, glance.curves["madrs"].unit) == ("MADRS", "{score}")
    with pytest.raises(KeyError, match="no curve 'mood'"):
        glanced(asked(outputs=("mood",)))


@pytest.mark.parametrize("outputs", [(), ("cadss", "cadss")])
def test_each_output_is_asked_for_once(outputs):
    with pytest.raises(ValueError, match="at least one output, each once"):
        asked(outputs=outputs)


def test_importing_a_forecast_or_a_population_imports_no_compiler():
    words = "import sys, ajar.pharmacology.populations; print('numba' in sys.modules)"
    said = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"
