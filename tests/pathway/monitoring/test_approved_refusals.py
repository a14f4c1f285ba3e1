"""What this room refuses, each in its whole sentence, and what lies just within: read and approved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from ajar.pathway.evaluation.products import Product
from ajar.pathway.monitoring.cadence import Check, FixedCheck, Interval
from ajar.pathway.monitoring.calling import ScreenPolicy
from ajar.pathway.monitoring.entries import (
    AlarmEscalated,
    AlarmResolved,
    EventNoted,
    Priority,
    Rested,
    SoundPaused,
)
from ajar.pathway.monitoring.escalation import DEFAULT_ESCALATION, EscalationStep, Rung
from ajar.pathway.monitoring.events import Term
from ajar.pathway.monitoring.latest import VitalsNow
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, Limit, Side, Step
from ajar.pathway.monitoring.needs import Needs, needs_of
from ajar.pathway.monitoring.plans import DEFAULT_CADENCES, cadence_of
from ajar.pathway.monitoring.silence import DEFAULT_SILENCE
from ajar.pathway.monitoring.sounds import AudioPause, pause_of
from tests.pathway.dosing.history import ENCOUNTER, START
from tests.support.approved import assert_approved
from tests.support.refusal import refusal

APPROVED: Final = Path(__file__).parent / "approved"
HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW
NAN, ENDLESS = float("nan"), float("inf")
Cases = Mapping[str, Callable[[], object]]

SPRAY: Final = cadence_of(Product.ESKETAMINE_IN)
EVERY_30: Final = Interval(check=Check.VITALS, during_min=30, after_min=30)
WINDOW: Final = {"check": Check.VITALS, "at_min": 40.0, "opens_min": 30.0, "closes_min": 50.0}
PLANS: Final = DEFAULT_CADENCES.plans


def wrong(fact: Any, **changes: Any) -> Callable[[], object]:
    return lambda: replace(fact, **changes)


def window(**minutes: float) -> Callable[[], object]:
    return lambda: FixedCheck(**(WINDOW | minutes))  # type: ignore[arg-type]


def fixed_at(**minutes: float) -> Callable[[], object]:
    """The clinic's plans with another check of the spray's pressure."""
    one = FixedCheck(**(WINDOW | minutes))  # type: ignore[arg-type]
    return wrong(DEFAULT_CADENCES, plans=(replace(SPRAY, fixed=(one,)), *PLANS[1:]))


CADENCE: Final[Cases] = {
    "opens before the dose": window(opens_min=-1),
    "opens after it is due": window(opens_min=41),
    "closes before it is due": window(closes_min=39),
    "opens, is due and closes at once": window(opens_min=40, closes_min=40),
    "opens with the dose": window(opens_min=0),
    "during: 0.5 min": wrong(EVERY_30, during_min=0.5),
    "after: 120.5 min": wrong(EVERY_30, after_min=120.5),
    "early: endless": wrong(EVERY_30, early_min=ENDLESS, early_until_min=30.0),
    "closer: no number": wrong(EVERY_30, closer_min=NAN),
    "1 and 120 min": wrong(EVERY_30, during_min=1, after_min=120),
    "early without an end": wrong(EVERY_30, early_min=5),
    "an early end of nothing": wrong(EVERY_30, early_until_min=30.0),
    "no id": wrong(SPRAY, id=" "),
    "no source": wrong(SPRAY, source=""),
    "no such product": wrong(SPRAY, product="ketamine_pr"),
    "no such law": wrong(SPRAY, jurisdictions=("US", "MARS", "ATLANTIS")),
    "no vital signs before": wrong(SPRAY, before=(Check.SEDATION,)),
    "vital signs twice": wrong(SPRAY, repeated=(EVERY_30, EVERY_30)),
    "no vital signs while drug is given": wrong(SPRAY, repeated=(replace(EVERY_30, during_min=None),)),
    "no vital signs afterwards": wrong(SPRAY, repeated=(replace(EVERY_30, after_min=None),)),
    "no vital signs at all": wrong(SPRAY, repeated=()),
    "sedation alone": wrong(SPRAY, repeated=(replace(EVERY_30, check=Check.SEDATION),)),
    "a baseline at once": wrong(SPRAY, baseline_within_min=0.5),
    "a baseline after an hour": wrong(SPRAY, baseline_within_min=60.5),
    "a baseline in 1 min": wrong(SPRAY, baseline_within_min=1),
    "a baseline in 60 min": wrong(SPRAY, baseline_within_min=60),
    "watched for half a minute": wrong(SPRAY, watched_min=0.5),
    "watched for ever": wrong(SPRAY, watched_min=ENDLESS),
    "watched for a minute": wrong(SPRAY, watched_min=1),
    "no version": wrong(DEFAULT_CADENCES, version=""),
    "two plans for one product": wrong(DEFAULT_CADENCES, plans=(*PLANS, SPRAY)),
    "a product without a plan": wrong(DEFAULT_CADENCES, plans=PLANS[1:]),
    "the spray's pressure dropped": wrong(
        DEFAULT_CADENCES, plans=(replace(SPRAY, fixed=SPRAY.fixed[1:]), *PLANS[1:])
    ),
    "the spray's pressure at 41 min": fixed_at(at_min=41),
    "the spray's pressure missing at 51 min": fixed_at(closes_min=51),
    "the spray's pressure sooner": fixed_at(at_min=35, closes_min=45),
    "no plan": lambda: cadence_of("ketamine_pr"),
}
PRESSURE: Final = DEFAULT_LIMITS.limits[0]


def above(bound: float, priority: Priority, side: Side = Side.AT_LEAST) -> Step:
    return Step(side=side, bound=bound, priority=priority)


def marking(index: int, rise: float | None) -> Callable[[], object]:
    """The clinic's limits with another rise that is marked."""
    limits = [replace(one, rise=rise) if n == index else one for n, one in enumerate(DEFAULT_LIMITS.limits)]
    return wrong(DEFAULT_LIMITS, limits=tuple(limits))


