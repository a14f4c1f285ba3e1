"""What is written is read back: the same people, doses and observations."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ajar.exchange.event_tables.subjects import Censoring, Observation, Subject, subjects_of
from ajar.exchange.event_tables.writing import event_table, subject_of
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, ChildPugh, Cyp2b6, InteractingMedicine, Person, Sex
from ajar.pharmacology.regimen import (
    AfterHold,
    DosingEvent,
    DosingSession,
    Regimen,
    Route,
    course,
    nasal_devices,
    oral,
)
from ajar.pharmacology.simulate import simulate

OUTPUTS = ("ketamine_venous_ng_ml", "madrs_change")
PERSON = Person(weight_kg=70.0)
HOURS = st.floats(0.0, 1000.0)


def optional(strategy):
    return st.none() | strategy


PEOPLE = st.builds(
    Person,
    weight_kg=st.floats(39.0, 170.0),
    age_years=optional(st.floats(18.0, 86.0)),
    sex=optional(st.sampled_from(Sex)),
    ancestry=optional(st.sampled_from(Ancestry)),
    hypertension=optional(st.booleans()),
    cyp2b6=optional(st.sampled_from(Cyp2b6)),
    child_pugh=optional(st.sampled_from(ChildPugh)),
    interacting_medicines=optional(st.frozensets(st.sampled_from(InteractingMedicine))),
)


@st.composite
def doses(draw, start_h):
    route = draw(st.sampled_from(Route))
    takes_time = route in (Route.INTRAVENOUS, Route.SUBLINGUAL)
    ends = (AfterHold.SWALLOWED, AfterHold.SPAT_OUT) if route is Route.SUBLINGUAL else (AfterHold.NOT_HELD,)
    return DosingEvent(
        drug=draw(st.sampled_from(Drug)),
        amount_mg=draw(st.floats(0.001, 1000.0)),
        route=route,
        start_h=start_h,
        duration_h=draw(st.floats(0.001, 1.0)) if takes_time else 0.0,
        after_hold=draw(st.sampled_from(ends)),
    )


@st.composite
def regimens(draw):
    start_h = draw(HOURS)
    sessions = []
    for _ in range(draw(st.integers(1, 3))):
        events = []
        for _ in range(draw(st.integers(1, 3))):
            events.append(draw(doses(start_h)))
            start_h += draw(st.floats(0.01, 11.0))
        sessions.append(DosingSession(events=tuple(events)))
        start_h += draw(st.floats(0.01, 100.0))
    return Regimen(sessions=tuple(sessions))


@st.composite
def observations(draw):
    value = draw(optional(st.floats(-1e9, 1e9)))
    censoring = Censoring.NONE if value is None else draw(st.sampled_from(Censoring))
    below = censoring is Censoring.BELOW
    return Observation(
        time_h=draw(HOURS),
        output=draw(st.sampled_from(OUTPUTS)),
        value=value,
        censoring=censoring,
        lowest=draw(optional(st.floats(-2e9, value, exclude_max=True))) if below else None,
    )


IDS = st.text("abcXYZ0123456789_-.é", min_size=1).filter(lambda text: text != ".")


@st.composite
def tables(draw):
    return tuple(
        Subject(
            id=identity,
            person=draw(PEOPLE),
            regimen=regimen,
            observations=tuple(
                sorted(draw(st.lists(observations(), min_size=regimen is None)), key=lambda seen: seen.time_h)
            ),
        )
        for identity in draw(st.lists(IDS, unique=True, max_size=3))
        for regimen in [draw(optional(regimens()))]
    )


@settings(deadline=None, max_examples=60)
@given(tables())
def test_what_is_written_is_read_back(subjects):
    lines = list(event_table(subjects, outputs=OUTPUTS))
    assert tuple(subjects_of(lines)) == subjects


def test_a_simulated_course_becomes_a_table():
    seen = simulate(course(nasal_devices(devices=2)), PERSON, times_h=np.array([0.0, 0.5, 1.0]))
    subject = subject_of(seen, identity="made-up", outputs=["ketamine_venous_ng_ml"])
    lines = list(event_table([subject], outputs=["ketamine_venous_ng_ml"]))
    body = [line.rstrip("\n") for line in lines if not line.startswith("#")]
    assert body[0].startswith("ID,TIME,EVID,AMT,DUR,CMT,DV,MDV,DVID,CENS,LIMIT,OCC,DRUG,SPAT,WT")
    assert body[1] == "made-up,0.0,1,28.0,0.0,6,.,1,.,.,.,1,1,.,70.0,.,.,.,.,.,.,."
    assert body[2] == "made-up,0.0,0,.,.,.,0.0,0,1,0,.,.,.,.,70.0,.,.,.,.,.,.,."
    (back,) = subjects_of(lines)
    assert back == subject
    again = simulate(back.regimen, back.person, times_h=np.array([0.0, 0.5, 1.0]))
    np.testing.assert_array_equal(again["ketamine_venous_ng_ml"], seen["ketamine_venous_ng_ml"])


def test_an_output_that_the_course_lacks_is_refused():
    seen = simulate(course(nasal_devices(devices=1)), PERSON, times_h=np.array([0.0, 0.5]))
    with pytest.raises(KeyError, match="There is no curve 'madrs'"):
        subject_of(seen, identity="1", outputs=["madrs"])


DOSE = oral(drug=Drug.RACEMATE, amount_mg=50.0)
SCATTERED = DosingSession(events=(DOSE.events[0], replace(DOSE.events[0], start_h=12.0)))


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (Subject(id="a,b", person=PERSON, regimen=None, observations=()), "got 'a,b'"),
        (Subject(id=".", person=PERSON, regimen=None, observations=()), "letters, digits"),
        (
            Subject(
                id="1",
                person=PERSON,
                regimen=None,
                observations=(Observation(time_h=0.0, output="phq9", value=1.0),),
            ),
            "Subject 1 was measured in phq9; the table holds: ketamine_venous_ng_ml",
        ),
        (
            Subject(id="1", person=PERSON, regimen=Regimen(sessions=(SCATTERED,)), observations=()),
            "12 h or more apart are two sessions",
        ),
    ],
)
def test_what_a_table_cannot_hold_is_refused(subject, words):
    with pytest.raises(ValueError, match=words):
        list(event_table([subject], outputs=OUTPUTS))
