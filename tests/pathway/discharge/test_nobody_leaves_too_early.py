"""A patient leaves before the minimum stay or before recovery. The law, and its hand-made cases."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from ajar.pathway.discharge.entries import (
    DischargeAssessed,
    LeftAgainstAdvice,
    RecoveryConfirmed,
    RecoveryLost,
    Released,
)
from ajar.pathway.discharge.guard import NotYet, refuse_unless_allowed, standing
from ajar.pathway.discharge.policy import Circumstances, stay_of
from ajar.pathway.dosing.entries import DoseEnded, DrugGiven
from ajar.pathway.dosing.session import fold
from ajar.pathway.dosing.stage import MoveRefused, Stage, after, move_of
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured
from tests.pathway.discharge.story import (
    ENCOUNTER,
    US,
    Story,
    assessed,
    at,
    device,
    dissociated,
    drug,
    release,
)

RECOVERED = RecoveryConfirmed(criteria=(), rulebook_version="1")
LEFT = LeftAgainstAdvice(unmet=("B-STAY",), because="must go", advised="to stay")
LOST = RecoveryLost(because="dizzy again")
OURS = (RecoveryConfirmed, RecoveryLost, Released, LeftAgainstAdvice)
LEAST_MIN = {
    Product.ESKETAMINE_IN: 120,
    Product.KETAMINE_IV: 60,
    Product.KETAMINE_IM: 90,
    Product.KETAMINE_SC: 90,
    Product.KETAMINE_SL_CLINIC: 120,
    Product.KETAMINE_SL_HOME: 180,
    Product.KETAMINE_PO: 120,
}
"""Minutes after the last drug, by product, outside the EU: written down apart from the rules under test."""
AROUND = tuple(
    Circumstances(jurisdiction=jurisdiction, liver_impaired=liver)
    for jurisdiction in (Jurisdiction.US, Jurisdiction.EU)
    for liver in (False, True)
)


def attempt(story: Story, new: NewEntry, *, now: datetime, around: Circumstances = US) -> bool:
    """Record it as the clinic would: our own entries through the guard, others through the table."""
    session = fold(story.entries)
    try:
        if isinstance(new.payload, OURS):
            refuse_unless_allowed(new, story.entries, around, now=now)
        elif session is not None and (move := move_of(new.payload.KIND)) is not None:
            after(session.stage, move)
    except ValueError:
        return False
    story.append(new, recorded_at=now)
    return True


def last_at(entries: Sequence[Entry], kinds: tuple[type[Payload], ...]) -> datetime:
    return max(entry.happened_at for entry in entries if isinstance(entry.payload, kinds))


def newest(entries: Sequence[Entry], read: type[Payload]) -> Entry:
    found = [entry for entry in entries if isinstance(entry.payload, read)]
    return max(found, key=lambda entry: (entry.happened_at, entry.position))


def plain_judge(
    product: Product, around: Circumstances, entries: Sequence[Entry], released_at: datetime
) -> None:
    """The slow, plain judge: says what must be true of every release, without the rules under test."""
    last_drug = (DrugGiven, DoseEnded) if product is Product.KETAMINE_IV else (DrugGiven,)
    free = product is Product.ESKETAMINE_IN and around.jurisdiction is Jurisdiction.EU
    least_min = (0 if free else LEAST_MIN[product]) + (60 if around.liver_impaired else 0)
    assert released_at - last_at(entries, last_drug) >= timedelta(minutes=least_min)
    sedation = newest(entries, SedationRated).payload
    assert isinstance(sedation, SedationRated)
    assert sedation.moaa_s == 5
    rating = newest(entries, DissociationRated).payload
    assert isinstance(rating, DissociationRated)
    assert rating.total <= 2
    assert not rating.distress
    vitals = newest(entries, VitalsMeasured).payload
    assert isinstance(vitals, VitalsMeasured)
    assert (vitals.systolic_mmhg or 999) < 160
    assert (vitals.spo2_percent or 0) >= 94
    said = newest(entries, DischargeAssessed).payload
    assert isinstance(said, DischargeAssessed)
    assert said.aldrete >= 9
    assert min(said.respiration, said.saturation) > 0
    assert said.oriented and said.steady_gait and said.nausea_absent_or_minimal and said.suicide_check_done  # noqa: PT018 - one sentence
    for kind in (SedationRated, DissociationRated, VitalsMeasured, DischargeAssessed):
        assert released_at - newest(entries, kind).happened_at <= timedelta(minutes=30)


minutes = st.integers(min_value=1, max_value=45)
steps: st.SearchStrategy[Payload] = st.one_of(
    st.just(release()),
    st.just(RECOVERED),
    st.just(release(instructions_given_to=("patient",))),
    st.just(LOST),
    st.builds(lambda score: SedationRated(moaa_s=score), st.sampled_from((5, 5, 5, 4, 2))),
    st.builds(
        lambda total, distress: dissociated(total, distress=distress),
        st.sampled_from((0, 1, 2, 3, 9)),
        st.sampled_from((False, False, False, True)),
    ),
    st.builds(
        lambda high, low, spo2: VitalsMeasured(systolic_mmhg=high, diastolic_mmhg=low, spo2_percent=spo2),
        st.sampled_from((120, 128, 150, 190)),
        st.sampled_from((78, 84, 96)),
        st.sampled_from((98, 98, 96, 91)),
    ),
    st.builds(
        lambda changes: assessed(**changes),
        st.sampled_from(
            (
                {}, {}, {"steady_gait": False}, {"oriented": False}, {"suicide_check_done": False},
                {"nausea_absent_or_minimal": False}, {"saturation": 0}, {"activity": 0}, {"activity": 1},
            )
        ),
    ),
)  # fmt: skip
checks: st.SearchStrategy[list[tuple[int, Payload]]] = st.tuples(minutes, st.sampled_from((0, 4))).map(
    lambda drawn: [
        (drawn[0], VitalsMeasured(systolic_mmhg=122, diastolic_mmhg=80, spo2_percent=98)),
        (0, SedationRated(moaa_s=5 if drawn[1] == 0 else 4)),
        (0, dissociated(drawn[1])),
        (0, assessed()),
        (0, RECOVERED),
        (1, release()),
    ]
)
histories = st.lists(
    st.one_of(st.tuples(minutes, steps).map(lambda pair: [pair]), checks), min_size=3, max_size=14
).map(lambda runs: [step for run in runs for step in run])


def given_drug(story: Story, devices: int) -> float:
    """The drug goes in and the dose ends; the minute of its end."""
    if story.product is not Product.ESKETAMINE_IN:
        for minute, payload in drug(story.product):
            assert attempt(story, story.new(minute, payload), now=at(minute))
        return minute
    for number in range(devices):
        assert attempt(story, story.new(5 * number, device(number + 1)), now=at(5 * number))
    assert attempt(story, story.new(5 * devices, DoseEnded(total_mg=28, complete=True)), now=at(5 * devices))
    return 5.0 * devices


@pytest.mark.hazard("HAZ-06")
@settings(max_examples=300)
@given(
    product=st.sampled_from(tuple(Product)),
    around=st.sampled_from(AROUND),
    history=histories,
    devices=st.integers(1, 3),
)
def test_no_legal_history_releases_a_patient_too_early(
    product: Product, around: Circumstances, history: list[tuple[int, Payload]], devices: int
) -> None:
    story = Story(product=product).until_ready()
    minute = given_drug(story, devices)
    for pause, payload in history:
        minute += pause
        before = list(story.entries)
        done = attempt(story, story.new(minute, payload), now=at(minute), around=around)
        if done and isinstance(payload, Released):
            plain_judge(product, around, before, at(minute))
            assert set(payload.instructions_given_to) >= {"patient", "escort"}
    session = fold(story.entries)
    assert session is not None
    released = [entry for entry in story.entries if isinstance(entry.payload, Released)]
    assert (session.stage is Stage.DISCHARGED) is bool(released)
    assert len(released) <= 1
    event(f"{product}: {'released' if released else 'kept'}")


@pytest.mark.hazard("HAZ-06")
@pytest.mark.parametrize("around", AROUND, ids=lambda a: f"{a.jurisdiction}-{a.liver_impaired}")
@pytest.mark.parametrize("product", list(Product))
def test_at_every_product_the_door_opens_at_its_minute_and_not_before(
    product: Product, around: Circumstances
) -> None:
    story = Story(product=product).dosed()
    session = fold(story.entries)
    assert session is not None
    asked_for = stay_of(session, around)
    assert asked_for is not None
    ends_at = asked_for.ends_at(session)
    assert ends_at is not None
    minute = (ends_at - at(0)).total_seconds() / 60
    story.checked_out(minute=max(minute, 7) - 0.5)
    early, late = story.new(minute - 0.1, RECOVERED), story.new(max(minute, 7), RECOVERED)
    if minute > 7:
        assert not attempt(story, early, now=early.happened_at, around=around)
    assert attempt(story, late, now=late.happened_at, around=around)


@pytest.mark.parametrize("product", list(Product))
def test_a_well_watched_patient_is_released(product: Product) -> None:
    story = Story(product=product).recovered(minute=190)
    assert attempt(story, story.new(194, release()), now=at(194))


@pytest.mark.parametrize("product", list(Product))
def test_leaving_against_advice_is_never_a_dead_end(product: Product) -> None:
    story = Story(product=product).dosed()
    assert attempt(story, story.new(50, LEFT), now=at(50))
    session = fold(story.entries)
    assert session is not None
    assert session.closed_at == at(50)


@pytest.mark.parametrize("minute", [0, 100, 124.9])
def test_recovery_is_refused_before_the_two_hours_are_over(minute: float) -> None:
    story = Story().watched(until=minute)
    with pytest.raises(NotYet, match="inimum stay: "):
        refuse_unless_allowed(story.new(minute, RECOVERED), story.entries, US, now=at(minute))


def test_recovery_does_not_wait_for_the_escort() -> None:
    story = Story()
    story.watched(until=126)
    named = [e for e in story.entries if e.payload.KIND != "readiness.answered"]
    refuse_unless_allowed(story.new(127, RECOVERED), named, US, now=at(127))


def test_release_waits_for_what_came_back_after_recovery() -> None:
    story = Story().recovered()
    story.tell(128, VitalsMeasured(spo2_percent=88))
    with pytest.raises(NotYet, match="Breathing: Oxygen is too low"):
        refuse_unless_allowed(story.new(129, release()), story.entries, US, now=at(129))


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (release(instructions_given_to=("patient",)), "Not yet given to the escort"),
        (release(ready_without_rule_min=None), "after how many minutes"),
        (release(ready_without_rule_min=131), "cannot be: the patient has been here for 130 min"),
    ],
)
def test_a_release_that_leaves_something_out_is_refused(payload: Released, expected: str) -> None:
    story = Story().recovered()
    with pytest.raises(ValueError, match=expected):
        refuse_unless_allowed(story.new(130, payload), story.entries, US, now=at(130))


def test_for_an_infusion_the_question_about_the_rule_may_stay_open() -> None:
    story = Story(product=Product.KETAMINE_IV).recovered()
    new = story.new(130, release(ready_without_rule_min=None))
    refuse_unless_allowed(new, story.entries, US, now=at(130))


def test_a_release_is_recorded_as_it_happens() -> None:
    story = Story().recovered()
    with pytest.raises(ValueError, match="more than 10 minutes old"):
        refuse_unless_allowed(story.new(130, release()), story.entries, US, now=at(141))
    with pytest.raises(ValueError, match="lies in the future"):
        refuse_unless_allowed(story.new(130, release()), story.entries, US, now=at(127))


@pytest.mark.parametrize(
    ("payload", "stage"),
    [(RECOVERED, Stage.READY), (release(), Stage.OBSERVED), (LOST, Stage.OBSERVED), (LEFT, Stage.READY)],
)
def test_a_move_that_the_stage_does_not_allow_is_refused(payload: Payload, stage: Stage) -> None:
    story = Story().until_ready() if stage is Stage.READY else Story().watched(until=126)
    with pytest.raises(MoveRefused):
        refuse_unless_allowed(story.new(127, payload), story.entries, US, now=at(127))


def test_someone_who_leaves_against_advice_leaves_a_closed_session() -> None:
    story = Story().dosed()
    assert attempt(story, story.new(60, LEFT), now=at(60))
    session = fold(story.entries)
    assert session is not None
    assert session.stage is Stage.DISCHARGED
    assert not attempt(story, story.new(130, release()), now=at(130))


def test_recovery_can_be_lost_and_must_be_confirmed_again() -> None:
    story = Story().recovered()
    assert attempt(story, story.new(128, LOST), now=at(128))
    assert not attempt(story, story.new(129, release()), now=at(129))
    assert attempt(story, story.new(130, RECOVERED), now=at(130))
    assert attempt(story, story.new(131, release()), now=at(131))
    assert standing(story.entries, US, now=at(132)).session.closed_at == at(131)


def test_an_entry_of_another_room_is_not_this_guards_business() -> None:
    story = Story().dosed()
    new = NewEntry(payload=SedationRated(moaa_s=3), happened_at=at(20), encounter_id=ENCOUNTER)
    refuse_unless_allowed(new, story.entries, US, now=at(20))
