"""A question of the day and what it is asked of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.dosing.entries import ReadinessAnswered
from ajar.pathway.dosing.policy import ReadinessPolicy
from ajar.pathway.evaluation.candidate import Fact
from ajar.pathway.evaluation.entries import FindingAccepted
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.products import Product, Setting
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import Person, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class LozengesSoFar:
    """What was taken by mouth before today, and what is still in the patient's hands."""

    doses_at_clinic: int
    doses_at_home: int
    doses_dispensed: int

    @property
    def doses_left(self) -> int:
        """Handed out and not yet taken."""
        return max(self.doses_dispensed - self.doses_at_home, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfDose:
    """What was asked and measured today. `vitals` are those since arrival, oldest first.

    `lozenges` None: nobody has counted them.
    """

    person: Person
    answered: ReadinessAnswered | None
    answered_at: datetime | None
    vitals: tuple[Fact[VitalsMeasured], ...]
    consent: ConsentStanding
    acceptances: tuple[Fact[FindingAccepted], ...] = ()
    lozenges: LozengesSoFar | None = None


Judge = Callable[[DayOfDose, Setting, ReadinessPolicy], Ruling]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """One question of the day. `verified` False: its numbers rest on general knowledge."""

    id: str
    title: str
    source: str
    judge: Judge
    standing: Standing = Standing.DESIGN_DEFAULT
    verified: bool = True
    products: frozenset[Product] = frozenset(Product)
    sexes: frozenset[Sex] = frozenset(Sex)


def ruled(
    verdict: Verdict, because: str, day: DayOfDose, *, strength: Strength, datum: str, until: str = ""
) -> Ruling:
    """A ruling on today's answers."""
    return Ruling(
        verdict=verdict,
        strength=strength,
        effect=Outcome.ELIGIBLE if verdict is Verdict.PASS else Outcome.DEFER,
        because=because,
        datum=datum,
        happened_at=day.answered_at,
        recorded_at=day.answered_at,
        until=until,
    )


def missing(
    because: str, day: DayOfDose, *, strength: Strength, datum: str = "not recorded", until: str = ""
) -> Ruling:
    """What is not known is no pass."""
    return ruled(Verdict.NEEDS_INFORMATION, because, day, strength=strength, datum=datum, until=until)


def unasked(day: DayOfDose, strength: Strength) -> Ruling:
    """Nobody has asked today."""
    return missing("Not asked yet today.", day, strength=strength)
