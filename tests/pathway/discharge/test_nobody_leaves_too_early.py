"""A patient leaves before the minimum stay or before recovery. The law, and its hand-made cases."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from ajar.pathway.discharge.entries import LeftAgainstAdvice, RecoveryConfirmed, RecoveryLost, Released
from ajar.pathway.discharge.guard import NotYet, refuse_unless_allowed, standing
from ajar.pathway.dosing.entries import DoseEnded, DrugGiven
from ajar.pathway.dosing.session import fold
from ajar.pathway.dosing.stage import MoveRefused, Stage, after, move_of
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured
from tests.pathway.discharge.story import (
    ENCOUNTER,
    Story,
    assessed,
    at,
    device,
    dissociated,
    infusion,
    release,
)

RECOVERED = RecoveryConfirmed(criteria=(), rulebook_version="1")
LEFT = LeftAgainstAdvice(unmet=("B-STAY",), because="must go", advised="to stay")
LOST = RecoveryLost(because="dizzy again")
OURS = (RecoveryConfirmed, RecoveryLost, Released, LeftAgainstAdvice)
LEAST_MIN = {Product.ESKETAMINE_IN: 120, Product.KETAMINE_IV: 60}


def attempt(story: Story, new: NewEntry, *, now: datetime) -> bool:
    """Record it as the clinic would: our own entries through the guard, others through the table."""
    session = fold(story.entries)
    try:
        if isinstance(new.payload, OURS):
            refuse_unless_allowed(new, story.entries, now=now)
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


def plain_judge(product: Product, entries: Sequence[Entry], released_at: datetime) -> None:
    """The slow, plain judge: says what must be true of every release, without the rules under test."""
    ended = last_at(entries, (DrugGiven, DoseEnded) if product is Product.KETAMINE_IV else (DrugGiven,))
    assert released_at - ended >= timedelta(minutes=LEAST_MIN[product])
    sedation = newest(entries, SedationRated).payload
    assert isinstance(sedation, SedationRated)
    assert sedation.moaa_s == 5
    rating = newest(entries, DissociationRated).payload
    assert isinstance(rating, DissociationRated)
    assert rating.total <= 2
    assert not rating.distress
    for kind in (SedationRated, DissociationRated, VitalsMeasured):
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
    st.builds(lambda gait: assessed(steady_gait=gait), st.sampled_from((True, True, False))),
)
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


@pytest.mark.hazard("HAZ-06")
@settings(max_examples=300)
@given(product=st.sampled_from(tuple(Product)), history=histories, devices=st.integers(1, 3))
def test_no_legal_history_releases_a_patient_too_early(
    product: Product, history: list[tuple[int, Payload]], devices: int
) -> None:
    story = Story(product=product).until_ready()
    for number in range(devices):
        drug = device(number + 1) if product is Product.ESKETAMINE_IN else infusion(60)
        attempt(story, story.new(5 * number, drug), now=at(5 * number))
    minute = 5.0 * devices
    attempt(story, story.new(minute, DoseEnded(total_mg=28, complete=True)), now=at(minute))
    for pause, payload in history:
        minute += pause
        before = list(story.entries)
        if attempt(story, story.new(minute, payload), now=at(minute)) and isinstance(payload, Released):
            plain_judge(product, before, at(minute))
            assert set(payload.instructions_given_to) >= {"patient", "escort"}
    session = fold(story.entries)
    assert session is not None
    released = [entry for entry in story.entries if isinstance(entry.payload, Released)]
    assert (session.stage is Stage.DISCHARGED) is bool(released)
    assert len(released) <= 1
    event(f"{product}: {'released' if released else 'kept'}")


@pytest.mark.parametrize("product", list(Product))
def test_a_well_watched_patient_is_released(product: Product) -> None:
    story = Story(product=product).recovered()
    assert attempt(story, story.new(130, release()), now=at(130))


@pytest.mark.parametrize("minute", [0, 100, 124.9])
def test_recovery_is_refused_before_the_two_hours_are_over(minute: float) -> None:
    story = Story().watched(until=minute)
    with pytest.raises(NotYet, match="inimum stay: "):
        refuse_unless_allowed(story.new(minute, RECOVERED), story.entries, now=at(minute))


def test_recovery_does_not_wait_for_the_escort() -> None:
    story = Story()
    story.watched(until=126)
    named = [e for e in story.entries if e.payload.KIND != "readiness.answered"]
    refuse_unless_allowed(story.new(127, RECOVERED), named, now=at(127))


def test_release_waits_for_what_came_back_after_recovery() -> None:
    story = Story().recovered()
    story.tell(128, VitalsMeasured(spo2_percent=88))
    with pytest.raises(NotYet, match="Breathing: Oxygen is too low"):
        refuse_unless_allowed(story.new(129, release()), story.entries, now=at(129))


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
        refuse_unless_allowed(story.new(130, payload), story.entries, now=at(130))


def test_for_an_infusion_the_question_about_the_rule_may_stay_open() -> None:
    story = Story(product=Product.KETAMINE_IV).recovered()
    new = story.new(130, release(ready_without_rule_min=None))
    refuse_unless_allowed(new, story.entries, now=at(130))


def test_a_release_is_recorded_as_it_happens() -> None:
    story = Story().recovered()
    with pytest.raises(ValueError, match="more than 10 minutes old"):
        refuse_unless_allowed(story.new(130, release()), story.entries, now=at(141))
    with pytest.raises(ValueError, match="lies in the future"):
        refuse_unless_allowed(story.new(130, release()), story.entries, now=at(127))


@pytest.mark.parametrize(
    ("payload", "stage"),
    [(RECOVERED, Stage.READY), (release(), Stage.OBSERVED), (LOST, Stage.OBSERVED), (LEFT, Stage.READY)],
)
def test_a_move_that_the_stage_does_not_allow_is_refused(payload: Payload, stage: Stage) -> None:
    story = Story().until_ready() if stage is Stage.READY else Story().watched(until=126)
    with pytest.raises(MoveRefused):
        refuse_unless_allowed(story.new(127, payload), story.entries, now=at(127))


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
    assert standing(story.entries, now=at(132)).session.closed_at == at(131)


def test_an_entry_of_another_room_is_not_this_guards_business() -> None:
    story = Story().dosed()
    new = NewEntry(payload=SedationRated(moaa_s=3), happened_at=at(20), encounter_id=ENCOUNTER)
    refuse_unless_allowed(new, story.entries, now=at(20))
