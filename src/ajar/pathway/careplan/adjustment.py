"""The next step after a session: the dose-adjustment table (clinical.md 1.9, ADJ-1 to ADJ-6).

A suggestion, never an order: the prescriber signs or decides otherwise. It stays within the guard rails, and
where something is not recorded it asks instead of guessing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import floor
from typing import Final

from ajar.pathway.careplan.guard import DoseBefore, Guard, PlannedDose
from ajar.pathway.careplan.guards import guards, hard_stops
from ajar.pathway.careplan.guards_injected import SAME_RUNG, next_at_most_mg_per_kg
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy, in_units, per_kilogram
from ajar.pathway.evaluation.products import BY_MOUTH, INJECTED


class Tolerability(StrEnum):
    """How the last session was borne."""

    SERIOUS = "serious"
    TROUBLED = "troubled"
    GOOD = "good"
    NOT_KNOWN = "not known"


class NextStep(StrEnum):
    """What the table suggests."""

    HOLD = "hold"
    REDUCE = "reduce one step"
    INCREASE = "increase one step"
    SAME = "same dose"
    TAPER = "taper the frequency, keep the dose"
    STOP = "stop and offer alternatives"
    ASK = "record what is missing"
    DECIDE = "the prescriber decides"


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSession:
    """What the table looks at. `fall_percent` is the fall on the primary scale since before the first dose.

    `dose_weight_kg` is None for products that are not dosed by weight.
    """

    session: int
    end_of_induction: bool
    tolerability: Tolerability
    fall_percent: float | None
    last: PlannedDose
    dose_weight_kg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRule:
    """One row of the table."""

    id: str
    applies: Callable[[AfterSession, DosePolicy], bool]
    step: NextStep
    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The next step with its rule. `dose_mg` is the next dose where the step names one.

    `rails` are the softer rails that this dose would meet, such as a second signature.
    """

    rule_id: str
    step: NextStep
    because: str
    source: str
    dose_mg: float | None = None
    rails: tuple[Guard, ...] = ()


def _fallen(after: AfterSession) -> float:
    return after.fall_percent if after.fall_percent is not None else 0.0


def _serious(after: AfterSession, _: DosePolicy) -> bool:
    return after.tolerability is Tolerability.SERIOUS


def _no_benefit(after: AfterSession, policy: DosePolicy) -> bool:
    return after.end_of_induction and _fallen(after) < policy.partial_percent


def _responded(after: AfterSession, policy: DosePolicy) -> bool:
    good = after.tolerability is Tolerability.GOOD
    return after.end_of_induction and good and _fallen(after) >= policy.response_percent


def _troubled(after: AfterSession, _: DosePolicy) -> bool:
    return after.tolerability is Tolerability.TROUBLED and _fallen(after) > 0


def _too_little(after: AfterSession, policy: DosePolicy) -> bool:
    return _well_judged(after, policy) and _fallen(after) < policy.partial_percent


def _enough(after: AfterSession, policy: DosePolicy) -> bool:
    return _well_judged(after, policy) and _fallen(after) >= policy.partial_percent


def _well_judged(after: AfterSession, policy: DosePolicy) -> bool:
    return after.tolerability is Tolerability.GOOD and after.session >= policy.judged_from_session


TABLE: Final = (
    AdjustmentRule(
        id="ADJ-1",
        applies=_serious,
        step=NextStep.HOLD,
        words="The last session was serious: hold, and a physician reviews before any further order.",
        source="clinical.md ADJ-1, design default",
    ),
    AdjustmentRule(
        id="ADJ-6",
        applies=_no_benefit,
        step=NextStep.STOP,
        words="The planned series brought less than a partial response: stop, and offer ECT, TMS or a "
        "medicine.",
        source="clinical.md ADJ-6 [HCP-TRD]; design default",
    ),
    AdjustmentRule(
        id="ADJ-5",
        applies=_responded,
        step=NextStep.TAPER,
        words="A response at the end of the series, well borne: space the sessions out and keep the dose.",
        source="clinical.md ADJ-5 [MIMS-MY-D]; [PHIL19]",
    ),
    AdjustmentRule(
        id="ADJ-2",
        applies=_troubled,
        step=NextStep.REDUCE,
        words="Better, but the session was hard to bear: one step less (an infusion may also run longer).",
        source="clinical.md ADJ-2 [MPR]; [RASM13]; design default",
    ),
    AdjustmentRule(
        id="ADJ-3",
        applies=_too_little,
        step=NextStep.INCREASE,
        words="Well borne with too little response: one step more, within the rails.",
        source="clinical.md ADJ-3 [AND-4]; design default",
    ),
    AdjustmentRule(
        id="ADJ-4",
        applies=_enough,
        step=NextStep.SAME,
        words="Well borne, and it helps: the same dose.",
        source="clinical.md ADJ-4, design default",
    ),
)
"""The rows in the order in which they are asked: what stops comes before what changes a dose."""


