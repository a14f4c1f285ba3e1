"""High blood pressure over more than one visit: CI-11, ELG-BP5.

A visit counts as elevated when no reading of it was at or below the limit: one normal repeat after rest
is enough. The peaks after a dose are not taken for visits of their own, since that visit began lower.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import TREATED_HYPERTENSION, Holds
from ajar.pathway.evaluation.findings import Ruling, Standing
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.blood_pressure import ELEVATED, Pressure, Reading, high, pressure_of
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes

Visit = list[Reading]

CONTROLLED: Final = "Until the blood pressure is controlled: refer, and measure again at another visit."


def visits_of(readings: Sequence[Reading], gap: timedelta) -> list[Visit]:
    """The readings by visit, oldest first; readings further apart than `gap` belong to another."""
    visits: list[Visit] = []
    for reading in readings:
        if visits and reading.happened_at - visits[-1][-1].happened_at <= gap:
            visits[-1].append(reading)
        else:
            visits.append([reading])
    return visits


def _recent_visits(candidate: Candidate, setting: Setting) -> list[Visit]:
    return visits_of(candidate.pressures(), timedelta(hours=setting.policy.new_visit_after_h))


def _all_above(visit: Visit, limit: Pressure) -> bool:
    return all(pressure_of(reading).above(limit) for reading in visit)


def _two_running(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    visits = _recent_visits(candidate, setting)
    if not visits:
        return (asks("No blood pressure is recorded.", "Measure it.", "not measured"),)
    latest = visits[-1][-1]
    datum = ", ".join(f"BP {pressure_of(visit[-1])} mmHg" for visit in visits[-2:])
    if len(visits) > 1 and all(_all_above(visit, ELEVATED) for visit in visits[-2:]):
        because = f"Above {ELEVATED} mmHg at two visits running."
        until = "Until blood pressure control was referred for, before the next booking."
        return (defers(because, datum, until, latest),)
    return (passes("Not elevated at two visits running.", datum, latest),)


def _uncontrolled(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    known = TREATED_HYPERTENSION.look_up(candidate, setting.now)
    visits = _recent_visits(candidate, setting)
    if not visits:
        return (asks("No blood pressure is recorded.", "Measure it.", "not measured"),)
    latest = visits[-1][-1]
    datum = f"BP {pressure_of(latest)} mmHg"
    if known.holds is Holds.YES and _all_above(visits[-1], ELEVATED):
        because = f"Known high blood pressure, and above {ELEVATED} mmHg: not controlled."
        return (defers(because, datum, CONTROLLED, latest),)
    if len(visits) > 1 and all(_high(visit, setting) for visit in visits[-2:]):
        return (defers(f"At or above {high(setting)} mmHg at two visits.", datum, CONTROLLED, latest),)
    return (passes("No uncontrolled high blood pressure.", datum, latest),)


def _high(visit: Visit, setting: Setting) -> bool:
    return all(pressure_of(reading).at_least(high(setting)) for reading in visit)


READS: Final = frozenset({"vitals", "answers", "conditions"})

RULES: Final = (
    Rule(
        id="CI-11",
        title="Uncontrolled high blood pressure",
        source="[ASRA18-BL]; [SEED]; see 3.4",
        reads=READS,
        judge=_uncontrolled,
        standing=Standing.POLICY,
    ),
    Rule(
        id="ELG-BP5",
        title="Elevated at two visits running",
        source="clinical.md ELG-BP5 (design default)",
        reads=READS,
        judge=_two_running,
        standing=Standing.DESIGN_DEFAULT,
    ),
)
