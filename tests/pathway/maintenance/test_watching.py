"""The facts that the long-term watch reads from a chart: where days are counted, and whose rules count."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.recording import recorded
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.maintenance.entries import SurveillanceDone, SurveillanceResult
from ajar.pathway.maintenance.policies import ESKETAMINE_MAINTENANCE, POLICIES, RACEMIC_IV_MAINTENANCE
from ajar.pathway.maintenance.watching import watched_from
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import CodeSystem, Coding, LabRecorded
from tests.pathway.maintenance.test_record import Chart
from tests.pathway.maintenance.test_surveillance import day

NEW_YORK = ZoneInfo("America/New_York")


def test_days_are_those_of_the_patients_place():
    """Half a day after the chart's first noon it is late in the evening there, and in UTC the next day."""
    chart = Chart().course(1, [0.5, 3.5], sessions=2)
    for name, items, on in (("bpic-ss", [2] * 8, 1.5), ("icsi", [1] * 4, 2.5)):
        chart.add(recorded(SCORERS[name], items=items, mode=Mode.KIOSK, language="en", occasion="x"), day=on)
    chart.add(VitalsMeasured(systolic_mmhg=150, diastolic_mmhg=95, weight_kg=70), day=4.5)
    alt = Coding(system=CodeSystem.LOINC, code="1742-6", display="ALT")
    chart.add(LabRecorded(test=alt, value=30, value_text="", unit="U/L"), day=8.5)
    facts = watched_from(chart.entries, zone=NEW_YORK)
    assert facts.doses == (day(0), day(3))
    assert facts.course_began == day(0)
    assert facts.phases == (day(0),)
    assert facts.bpic == ((day(1), 16),)
    assert facts.icsi == ((day(2), 4),)
    assert facts.pressures == ((day(4), 150, 95),)
    assert facts.weights_kg == ((day(4), 70),)
    assert facts.done == {"bladder": day(2), "weight": day(4), "liver": day(8)}


def test_a_check_written_down_late_does_not_hide_a_newer_one():
    chart = Chart()
    for on in (21, 20):
        done = SurveillanceDone(
            check="liver", done_on=day(on), result=SurveillanceResult.CLEAR, words="", rulebook_version="1"
        )
        chart.add(done, day=22)
    assert watched_from(chart.entries, zone=NEW_YORK).done == {"liver": day(21)}


@pytest.mark.parametrize(
    ("product", "phases"),
    [
        ("ketamine_iv", [0, 6, 7]),  # the clinic's own second step, from the second booster
        ("esketamine_in", [0, 6, 8]),
        ("ketamine_pr", [0, 6, 7]),  # nobody has rules for it: those of the infusion
    ],
)
def test_phases_follow_the_clinics_own_steps(product, phases):
    first, second = RACEMIC_IV_MAINTENANCE.steps
    own = dict(POLICIES) | {
        "ketamine_iv": replace(RACEMIC_IV_MAINTENANCE, steps=(first, replace(second, from_dose=2))),
        "esketamine_in": replace(ESKETAMINE_MAINTENANCE, steps=(first, replace(second, from_dose=3))),
    }
    chart = Chart().course(1, list(range(9)), sessions=6, product=product)
    assert watched_from(chart.entries, zone=NEW_YORK, policies=own).phases == tuple(map(day, phases))


def test_a_whole_induction_is_as_long_as_the_clinic_says():
    chart = Chart().course(1, [0, 1, 2, 3, 4, 5], sessions=6).course(2, [200, 203, 206], sessions=3)
    short = dict(POLICIES) | {"ketamine_iv": replace(RACEMIC_IV_MAINTENANCE, induction_doses=3)}
    assert watched_from(chart.entries, zone=NEW_YORK).course_began == day(0)
    assert watched_from(chart.entries, zone=NEW_YORK, policies=short).course_began == day(200)
