"""What U1 will not answer, and in which words."""

import numpy as np
import pytest

from ajar.pharmacology.molecules import Drug, Enantiomer
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import (
    AfterHold,
    DosingEvent,
    DosingSession,
    Regimen,
    Route,
    course,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    sublingual,
)
from ajar.pharmacology.simulate import OutsideDomain, minutes, simulate
from ajar.pharmacology.u1.absorption import absorption_by, bioavailable_share, typical_uptake
from ajar.pharmacology.u1.symptoms import Symptoms

TYPICAL = Person(weight_kg=70.0)
HOURS = minutes(hours=1.0)
NAN, INF = float("nan"), float("inf")


def event(**other):
    usual = {
        "drug": Drug.RACEMATE,
        "amount_mg": 35.0,
        "route": Route.INTRAMUSCULAR,
        "start_h": 0.0,
        "duration_h": 0.0,
        "after_hold": AfterHold.NOT_HELD,
    }
    return DosingEvent(**(usual | other))


def alone(**other):
    return course(DosingSession(events=(event(**other),)))


INFUSION = course(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=0.5))


@pytest.mark.parametrize(
    ("regimen", "words"),
    [
        (alone(route=Route.SUBCUTANEOUS, amount_mg=141.0), "141 mg at 70 kg is 2.01 mg/kg"),
        (alone(route=Route.NASAL), "35 mg of racemic ketamine in the nose has no sourced"),
        (alone(route=Route.NASAL, drug=Drug.ESKETAMINE), "devices of 28 mg"),
        (course(intramuscular(drug=Drug.RACEMATE, amount_mg=141.0)), "141 mg at 70 kg is 2.01 mg/kg"),
        (course(oral(drug=Drug.RACEMATE, amount_mg=401.0)), "400 mg a session by mouth, got 401 mg"),
    ],
)
def test_what_nobody_measured_is_outside_the_domain(regimen, words):
    with pytest.raises(OutsideDomain, match=words):
        simulate(regimen, TYPICAL, times_h=HOURS)


@pytest.mark.parametrize("amount_mg", [-1.0, 0.0, NAN, INF])
def test_an_amount_that_is_none_is_refused(amount_mg):
    with pytest.raises(ValueError, match="amount_mg must be positive and finite"):
        intravenous(drug=Drug.RACEMATE, amount_mg=amount_mg, duration_h=0.5)


def test_half_a_gram_a_kilogram_is_refused_as_another_unit():
    with pytest.raises(ValueError, match="35000 mg is more than any dose"):
        intravenous(drug=Drug.RACEMATE, amount_mg=500.0 * 70.0, duration_h=0.5)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: event(route="rectal"), "route 'rectal' is not known; there are: intravenous, intramuscular"),
        (lambda: event(drug="phencyclidine"), "drug 'phencyclidine' is not known; there are: racemic"),
        (lambda: event(after_hold="kept"), "end of a hold 'kept' is not known"),
        (lambda: event(start_h=-0.1), "starts at 0 h or later"),
        (lambda: event(start_h=NAN), "starts at 0 h or later"),
        (lambda: event(duration_h=1.0), "intramuscular route has duration_h 0.0"),
        (lambda: event(route=Route.INTRAVENOUS), "intravenous dose takes time"),
        (lambda: event(route=Route.INTRAVENOUS, duration_h=NAN), "takes time"),
        (lambda: event(after_hold=AfterHold.SWALLOWED), "sublingual dose, and no other"),
        (lambda: event(route=Route.SUBLINGUAL, duration_h=0.2), "sublingual dose, and no other"),
        (
            lambda: sublingual(
                drug=Drug.RACEMATE, amount_mg=100.0, hold_h=10.0, after_hold=AfterHold.SWALLOWED
            ),
            "held for at most 1 h, got 10 h",
        ),
        (lambda: nasal_devices(devices=0), "1 to 3 devices, got 0"),
        (lambda: nasal_devices(devices=4), "1 to 3 devices, got 4"),
        (lambda: DosingSession(events=()), "at least one dose"),
        (lambda: DosingSession(events=(event(start_h=1.0), event())), "in order of time"),
        (lambda: Regimen(sessions=()), "at least one session"),
        (
            lambda: course(nasal_devices(devices=3), nasal_devices(devices=1, start_h=0.1)),
            "after the last dose",
        ),
        (lambda: minutes(hours=0.0), "more than 0 and at most"),
        (lambda: minutes(hours=NAN), "more than 0 and at most"),
        (lambda: simulate(INFUSION, TYPICAL, times_h=np.array([])), "at least one time"),
        (lambda: simulate(INFUSION, TYPICAL, times_h=np.array([0.0, 0.0])), "finite, rising"),
        (lambda: simulate(INFUSION, TYPICAL, times_h=np.array([0.0, NAN])), "finite, rising"),
        (lambda: simulate(INFUSION, TYPICAL, times_h=np.array([-1.0, 1.0])), "from 0 to"),
        (lambda: simulate(INFUSION, TYPICAL, times_h=np.array([0.0, 1e6])), "from 0 to"),
        (lambda: simulate(alone(start_h=2.0), TYPICAL, times_h=HOURS), "end at 1 h, before the first dose"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"madrs_baseline": 0.0}, "above 0 and at most 60"),
        ({"madrs_baseline": 61.0}, "above 0 and at most 60"),
        ({"response_e": -1.0}, "zero or more"),
        ({"response_e": NAN}, "zero or more"),
        ({"placebo_share": 1.0}, "from 0 to below 1"),
        ({"stress": -0.1}, "Stress is zero or more"),
        ({"stress": INF}, "Stress is zero or more"),
    ],
)
def test_symptoms_that_cannot_be_are_refused(wrong, words):
    usual = {"madrs_baseline": 33.0, "response_e": 1.0, "placebo_share": 0.0, "stress": 0.0}
    with pytest.raises(ValueError, match=words):
        Symptoms(**(usual | wrong))


def test_a_spat_out_lozenge_gives_what_the_mouth_took():
    def lozenge(end):
        return sublingual(drug=Drug.RACEMATE, amount_mg=100.0, hold_h=1 / 6, after_hold=end)

    uptake = typical_uptake(TYPICAL)
    spat = lozenge(AfterHold.SPAT_OUT).events[0]
    share = bioavailable_share(spat, uptake, Enantiomer.S, device=1)
    assert share == pytest.approx(1 - np.exp(-0.174))
    times_h = minutes(hours=6.0)
    out = simulate(course(lozenge(AfterHold.SPAT_OUT)), TYPICAL, times_h=times_h)
    swallowed = simulate(course(lozenge(AfterHold.SWALLOWED)), TYPICAL, times_h=times_h)
    assert out["norketamine_ng_ml"].max() < 0.3 * swallowed["norketamine_ng_ml"].max()


def test_an_infusion_needs_no_depot():
    rates = absorption_by(Route.INTRAVENOUS, typical_uptake(TYPICAL), Enantiomer.R)
    assert (rates.ka_per_h, rates.kg_per_h, rates.kt_per_h) == (0.0, 0.0, 0.0)


def test_times_almost_equal_to_a_dose_s_are_that_time():
    late = course(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=0.5, start_h=0.1 + 0.2))
    seen = simulate(late, TYPICAL, times_h=np.array([0.3, 0.8, 1.0]))
    assert seen["ketamine_arterial_ng_ml"][0] == pytest.approx(0.0, abs=1e-9)
    assert len(seen.sessions) == 1
