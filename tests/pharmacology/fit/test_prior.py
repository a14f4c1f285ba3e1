"""What may differ, and which records speak of it: the table of pharmacology.md 4.5."""

import numpy as np
import pytest

from ajar.pharmacology.fit.body import body_of
from ajar.pharmacology.fit.prior import NO_LEVEL, NO_READING, prior_of
from ajar.pharmacology.fit.records import Kind
from ajar.pharmacology.fit.table import RESPONSE_LOG_SD, RESPONSE_LOG_SHIFT
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import AfterHold, course, intramuscular, nasal_devices, oral, sublingual
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import Circumstances
from ajar.pharmacology.u1.symptoms import Symptoms
from tests.pharmacology.fit.people import ILL, PERSON, WEEKLY, history, levels, record, room

MUSCLE = course(intramuscular(drug=Drug.RACEMATE, amount_mg=50.0))
NOSE = course(nasal_devices(devices=2))
TONGUE = course(sublingual(drug=Drug.RACEMATE, amount_mg=100.0, hold_h=0.2, after_hold=AfterHold.SWALLOWED))
MOUTH = course(oral(drug=Drug.RACEMATE, amount_mg=100.0))

ALWAYS = {
    "systolic_maximum_mmhg",
    "heart_rate_maximum_per_min",
    "c50_ng_ml",
    "cadss_maximum",
    "attenuated_share",
    "sedation_logit",
    "nausea_logit",
    "response_e",
    "placebo_share",
}


@pytest.mark.parametrize(
    ("regimen", "records", "more"),
    [
        (WEEKLY, [record(Kind.MADRS, 20.0)], set()),
        (WEEKLY, [record(Kind.CADSS, 1.0)], set()),
        (WEEKLY, [record(Kind.HEART_RATE, 1.0)], {"heart_rate_baseline_per_min", "ke0_per_h"}),
        (
            WEEKLY,
            [record(Kind.SYSTOLIC, 169.0)],
            {"sbp_baseline_mmhg", "anticipatory_systolic_mmhg", "pressure_day_2", "ke0_per_h"},
        ),
        (MUSCLE, [record(Kind.CADSS, 1.0)], {"muscle_ka_per_h"}),
        (
            NOSE,
            [record(Kind.DIASTOLIC, 1.0)],
            {"dbp_baseline_mmhg", "pressure_day_1", "ke0_per_h", "nasal_ka_per_h", "nasal_kg_per_h"},
        ),
        (WEEKLY, levels(), {"cl_l_h", "v1_l"}),
        (MUSCLE, levels(), {"cl_l_h", "v1_l", "muscle_share"}),
        (NOSE, levels(), {"cl_l_h", "v1_l", "nasal_share"}),
        (MOUTH, levels(), {"cl_l_h", "v1_l", "escapes_liver_s"}),
        (TONGUE, levels(), {"cl_l_h", "v1_l", "escapes_liver_s", "mucosal_logit_shift"}),
    ],
)
def test_what_is_free_follows_from_what_was_recorded(regimen, records, more):
    assert set(prior_of(history(*records, regimen=regimen)).names) == ALWAYS | more


def test_what_is_held_says_why():
    held = {one.label: one.because for one in prior_of(history(record(Kind.CADSS, 1.0))).held}
    assert held["Clearance, CL"] == held["Central volume, V1"] == NO_LEVEL
    assert held["Rate into the effect site, ke0"] == NO_READING
    assert "no source prints" in held["How long a gain lasts"]


def symptoms(response_e, placebo_share):
    given = Symptoms(madrs_baseline=30.0, response_e=response_e, placebo_share=placebo_share, stress=0.0)
    return Circumstances(symptoms=given)


@pytest.mark.parametrize(
    ("circumstances", "free"),
    [
        (Circumstances(), {"response_e"}),
        (symptoms(0.5, 0.17), {"response_e", "placebo_share"}),
        (symptoms(0.5, 0.0), {"response_e"}),
        (symptoms(0.0, 0.17), {"placebo_share"}),
        (symptoms(0.0, 0.0), set()),
    ],
)
def test_what_is_nothing_in_everyone_is_not_free(circumstances, free):
    names = set(prior_of(history(record(Kind.CADSS, 1.0), circumstances=circumstances)).names)
    assert names & {"response_e", "placebo_share"} == free


def test_the_response_has_the_mean_logarithm_and_spread_of_both_classes():
    """35 % answer 0.3 times as strongly, on top of a CV of 60 % (4.3)."""
    chance = np.random.default_rng(5)
    logs = np.sqrt(np.log(1.36)) * chance.standard_normal(400_000)
    logs += np.where(chance.random(400_000) < 0.35, np.log(0.3), 0.0)
    assert RESPONSE_LOG_SHIFT.value == pytest.approx(logs.mean(), abs=0.005)
    assert RESPONSE_LOG_SD.value == pytest.approx(logs.std(), abs=0.005)


def test_only_the_correlations_of_the_source_are_kept():
    prior = prior_of(history(*levels(), *room((0.0,)), circumstances=ILL))
    rows, columns = np.nonzero(np.triu(prior.correlation, 1))
    kept = {
        frozenset({prior.names[row], prior.names[column]}): prior.correlation[row, column]
        for row, column in zip(rows, columns, strict=True)
    }
    assert kept == {
        frozenset({"cl_l_h", "v1_l"}): 0.4,
        frozenset({"cadss_maximum", "response_e"}): pytest.approx(0.139, abs=1e-3),
    }


@pytest.mark.parametrize("regimen", [WEEKLY, MUSCLE, NOSE, MOUTH, TONGUE])
def test_at_no_deviation_the_body_is_the_typical_one(regimen):
    prior = prior_of(history(*levels(), *room((0.0,)), regimen=regimen))
    values = {name: float(of[0]) for name, of in prior.values(np.zeros((1, len(prior.names)))).items()}
    body = body_of(prior, values, pressure_days=(1.0,))
    typical = typical_individual(PERSON)
    assert body.s.cl_l_h == pytest.approx(typical.s.cl_l_h)
    assert body.r.ke0_per_h == pytest.approx(typical.r.ke0_per_h)
    assert body.uptakes[0].escapes_liver_r == pytest.approx(typical.uptakes[0].escapes_liver_r)
    assert body.sensitivity.diastolic_maximum_mmhg == pytest.approx(
        typical.sensitivity.diastolic_maximum_mmhg
    )
    assert body.sensitivity.attenuated_share == pytest.approx(typical.sensitivity.attenuated_share)


def test_a_body_moves_s_and_r_and_both_pressures_together():
    prior = prior_of(history(*levels(), *room((0.0,)), regimen=MOUTH))
    values = {name: float(of[0]) for name, of in prior.values(np.ones((1, len(prior.names)))).items()}
    body, typical = body_of(prior, values, pressure_days=(1.0,)), typical_individual(PERSON)
    assert body.r.cl_l_h / typical.r.cl_l_h == pytest.approx(body.s.cl_l_h / typical.s.cl_l_h)
    rises = (body.sensitivity, typical.sensitivity)
    assert rises[0].diastolic_maximum_mmhg / rises[1].diastolic_maximum_mmhg == pytest.approx(
        rises[0].systolic_maximum_mmhg / rises[1].systolic_maximum_mmhg
    )
    assert body.uptakes[0].escapes_liver_r > typical.uptakes[0].escapes_liver_r