def of_signal(signal: str, *bounds: float) -> Callable[[], object]:
    steps = tuple(above(bound, MEDIUM) for bound in bounds)
    return lambda: Limit(id="OWN", signal=signal, short="own", steps=steps, source="the clinic")


LIMITS: Final[Cases] = {
    "held below nothing": wrong(above(180, MEDIUM), held_s=-1),
    "held for more than 15 min": wrong(above(180, MEDIUM), held_s=900.5),
    "held for 15 min": wrong(above(180, MEDIUM), held_s=900),
    "held by the other side": wrong(above(180, MEDIUM), held=Side.AT_MOST),
    "an emergency that waits": wrong(above(180, HIGH), held_s=1),
    "no id": wrong(PRESSURE, id=" "),
    "no signal": wrong(PRESSURE, signal=""),
    "no short name": wrong(PRESSURE, short=""),
    "no source": wrong(PRESSURE, source=""),
    "no steps": wrong(PRESSURE, steps=()),
    "low before high": wrong(PRESSURE, steps=(above(180, LOW), above(200, HIGH))),
    "high below low": wrong(PRESSURE, steps=(above(160, HIGH), above(180, LOW))),
    "high at low": wrong(PRESSURE, steps=(above(180, HIGH), above(180, LOW))),
    "low values: high above low": wrong(
        PRESSURE, steps=(above(90, HIGH, Side.BELOW), above(80, LOW, Side.BELOW))
    ),
    "low values: high below low": wrong(
        PRESSURE, steps=(above(80, HIGH, Side.BELOW), above(90, LOW, Side.BELOW))
    ),
    "both ways": wrong(PRESSURE, steps=(above(180, HIGH), above(90, LOW, Side.AT_MOST))),
    "a bound nobody has": wrong(PRESSURE, steps=(above(300.5, HIGH),)),
    "a bound below anybody": wrong(PRESSURE, steps=(above(39.5, HIGH, Side.BELOW),)),
    "a rise of nothing": wrong(PRESSURE, rise=0),
    "a rise of half a point": wrong(PRESSURE, rise=0.5),
    "a rise of all there is": wrong(PRESSURE, rise=300),
    "a rise of more than there is": wrong(PRESSURE, rise=300.5),
    "a sedation of 6": of_signal("moaa_s", 5.5),
    "a sedation of 5 and 0": of_signal("moaa_s", 5, 0),
    "no such signal": of_signal("mood", 5),
    "no version": wrong(DEFAULT_LIMITS, version=""),
    "one limit twice": wrong(DEFAULT_LIMITS, limits=(*DEFAULT_LIMITS.limits, PRESSURE)),
    "one limit missing": wrong(DEFAULT_LIMITS, limits=DEFAULT_LIMITS.limits[:-1]),
    "two limits missing": wrong(DEFAULT_LIMITS, limits=DEFAULT_LIMITS.limits[2:]),
    "raised from 140.5": wrong(DEFAULT_LIMITS, raised_systolic_mmhg=140.5),
    "raised from 90.5": wrong(DEFAULT_LIMITS, raised_diastolic_mmhg=90.5),
    "raised from 0": wrong(DEFAULT_LIMITS, raised_systolic_mmhg=0),
    "raised from 0.5": wrong(DEFAULT_LIMITS, raised_systolic_mmhg=0.5),
    "+40.5": marking(0, 40.5),
    "+40": marking(0, 40.0),
    "+25.5 below": marking(1, 25.5),
    "no marker": marking(0, None),
    **{
        f"{field} {minutes:g}": wrong(DEFAULT_LIMITS, **{field: minutes})
        for field, several in (
            ("overdue_low_min", (0.5, 1, 15.5, NAN)),
            ("overdue_medium_min", (1.5, 30, 30.5, ENDLESS)),
            ("seen_holds_min", (0.5, 1, 60, 60.5)),
        )
        for minutes in several
    },
    "low with medium": wrong(DEFAULT_LIMITS, overdue_low_min=10),
    "low just before medium": wrong(DEFAULT_LIMITS, overdue_low_min=9.5),
}
ESCALATED: Final = AlarmEscalated(
    alarm="x", priority=HIGH, message="", rung="the director", told="", unseen_since=START, version="1"
)


