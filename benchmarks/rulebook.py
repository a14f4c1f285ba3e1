"""`python -m benchmarks.rulebook`: how quickly the rules answer, each beside a plain version of itself.

Processor time on one core, the median of a few runs. Prints; asserts nothing.
"""

import platform
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial, reduce
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final
from uuid import UUID

from ajar.exchange.candidates.reading import read_candidate
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.dosing.entries import Act, DrugGiven
from ajar.pathway.dosing.session import DrugAct, Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.evaluation.rulebook import judge
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.alarms import Alarm, alarm_conditions
from ajar.pathway.monitoring.due import all_due, last_times
from ajar.pathway.monitoring.latest import VitalsNow, evolve, fold
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.monitoring.plans import cadence_of
from ajar.pathway.observations.vitals import TakenBy, VitalsMeasured
from tests.support.plain_alarms import plain_conditions

CANDIDATES: Final = Path("docs/examples/candidates")
TIMES: Final = 200

READINGS: Final = 7200
"""Two hours, one a second, five signals each."""

REPEATS: Final = 5
PLAIN_MOMENTS: Final = 5
"""How often the plain version is asked: it looks at every reading each time."""

STARTS_AT: Final = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ENCOUNTER: Final = UUID(int=7)
DEVICE: Final = Author(kind=AuthorKind.DEVICE, id="bench", name="Monitor")
CENTRE: Final = (145.0, 85.0, 78.0, 96.0, 14.0)
SPREAD: Final = (9.0, 6.0, 8.0, 1.6, 2.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measurement with its target; `plain` is the same by the slow, plain version."""

    what: str
    took: float
    plain: float | None
    unit: str
    target: float


def main() -> int:
    """The table."""
    sys.stdout.write(f"python {platform.python_version()}, {platform.machine()}\n")
    sys.stdout.write(f"{'':44}{'ours':>10}{'plain':>12}{'target':>10}\n")
    for line in (*monitoring(), *screening()):
        plain = f"{line.plain:9.1f} {line.unit}" if line.plain is not None else ""
        took, target = f"{line.took:7.1f} {line.unit}", f"{line.target:7.0f} {line.unit}"
        sys.stdout.write(f"{line.what:44}{took:>10}{plain:>12}{target:>10}\n")
    return 0


def monitoring() -> Iterator[Line]:
    """A two-hour session: everything at once, and one reading at a time at both its ends."""
    told = session_entries()
    session = session_running(told[0])
    whole_s = seconds(lambda: judged(fold(told, encounter_id=ENCOUNTER), session, told[-1]))
    plain_s = plain_seconds(told)
    yield Line(
        what="two hours folded and judged",
        took=whole_s * 1e3,
        plain=plain_s * 1e3,
        unit="ms",
        target=50,
    )
    for words, before in (("the first 600", 1), ("the last 600", READINGS - 599)):
        each_s = each_reading_s(told, session, before)
        yield Line(
            what=f"one reading taken in and judged, {words}",
            took=each_s * 1e6,
            plain=plain_seconds(told[: before + 600]) * 1e6,
            unit="us",
            target=50,
        )


def screening() -> Iterator[Line]:
    """A complete candidate screened, and the same from the file on: the target is 1 ms for the rules."""
    for path in (CANDIDATES / "eligible.json", CANDIDATES / "eligible-with-caution.json"):
        data = path.read_bytes()
        asked = read_candidate(data)
        screened = partial(judge, asked.candidate, asked.setting)
        for words, work in (("screened", screened), ("read", partial(read_candidate, data))):
            each_s = seconds(partial(many, work)) / TIMES
            yield Line(what=f"{path.stem} {words}", took=each_s * 1e6, plain=None, unit="us", target=1000)


def many(work: Callable[[], object]) -> None:
    """The same so often that the clock can tell."""
    for _ in range(TIMES):
        work()


def seconds(work: Callable[[], object]) -> float:
    """Median processor time of a call."""
    taken = []
    for _ in range(REPEATS):
        begun = process_time()
        work()
        taken.append(process_time() - begun)
    return median(taken)


def judged(state: VitalsNow, session: Session, newest: Entry) -> tuple[Alarm, ...]:
    """What stands at the newest entry, overdue observations included."""
    now = newest.happened_at
    dues = all_due(session, last_times(state), cadence_of(session.product), now=now)
    return alarm_conditions(state, DEFAULT_LIMITS, dues=dues, now=now)


def each_reading_s(told: list[Entry], session: Session, before: int) -> float:
    """Seconds for each of the 600 readings after the first `before` entries."""
    state = fold(told[:before], encounter_id=ENCOUNTER)
    some = told[before : before + 600]

    def follow() -> None:
        def taken(kept: VitalsNow, entry: Entry) -> VitalsNow:
            after = evolve(kept, entry)
            judged(after, session, entry)
            return after

        reduce(taken, some, state)

    return seconds(follow) / len(some)


def plain_seconds(told: list[Entry]) -> float:
    """Seconds for the plain version to judge one moment: it reads the whole session for it."""
    moments = [told[-1].happened_at] * PLAIN_MOMENTS
    begun = process_time()
    for now in moments:
        plain_conditions(told, now=now)
    return (process_time() - begun) / len(moments)


def session_entries() -> list[Entry]:
    """Drug given, then a reading a second, around values of which some pass a limit."""
    chance = random.Random(4)  # noqa: S311  # the same session at every run
    given = DrugGiven(
        act=Act.INFUSION_STARTED,
        product=Product.KETAMINE_IV,
        amount_mg=None,
        rate_mg_per_h=52.5,
        lot="BENCH",
        expires_on=date(2030, 1, 1),
    )
    told = [_entry(given, 0)]
    for second in range(1, READINGS + 1):
        drawn = [round(chance.gauss(c, s)) for c, s in zip(CENTRE, SPREAD, strict=True)]
        drawn[1] = min(drawn[1], drawn[0] - 10)
        drawn[3] = min(drawn[3], 100)
        drawn[4] = max(drawn[4], 4)
        systolic, diastolic, heart, spo2, breaths = map(float, drawn)
        vitals = VitalsMeasured(
            systolic_mmhg=systolic,
            diastolic_mmhg=diastolic,
            heart_rate_bpm=heart,
            spo2_percent=spo2,
            respiratory_rate_per_min=breaths,
            taken_by=TakenBy.MONITOR,
        )
        told.append(_entry(vitals, second))
    return told


def _entry(payload: Payload, second: int) -> Entry:
    at = STARTS_AT + timedelta(seconds=second)
    return Entry(
        id=UUID(int=second + 1),
        patient_id=ENCOUNTER,
        position=second + 1,
        encounter_id=ENCOUNTER,
        payload=payload,
        happened_at=at,
        recorded_at=at,
        recorded_by=DEVICE,
        source=Source.DEVICE,
        source_ref="",
        supersedes=None,
        reason="",
        previous_digest="",
        digest="",
    )


def session_running(given: Entry) -> Session:
    """An infusion that has begun."""
    plan = SessionPlanned(
        course_id=UUID(int=9),
        number=1,
        product=Product.KETAMINE_IV,
        dose_mg=35.0,
        starts_at=STARTS_AT,
        site="bench",
        phase="induction",
    )
    begun = Session(
        encounter_id=ENCOUNTER,
        patient_id=ENCOUNTER,
        position=1,
        stage=Stage.DOSING,
        stage_since=STARTS_AT,
        plan=plan,
    )
    payload = given.payload
    if not isinstance(payload, DrugGiven):
        raise TypeError("The first entry gives the drug.")
    act = DrugAct(at=given.happened_at, entry_id=given.id, given=payload)
    return replace(begun, acts=(act,), arrived_at=STARTS_AT - timedelta(minutes=20))


if __name__ == "__main__":
    sys.exit(main())
