"""FSM-1 to FSM-6: the table, and that no way leads past a guard of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.consent.validity import StandingKind
from ajar.pathway.dosing.drug import DrugRefused
from ajar.pathway.dosing.entries import Act, DoseEnded, DrugGiven
from ajar.pathway.dosing.passages import (
    PASSAGES,
    PRESSURE_DUE,
    PRESSURE_MISSED,
    NotReady,
    Passing,
    pass_on,
)
from ajar.pathway.dosing.readiness import judge_readiness
from ajar.pathway.dosing.session import Session, fold
from ajar.pathway.dosing.stage import TRANSITIONS, Move, MoveRefused, Stage
from ajar.pathway.evaluation.findings import Strength
from tests.pathway.dosing.history import (
    ORDERED,
    PAYLOAD_OF,
    PLANNED,
    READINESS,
    START,
    check_of,
    entry,
    given,
)
from tests.pathway.dosing.test_readiness import WELL, a_day, setting

VALID = ConsentStanding(kind=StandingKind.VALID, because="Signed by both.")
GONE = ConsentStanding(kind=StandingKind.WITHDRAWN, because="Taken back.")
STARTED = given(Act.INFUSION_STARTED, rate_mg_per_h=52.5)


def session_at(stage: Stage) -> Session:
    """An infusion, ordered and checked, in a stage."""
    order = entry(ORDERED, position=4)
    told = [entry(PLANNED), entry(PAYLOAD_OF[Move.ARRIVE], position=2), entry(READINESS, position=3), order]
    told.append(entry(check_of(order), position=5))
    told.append(entry(PAYLOAD_OF[Move.CONFIRM_READY], position=6))
    told.append(entry(STARTED, position=7))
    told.append(entry(DoseEnded(total_mg=35.0, complete=True), position=8, minute=40))
    upto = {Stage.PLANNED: 1, Stage.ARRIVED: 5, Stage.READY: 6, Stage.DOSING: 7, Stage.OBSERVED: 8}
    session = fold(told[: upto[stage]])
    assert session is not None
    return session


def passing(move: Move, stage: Stage, **known: object) -> Passing:
    """Everything known and well, unless said otherwise."""
    well = {
        "rems": (),
        "findings": judge_readiness(a_day(answered=WELL), setting()),
        "unsuitable": (),
        "consent": VALID,
        "dose_stops": (),
        "given": given(Act.RATE_CHANGED, rate_mg_per_h=40.0, because="calm")
        if stage is Stage.DOSING
        else STARTED,
    }
    plain = {"session": session_at(stage), "move": move, "at": START + timedelta(minutes=5)}
    return Passing(**(plain | well | known))  # type: ignore[arg-type]


WAYS = [
    (Move.ARRIVE, Stage.PLANNED),
    (Move.CONFIRM_READY, Stage.ARRIVED),
    (Move.GIVE_DRUG, Stage.READY),
    (Move.GIVE_DRUG, Stage.DOSING),
    (Move.END_DOSE, Stage.DOSING),
]


@pytest.mark.parametrize(("move", "stage"), WAYS)
def test_where_everything_stands_the_way_is_open(move: Move, stage: Stage) -> None:
    assert pass_on(passing(move, stage)) is TRANSITIONS[stage][move]


@pytest.mark.hazard("HAZ-02")
@pytest.mark.parametrize(
    ("move", "stage", "unknown"),
    [
        (Move.ARRIVE, Stage.PLANNED, "rems"),
        (Move.CONFIRM_READY, Stage.ARRIVED, "findings"),
        (Move.CONFIRM_READY, Stage.ARRIVED, "unsuitable"),
        (Move.GIVE_DRUG, Stage.READY, "consent"),
        (Move.GIVE_DRUG, Stage.READY, "dose_stops"),
        (Move.GIVE_DRUG, Stage.READY, "given"),
        (Move.GIVE_DRUG, Stage.DOSING, "consent"),
        (Move.GIVE_DRUG, Stage.DOSING, "given"),
    ],
)
def test_what_nobody_looked_at_closes_the_way(move: Move, stage: Stage, unknown: str) -> None:
    with pytest.raises(NotReady):
        pass_on(passing(move, stage, **{unknown: None}))


@pytest.mark.hazard("HAZ-01")
@pytest.mark.parametrize(
    ("move", "stage", "known", "match"),
    [
        (Move.ARRIVE, Stage.PLANNED, {"rems": ("Not certified.",)}, "Not certified.*FSM-1"),
        (Move.CONFIRM_READY, Stage.ARRIVED, {"unsuitable": ("It says defer.",)}, "It says defer"),
        (Move.GIVE_DRUG, Stage.READY, {"dose_stops": ("Too much.",)}, "Too much.*FSM-3"),
        (Move.GIVE_DRUG, Stage.READY, {"given": replace(STARTED, lot="L9")}, "Lot L1 was checked"),
        (Move.GIVE_DRUG, Stage.READY, {"consent": GONE}, "No drug without consent"),
        (Move.GIVE_DRUG, Stage.DOSING, {"consent": GONE}, "No drug without consent"),
        (Move.END_DOSE, Stage.DOSING, {"at": START - timedelta(minutes=1)}, "FSM-5"),
    ],
)
def test_what_stands_in_the_way_is_said(
    move: Move, stage: Stage, known: dict[str, object], match: str
) -> None:
    with pytest.raises(ValueError, match=match):
        pass_on(passing(move, stage, **known))


def test_an_unready_patient_is_named_with_the_rule() -> None:
    unasked = judge_readiness(a_day(answered=None), setting())
    with pytest.raises(NotReady, match="Not ready yet"):
        pass_on(passing(Move.CONFIRM_READY, Stage.ARRIVED, findings=unasked))


def test_without_a_check_nobody_is_ready_and_nothing_is_given() -> None:
    for move, stage in ((Move.CONFIRM_READY, Stage.ARRIVED), (Move.GIVE_DRUG, Stage.READY)):
        session = replace(session_at(stage), check=None)
        with pytest.raises(DrugRefused, match="not been checked"):
            pass_on(passing(move, stage, session=session))


def test_a_dose_without_a_first_drug_has_no_clock() -> None:
    session = replace(session_at(Stage.DOSING), acts=())
    with pytest.raises(NotReady, match="clocks"):
        pass_on(passing(Move.END_DOSE, Stage.DOSING, session=session))


def test_a_move_that_the_stage_has_not_is_refused_before_any_guard() -> None:
    with pytest.raises(MoveRefused):
        pass_on(passing(Move.GIVE_DRUG, Stage.PLANNED, given=None))


def test_other_moves_have_no_guard_here() -> None:
    assert pass_on(passing(Move.CANCEL, Stage.PLANNED)) is Stage.CANCELLED


def test_the_table_says_what_clinical_md_says() -> None:
    assert [passage.id for passage in PASSAGES] == [f"FSM-{number}" for number in range(1, 7)]
    for passage in PASSAGES:
        assert passage.guard
        assert passage.source
        if passage.move is not None:
            assert TRANSITIONS[passage.leaves][passage.move] is passage.enters
            assert passage.strength is Strength.HARD_STOP
            assert passage.asks
    assert [due.seconds // 60 for due in (PRESSURE_DUE, PRESSURE_MISSED)] == [40, 50]


def test_the_clocks_of_the_first_and_the_last_drug_are_both_kept() -> None:
    session = session_at(Stage.OBSERVED)
    assert session.first_dose_at == START
    assert session.last_drug_at == START + timedelta(minutes=40)


def test_stopping_needs_no_consent() -> None:
    paused: DrugGiven = given(Act.PAUSED, rate_mg_per_h=0.0, because="she asked")
    assert pass_on(passing(Move.GIVE_DRUG, Stage.DOSING, given=paused, consent=GONE)) is Stage.DOSING
