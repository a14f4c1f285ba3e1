"""A rise of blood pressure with the dose, told as it was: peak, rise, from when, for how long (trap 27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ajar.pathway.discharge.series import Point, Pressure, after, episode, last_before, pressure, series
from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.safety.policy import DEFAULT_SAFETY, SafetyPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureRise:
    """From the first raised reading to the first one back; `ended_at` None: not seen to come back."""

    before: Point[Pressure]
    peak: Point[Pressure]
    began: Point[Pressure]
    last_raised_at: datetime
    ended_at: datetime | None

    @property
    def minutes(self) -> int:
        """Whole minutes it was seen to last: to the first reading back, else to the last raised one."""
        ends_at = self.ended_at or self.last_raised_at
        return int((ends_at - self.began.at).total_seconds() // 60)

    @property
    def words(self) -> str:
        """Such as 'peak 186/104 mmHg, 120/78 mmHg before the dose, raised for 35 min'."""
        lasted = (
            f"raised for {self.minutes} min" if self.ended_at else f"raised for at least {self.minutes} min"
        )
        return f"peak {self.peak.value}, {self.before.value} before the dose, {lasted}"


def pressure_rise(
    session: Session, observations: Sequence[Entry], policy: SafetyPolicy = DEFAULT_SAFETY
) -> PressureRise | None:
    """The rise past the label's marker (+40 systolic or +25 diastolic) in the hours after the drug.

    `observations` are the encounter's effective entries. None: no drug, no pressure before it, or no such
    rise.
    """
    given_at, last_at = session.first_dose_at, session.last_drug_at
    points = series(observations, pressure)
    before = last_before(points, given_at)
    if before is None or last_at is None:
        return None
    until = last_at + timedelta(minutes=policy.dosing_rise_min)
    since = [point for point in after(points, given_at) if point.at <= until]

    def raised(value: Pressure) -> bool:
        return (
            value.systolic_mmhg >= before.value.systolic_mmhg + policy.rise_systolic_mmhg
            or value.diastolic_mmhg >= before.value.diastolic_mmhg + policy.rise_diastolic_mmhg
        )

    seen = episode(since, raised)
    if seen is None:
        return None
    risen = [point for point in since if raised(point.value)]
    return PressureRise(
        before=before,
        peak=max(risen, key=lambda point: (point.value.systolic_mmhg, point.value.diastolic_mmhg)),
        began=seen.onset,
        last_raised_at=seen.last.at,
        ended_at=seen.resolved.at if seen.resolved else None,
    )
