"""Each dose has its integration session 24 to 72 hours after it, or the page says that it has not."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest

from ajar.pathway.careplan.entries import SessionCancelled, SessionPlanned
from ajar.pathway.careplan.regimen import Regimen
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.dosing.entries import Act, DrugGiven
from ajar.pathway.integration.entries import IntegrationHeld
from ajar.pathway.integration.window import Bond, Dose, bound, doses
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import Payload

DOSE_AT = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
ALMA = UUID(int=7)


def entry(payload: Payload, *, hours: float, encounter: UUID | None) -> Entry:
    moment = DOSE_AT + timedelta(hours=hours)
    return Entry(
        id=uuid5(ALMA, f"{payload.KIND} {hours} {encounter}"),
        patient_id=ALMA,
        position=int(hours) + 10_000,
        encounter_id=encounter,
        payload=payload,
        happened_at=moment,
        recorded_at=moment,
        recorded_by=Author(kind=AuthorKind.STAFF, id="n", name="Nurse"),
        source=Source.KEYBOARD,
        source_ref="",
        supersedes=None,
        reason="",
        previous_digest="",
        digest="",
    )


def planned(number: int, *, hours: float) -> Entry:
    plan = SessionPlanned(
        course_id=UUID(int=1),
        number=number,
        product="ketamine_iv",
        dose_mg=35,
        starts_at=DOSE_AT + timedelta(hours=hours),
        site="New York",
        phase="induction",
    )
    return entry(plan, hours=-500 + number, encounter=UUID(int=100 + number))


def given(number: int, *, hours: float) -> Entry:
    act = DrugGiven(
        act=Act.INFUSION_STARTED,
        product="ketamine_iv",
        amount_mg=None,
        rate_mg_per_h=52.5,
        lot="K1",
        expires_on=None,
    )
    return entry(act, hours=hours, encounter=UUID(int=100 + number))


def held(*, hours: float, after: int | None) -> Entry:
    note = IntegrationHeld(
        dosing_encounter_id=UUID(int=100 + after) if after else None,
        minutes=50,
        attendees="Both",
        insights="Said.",
        emotions="",
        thought_patterns="",
        change="",
        home_practice="",
        patient_may_read=False,
    )
    return entry(note, hours=hours, encounter=UUID(int=900))


def bond_of(*, held_h: list[float] = [], booked_h: list[float] = [], now_h: float = 30) -> Bond:  # noqa: B006
    entries = [planned(1, hours=-1), given(1, hours=0), given(1, hours=0.2)]
    (only,) = bound(
        doses(entries),
        held=[held(hours=hours, after=1) for hours in held_h],
        booked=[DOSE_AT + timedelta(hours=hours) for hours in booked_h],
        now=DOSE_AT + timedelta(hours=now_h),
    )
    return only.bond


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"held_h": [24]}, Bond.HELD),
        ({"held_h": [72]}, Bond.HELD),
        ({"held_h": [23.9]}, Bond.HELD_OUTSIDE),
        ({"held_h": [100], "now_h": 101}, Bond.HELD_OUTSIDE),
        ({"held_h": [5, 48], "now_h": 50}, Bond.HELD),
        ({"booked_h": [48]}, Bond.BOOKED),
        ({"booked_h": [96]}, Bond.BOOKED_OUTSIDE),
        ({"booked_h": [26], "now_h": 30}, Bond.NOTHING_BOOKED),  # booked, and nobody wrote it down
        ({}, Bond.NOTHING_BOOKED),
        ({"now_h": 72}, Bond.NOTHING_BOOKED),
        ({"now_h": 72.1}, Bond.MISSED),
        ({"held_h": [30], "booked_h": [60], "now_h": 31}, Bond.HELD),
    ],
)
def test_how_a_dose_and_its_session_stand(told, expected):
    assert bond_of(**told) is expected


def test_the_session_that_counts_is_the_first_in_the_window_and_its_begin_is_told():
    first = planned(1, hours=0)
    (only,) = bound(
        doses([first, given(1, hours=0)]),
        held=[held(hours=hours, after=1) for hours in (5, 60, 30, 90)],
        booked=[],
        now=DOSE_AT + timedelta(hours=100),
    )
    assert (only.bond, only.session_at) == (Bond.HELD, DOSE_AT + timedelta(hours=30))
    (outside,) = bound(
        doses([first]),
        held=[],
        booked=[DOSE_AT + timedelta(hours=hours) for hours in (100, 90, 80)],
        now=DOSE_AT,
    )
    assert (outside.bond, outside.session_at) == (Bond.BOOKED_OUTSIDE, DOSE_AT + timedelta(hours=80))
    assert outside.dose == doses([first])[0]
    assert outside.is_gap
    with pytest.raises(ValueError, match=r"^now must carry a time zone"):
        bound([], held=[], booked=[], now=DOSE_AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("booked_h", "now_h", "bond"),
    [
        (0, 0, Bond.NOTHING_BOOKED),  # at the dose itself
        (24, 24, Bond.BOOKED),
        (48, 0, Bond.NOTHING_BOOKED),  # at the next dose
        (47.9, 0, Bond.BOOKED),
    ],
)
def test_an_appointment_counts_from_now_and_between_two_doses(booked_h, now_h, bond):
    entries = [planned(1, hours=0), given(1, hours=0), planned(2, hours=48)]
    first, _second = bound(
        doses(entries),
        held=[],
        booked=[DOSE_AT + timedelta(hours=booked_h)],
        now=DOSE_AT + timedelta(hours=now_h),
    )
    assert first.bond is bond


def test_a_session_in_the_window_is_never_called_a_gap():
    assert not bound(
        doses([planned(1, hours=0)]), held=[], booked=[DOSE_AT + timedelta(30 / 24)], now=DOSE_AT
    )[0].is_gap


def test_an_appointment_after_the_next_dose_belongs_to_that_one():
    entries = [planned(1, hours=0), planned(2, hours=72), given(1, hours=0)]
    first, second = bound(
        doses(entries), held=[], booked=[DOSE_AT + timedelta(hours=110)], now=DOSE_AT + timedelta(hours=1)
    )
    assert (first.bond, second.bond) == (Bond.NOTHING_BOOKED, Bond.BOOKED)
    assert first.is_gap
    assert not second.is_gap


def test_a_planned_dose_is_not_missed_before_it_was_given():
    standing = doses([planned(1, hours=0)])
    (only,) = bound(standing, held=[], booked=[], now=DOSE_AT + timedelta(days=30))
    assert (only.dose, only.bond, only.session_at) == (standing[0], Bond.NOTHING_BOOKED, None)


def test_a_cancelled_session_asks_for_none():
    called_off = entry(SessionCancelled(because="ill"), hours=-2, encounter=UUID(int=101))
    assert doses([planned(1, hours=0), called_off]) == ()


def test_doses_stand_in_the_order_of_time_with_when_they_began():
    found = doses([planned(2, hours=72), planned(1, hours=-1), given(1, hours=0), held(hours=30, after=1)])
    assert [(dose.number, dose.given) for dose in found] == [(1, True), (2, False)]
    assert found[0].at == DOSE_AT
    assert [(dose.phase, dose.is_booster, dose.encounter_id) for dose in found] == [
        ("induction", False, UUID(int=101)),
        ("induction", False, UUID(int=102)),
    ]


@pytest.mark.parametrize("regimen", REGIMENS.values(), ids=REGIMENS)
def test_what_a_treatment_begins_with_is_no_booster_and_what_follows_is(regimen: Regimen):
    for place, phase in enumerate(regimen.phases):
        dose = Dose(encounter_id=ALMA, number=1, at=DOSE_AT, given=True, phase=phase.label)
        assert dose.is_booster is (place > 0 or regimen.follows_a_response)


def test_a_dose_began_with_the_first_drug_that_was_given():
    (only,) = doses([planned(1, hours=-1), given(1, hours=0.5), given(1, hours=0.1)])
    assert only.at == DOSE_AT + timedelta(hours=0.1)
