"""What an interaction is, and judging a list of medicines by one (clinical.md 3.9).

An interaction holds for ingredients or classes, for products of ketamine, and where it matters for the
route of the other medicine. Rules go by drug and route, never by class alone (traps 23 and 24).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.formulary.ingredient import DrugClass, MedicineRoute
from ajar.pathway.evaluation.formulary.route import route_of
from ajar.pathway.evaluation.interaction_policy import InteractionPolicy, Severity
from ajar.pathway.evaluation.medicines import Recognised, recognise
from ajar.pathway.evaluation.products import ALL_PRODUCTS, Product, Setting
from ajar.pathway.evaluation.rules.rule import Judge, Rule
from ajar.pathway.patients.facts import MedicationRecorded


class Evidence(StrEnum):
    """What an interaction rests on (clinical.md 3.9)."""

    L = "label"
    R = "randomised or crossover study"
    O = "observational"  # noqa: E741  # the letter of the source
    S = "systematic review"
    G = "general knowledge"


class Taken(StrEnum):
    """By which route of the other medicine an interaction holds."""

    ANY = "any route"
    WITHIN = "any but eye, ear and skin"
    NASAL = "into the nose"


STRENGTHS: Final = {
    Severity.X: Strength.HARD_STOP,
    Severity.D: Strength.CAUTION,
    Severity.C: Strength.CAUTION,
    Severity.B: Strength.INFO,
}
VERDICTS: Final = {
    Severity.X: Verdict.STOP,
    Severity.D: Verdict.PRECAUTION,
    Severity.C: Verdict.PRECAUTION,
    Severity.B: Verdict.PASS,  # shown, and asks for nothing
}
EFFECTS: Final = {
    Severity.X: Outcome.DEFER,
    Severity.D: Outcome.ELIGIBLE_WITH_CAUTION,
    Severity.C: Outcome.ELIGIBLE_WITH_CAUTION,
    Severity.B: Outcome.ELIGIBLE,
}
LOCAL: Final = frozenset({MedicineRoute.EYE, MedicineRoute.EAR, MedicineRoute.SKIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One row: with what, for which products, how it is taken, what happens, and what to do.

    `size` is what was measured, in words. `standing` says on what this row rests. `set_by` names the
    field of InteractionPolicy that sets the severity; empty where no clinic may.
    """

    id: str
    title: str
    severity: Severity
    evidence: tuple[Evidence, ...]
    effect: str
    action: str
    source: str
    standing: Standing
    ingredients: frozenset[str] = frozenset()
    classes: frozenset[DrugClass] = frozenset()
    products: frozenset[Product] = ALL_PRODUCTS
    taken: Taken = Taken.ANY
    size: str = ""
    until: str = ""
    set_by: str = ""

    @property
    def because(self) -> str:
        """The row in words, with its severity."""
        size = f" ({self.size})" if self.size else ""
        return f"{self.effect}{size}. {self.action} Severity {self.severity.name}: {self.severity.value}."

    def under(self, policy: InteractionPolicy) -> "Interaction":
        """The row as a clinic has set it."""
        return replace(self, severity=getattr(policy, self.set_by)) if self.set_by else self

    def names(self, recognised: Recognised) -> bool:
        """Is this medicine one of those that the row is about?"""
        return not (
            self.ingredients.isdisjoint(recognised.ingredients)
            and self.classes.isdisjoint(recognised.classes)
        )


def rule_of(rows: Sequence[Interaction], *, verified: bool) -> Rule:
    """The rule that these rows make together: the same id, each row for products of its own.

    Raises:
        ValueError: the rows are of several ids, or two are for the same product.
    """
    by_product = {product: row for row in rows for product in row.products}
    if len({row.id for row in rows}) != 1 or len(by_product) != sum(len(row.products) for row in rows):
        raise ValueError("The rows of a rule have one id, and one row for each product.")
    return Rule(
        id=rows[0].id,
        title=rows[0].title,
        source=source_of(rows),
        reads=frozenset({"medicines"}),
        judge=_judge(by_product),
        standing=rows[0].standing,
        verified=verified,
        products=frozenset(by_product),
    )


def source_of(rows: Sequence[Interaction]) -> str:
    """Where the rows come from, how severe each is, and on what kind of evidence."""
    severities = "/".join(dict.fromkeys(row.severity.name for row in rows))
    evidence = ", ".join(dict.fromkeys(kind.value for row in rows for kind in row.evidence))
    sources = "; ".join(dict.fromkeys(row.source for row in rows))
    return f"clinical.md {rows[0].id}, severity {severities}, {evidence}: {sources}"


def _judge(by_product: dict[Product, Interaction]) -> Judge:
    def judge(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
        row = by_product[setting.product].under(setting.policy.interactions)
        taken = candidate.active_medicines()
        return tuple(_hits(row, taken)) or clear(STRENGTHS[row.severity], len(taken))

    return judge


def _hits(row: Interaction, taken: Sequence[Fact[MedicationRecorded]]) -> Iterable[Ruling]:
    for fact in taken:
        if not row.names(recognise(fact.payload.medicine)):
            continue
        route = route_of(fact.payload) if row.taken is not Taken.ANY else None
        if row.taken is Taken.NASAL and route is None:
            yield _route_unknown(row, fact)
        elif row.taken is Taken.ANY or _reaches(row.taken, route):
            yield _hit(row, fact)


def _reaches(taken: Taken, route: MedicineRoute | None) -> bool:
    """Does a medicine taken so take part? By an unknown route it may."""
    return route is MedicineRoute.NOSE if taken is Taken.NASAL else route not in LOCAL


def _hit(row: Interaction, fact: Fact[MedicationRecorded]) -> Ruling:
    return Ruling(
        verdict=VERDICTS[row.severity],
        strength=STRENGTHS[row.severity],
        effect=EFFECTS[row.severity],
        because=row.because,
        datum=fact.payload.medicine.display,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        until=row.until,
        standing=row.standing,
    )


def _route_unknown(row: Interaction, fact: Fact[MedicationRecorded]) -> Ruling:
    return Ruling(
        verdict=Verdict.NEEDS_INFORMATION,
        strength=STRENGTHS[row.severity],
        because="It is not recorded how this is taken, and that decides.",
        datum=fact.payload.medicine.display,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        until="Record how it is taken: into the nose, inhaled, or another way.",
        standing=row.standing,
    )


@lru_cache(maxsize=256)
def clear(strength: Strength, count: int) -> tuple[Ruling, ...]:
    """The answer when none of so many medicines is concerned."""
    return (
        Ruling(
            verdict=Verdict.PASS,
            strength=strength,
            because="Not among the recorded medicines.",
            datum=f"{count} medicine{'s' if count != 1 else ''} recorded",
        ),
    )
