"""FSM-1 to FSM-6: from state to state, with what guards the way (clinical.md 2.5).

The stages are those of `stage.TRANSITIONS`; this table says what must hold besides. Every guard here is a
HARD_STOP: nobody can accept it away, and the services ask the table before they write anything. The states
of clinical.md have the program's words: SCHEDULED is planned, CHECKED_IN arrived, MONITORING observed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.dosing.drug import BETWEEN_DEVICES, checked_order, refuse_act, refuse_without_consent
from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.dosing.readiness import in_the_way
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Move, Stage, after
from ajar.pathway.evaluation.findings import Finding, Strength

PRESSURE_DUE: Final = timedelta(minutes=40)  # FSM-6 [MIMS-PH]; [HCP-TRD], from the first dose
PRESSURE_MISSED: Final = timedelta(minutes=50)  # FSM-6: alert if it is missing


class NotReady(ValueError):
    """Something asked before dosing stands in the way, or cannot be done in this stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """What is known as a session is about to pass on. None: nobody looked, which is never a pass.

    `rems` are the reasons of FSM-1, `dose_stops` the hard stops on the ordered amount, `unsuitable` what
    the newest evaluation holds against it: empty where there are none.
    """

    session: Session
    move: Move
    at: datetime
    rems: tuple[str, ...] | None = None
    findings: tuple[Finding, ...] | None = None
    unsuitable: tuple[str, ...] | None = None
    consent: ConsentStanding | None = None
    dose_stops: tuple[str, ...] | None = None
    given: DrugGiven | None = None


Guard = Callable[[Passing], None]
"""Raises a ValueError in plain words where the way is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One way from state to state. `move` None: time passes, nothing is written."""

    id: str
    leaves: Stage
    enters: Stage
    move: Move | None
    guard: str
    asks: tuple[Guard, ...]
    strength: Strength
    source: str


def certified_and_enrolled(passing: Passing) -> None:
    """FSM-1."""
    if passing.rems is None:
        raise NotReady("The REMS certification and enrolment were not looked up (FSM-1).")
    if passing.rems:
        raise NotReady(f"{' '.join(passing.rems)} (FSM-1)")


def everything_stands(passing: Passing) -> None:
    """FSM-2: the day's rules, the evaluation, the order and its check."""
    if passing.findings is None or passing.unsuitable is None:
        raise NotReady("Not ready yet. Nobody has looked at today's rules (FSM-2).")
    standing = in_the_way(passing.findings)
    named = [f"{finding.title}: {finding.ruling.because}" for finding in standing[:3]]
    if reasons := [*passing.unsuitable, *named]:
        raise NotReady(f"Not ready yet. {'; '.join(reasons)}")
    checked_order(passing.session)


def dose_is_allowed(passing: Passing) -> None:
    """FSM-3: an order, a lot, an amount that no guard rail forbids."""
    checked_order(passing.session)
    if passing.dose_stops is None:
        raise NotReady("The guard rails were not asked about this dose (FSM-3).")
    if passing.dose_stops:
        raise NotReady(f"{' '.join(passing.dose_stops)} (FSM-3)")


def consent_stands(passing: Passing) -> None:
    """FSM-3: at the moment at which drug goes in. Stopping is always possible."""
    if passing.given is None or passing.consent is None:
        raise NotReady("Nobody has looked at the consent (FSM-3).")
    refuse_without_consent(passing.given, passing.consent)


def act_is_allowed(passing: Passing) -> None:
    """FSM-3, FSM-4: what was ordered and checked, in its turn, after its rest, and no more of it."""
    if passing.given is None:
        raise NotReady("Nothing is said of the drug that is given (FSM-3).")
    refuse_act(passing.session, passing.given, at=passing.at)


def clock_has_started(passing: Passing) -> None:
    """FSM-5: both clocks are known, from the first drug and from the last."""
    first_at, last_at = passing.session.first_dose_at, passing.session.last_drug_at
    if first_at is None or last_at is None:
        raise NotReady("No drug was given: the clocks of the first and the last dose stand empty (FSM-5).")
    if passing.at < last_at:
        raise NotReady("The dose cannot end before its last drug went in (FSM-5).")


HARD: Final = Strength.HARD_STOP

PASSAGES: Final[tuple[Passage, ...]] = (
    Passage(
        id="FSM-1",
        leaves=Stage.PLANNED,
        enters=Stage.ARRIVED,
        move=Move.ARRIVE,
        guard="spray: site certified and unexpired, patient enrolled",
        asks=(certified_and_enrolled,),
        strength=HARD,
        source="[FDA-REMS]; [EHR26]",
    ),
    Passage(
        id="FSM-2",
        leaves=Stage.ARRIVED,
        enters=Stage.READY,
        move=Move.CONFIRM_READY,
        guard="every rule of the day answered and passed or accepted; order and check there",
        asks=(everything_stands,),
        strength=HARD,
        source="[LACDMH]; [MIMS-PH]; [FDA-REMS]; blood pressure see ELG-BP",
    ),
    Passage(
        id="FSM-3",
        leaves=Stage.READY,
        enters=Stage.DOSING,
        move=Move.GIVE_DRUG,
        guard="lot scanned; dose in the allowed set; consent valid",
        asks=(dose_is_allowed, act_is_allowed, consent_stands),
        strength=HARD,
        source="design default",
    ),
    Passage(
        id="FSM-4",
        leaves=Stage.DOSING,
        enters=Stage.DOSING,
        move=Move.GIVE_DRUG,
        guard=f"device n to n+1: at least {BETWEEN_DEVICES.seconds // 60} min; never more than ordered",
        asks=(act_is_allowed, consent_stands),
        strength=HARD,
        source="[MIMS-PH]",
    ),
    Passage(
        id="FSM-5",
        leaves=Stage.DOSING,
        enters=Stage.OBSERVED,
        move=Move.END_DOSE,
        guard="t0 known for the first and the last drug",
        asks=(clock_has_started,),
        strength=HARD,
        source="[PMF24]",
    ),
    Passage(
        id="FSM-6",
        leaves=Stage.OBSERVED,
        enters=Stage.OBSERVED,
        move=None,
        guard=f"blood pressure due at t0 + {PRESSURE_DUE.seconds // 60} min, alert if missing at "
        f"+ {PRESSURE_MISSED.seconds // 60}; then as needed until falling",
        asks=(),
        strength=Strength.CAUTION,
        source="[MIMS-PH]; [HCP-TRD]; judged by the monitoring's cadence",
    ),
)
"""In the order of the day. FSM-7 to FSM-10 belong to leaving and to the paperwork."""


def pass_on(passing: Passing) -> Stage:
    """The stage that follows, once every guard on the way has been asked.

    Raises:
        MoveRefused: the session's stage has no such move.
        NotReady, DrugRefused, PreparationRefused: a guard closes the way; nothing can override it.
    """
    stage = passing.session.stage
    reached = after(stage, passing.move)
    for passage in PASSAGES:
        if (passage.leaves, passage.move) == (stage, passing.move):
            for ask in passage.asks:
                ask(passing)
    return reached