def ladder(*seconds: float) -> Callable[[], object]:
    steps = tuple(EscalationStep(after_s=after_s, to=Rung.DIRECTOR) for after_s in seconds)
    return wrong(DEFAULT_ESCALATION, steps=steps)


def screen(**changes: float) -> Callable[[], object]:
    return lambda: ScreenPolicy(**changes)  # type: ignore[arg-type]


def rested(lasts_s: float) -> Callable[[], object]:
    return lambda: AudioPause(begun_at=START, lasts_s=lasts_s, by="A nurse", covers=())


def recorded(lasts_s: float) -> Callable[[], object]:
    return lambda: SoundPaused(lasts_s=lasts_s, covers=())


OTHERS: Final[Cases] = {
    "an event without a name": lambda: EventNoted(event=" ", severity=None, action=""),
    "resolved by nothing": lambda: AlarmResolved(alarm="x", priority=LOW, message="", action=""),
    "escalated to nobody": wrong(ESCALATED, rung=""),
    **{f"a pause of {s:g} s, recorded": recorded(s) for s in (0, 0.5, 120, 120.5)},
    **{f"a pause of {s:g} s": rested(s) for s in (0, 0.5, 120, 120.5)},
    "an alarm without its priority": lambda: Term(name="panic", alarm="ALM-7"),
    "a priority without its alarm": lambda: Term(name="panic", priority=LOW),
    "a ladder without a version": wrong(DEFAULT_ESCALATION, version=""),
    "a ladder without a source": wrong(DEFAULT_ESCALATION, source=""),
    "a ladder without steps": ladder(),
    "a step at once": ladder(0.0),
    "a step after half a second": ladder(0.5),
    "two steps at once": ladder(60.0, 60.0),
    "a first step after 15 min": ladder(900.5),
    "a first step in 15 min": ladder(900.0, 3600.0),
    "silence without a version": wrong(DEFAULT_SILENCE, version=""),
    "silence without a source": wrong(DEFAULT_SILENCE, source=""),
    "silence after 4.5 s": wrong(DEFAULT_SILENCE, low_s=4.5),
    "silence after 5 s": wrong(DEFAULT_SILENCE, low_s=5),
    "silence, both at once": wrong(DEFAULT_SILENCE, low_s=300),
    "silence after more than 15 min": wrong(DEFAULT_SILENCE, medium_s=900.5),
    "silence after 15 min": wrong(DEFAULT_SILENCE, medium_s=900),
    **{f"a screen, {field} 0": screen(**{field: 0.0}) for field in (
        "beat_every_s", "silent_after_s", "ring_every_min", "ring_glows_s", "opens_within_min", "lasts_h")},
    "a screen heard twice a second": screen(beat_every_s=0.5),
    "a screen that lasts for ever": screen(lasts_h=ENDLESS),
    "a screen silent within two beats": screen(silent_after_s=3.5),
    "a screen silent after two beats": screen(silent_after_s=4),
    "a screen silent after half a minute": screen(silent_after_s=30),
    "a screen silent after more": screen(silent_after_s=30.5),
    "a ring that glows until the next": screen(ring_glows_s=300),
    "a ring that ends before the next": screen(ring_glows_s=299.5),
    "a shorter stay": lambda: Needs(longer_min=-0.5),
    "an endless stay": lambda: Needs(longer_min=ENDLESS),
    "a state of another shape": lambda: VitalsNow(encounter_id=ENCOUNTER, signals=(None,)),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "cases"),
    [("refused_cadence", CADENCE), ("refused_limits", LIMITS), ("refused_others", OTHERS)],
)
def test_every_refusal_is_said_in_approved_words(name: str, cases: Cases) -> None:
    assert_approved(APPROVED / f"{name}.json", {words: refusal(act) for words, act in cases.items()})


def test_what_findings_ask_of_the_watching_is_said_in_approved_words() -> None:
    cases = {
        "nothing": [],
        "a sick liver": ["POP-7"],
        "a part of a rule": ["DDI-05.1"],
        "two reasons and a longer stay": ["POP-7", "DDI-04", "CA-02", "AGE-1"],
    }
    said: dict[str, object] = {words: needs_of(findings) for words, findings in cases.items()}
    said |= {f"{words}, why": needs_of(findings).why for words, findings in cases.items()}
    said["a reason of the clinic's own"] = Needs(closer=("PRESCRIBER",)).why
    assert_approved(APPROVED / "needs.json", said)


def test_a_pause_that_was_recorded_is_read_as_it_was() -> None:
    entry = SoundPaused(lasts_s=90, covers=(Rested(alarm="ALM-7 panic", priority=MEDIUM),))
    assert pause_of(entry, begun_at=START, by="Dana Rowe, RN") == AudioPause(
        begun_at=START, lasts_s=90, by="Dana Rowe, RN", covers=(("ALM-7 panic", MEDIUM),)
    )