def suggested(after: AfterSession, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> Suggestion:
    """The next step, its dose within the rails, its rule and its source."""
    if after.tolerability is not Tolerability.SERIOUS and (missing := _missing(after, policy)):
        return Suggestion(
            rule_id="ADJ",
            step=NextStep.ASK,
            because=missing,
            source="clinical.md 1.9: unknown is never a pass",
        )
    for rule in TABLE:
        if rule.applies(after, policy):
            return _within_the_rails(rule, after, policy)
    return Suggestion(
        rule_id="ADJ",
        step=NextStep.DECIDE,
        because="No row of the table covers this session.",
        source="clinical.md 1.9",
    )


def _missing(after: AfterSession, policy: DosePolicy) -> str:
    if after.tolerability is Tolerability.NOT_KNOWN:
        return "How the last session was borne is not recorded."
    if after.fall_percent is None and after.session >= policy.judged_from_session:
        return "The primary scale has no score before the first dose, or none since."
    return ""


def _within_the_rails(rule: AdjustmentRule, after: AfterSession, policy: DosePolicy) -> Suggestion:
    plain = Suggestion(rule_id=rule.id, step=rule.step, because=rule.words, source=rule.source)
    if rule.step is NextStep.SAME or rule.step is NextStep.TAPER:
        return replace(plain, dose_mg=after.last.amount_mg)
    if rule.step not in (NextStep.REDUCE, NextStep.INCREASE):
        return plain
    amount_mg = _stepped_mg(after, rule.step, policy)
    following = _next_dose(after, amount_mg)
    met = guards(following, policy) if following is not None else []
    if following is None or hard_stops(met):
        because = f"{rule.words} The rails allow no such step from {after.last.amount_mg:g} mg."
        return replace(plain, step=NextStep.DECIDE, because=because)
    return replace(plain, dose_mg=amount_mg, rails=tuple(met))


def _stepped_mg(after: AfterSession, step: NextStep, policy: DosePolicy) -> float:
    last, up = after.last, step is NextStep.INCREASE
    if last.product in INJECTED:
        return _stepped_per_kg(after, step, policy)
    step_mg = in_units(last.product, policy).unit_mg if last.product in BY_MOUTH else 28.0
    return last.amount_mg + (step_mg if up else -step_mg)


def _stepped_per_kg(after: AfterSession, step: NextStep, policy: DosePolicy) -> float:
    rails, given = per_kilogram(after.last.product, policy), after.last.dose_mg_per_kg or 0.0
    if rails.rungs_mg_per_kg and step is NextStep.INCREASE:
        target = next_at_most_mg_per_kg(given, rails)
    elif rails.rungs_mg_per_kg:
        target = max((rung for rung in rails.rungs_mg_per_kg if rung < given - SAME_RUNG), default=0.0)
    else:
        target = given + (rails.step_mg_per_kg if step is NextStep.INCREASE else -rails.step_mg_per_kg)
    return floor(target * (after.dose_weight_kg or 0.0) * 10 + 1e-6) / 10


def _next_dose(after: AfterSession, amount_mg: float) -> PlannedDose | None:
    """The dose after the last one, a week on; None where nothing is left to give."""
    if amount_mg <= 0:
        return None
    last, weight_kg = after.last, after.dose_weight_kg
    return replace(
        last,
        number=last.number + 1,
        amount_mg=amount_mg,
        dose_mg_per_kg=round(amount_mg / weight_kg, 3) if weight_kg else last.dose_mg_per_kg,
        before=DoseBefore(amount_mg=last.amount_mg, dose_mg_per_kg=last.dose_mg_per_kg, days_since_rise=7.0),
    )
