"""What a rule is, and the commonest kind of one: a concept that stops, defers or cautions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import Concept, Evidence, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.policy import Exclusion
from ajar.pathway.evaluation.products import (
    ALL_JURISDICTIONS,
    ALL_PRODUCTS,
    Indication,
    Jurisdiction,
    Product,
    Setting,
)

Judge = Callable[[Candidate, Setting], tuple[Ruling, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One concept, its source, what it reads, and its answer.

    `reads` names fields of a Candidate. `covers` names further ids of clinical.md that this rule answers.
    `indications` None: for any, also where nobody has said yet what the treatment is for.
    """

    id: str
    title: str
    source: str
    reads: frozenset[str]
    judge: Judge
    standing: Standing = Standing.LITERATURE
    verified: bool = True
    products: frozenset[Product] = ALL_PRODUCTS
    jurisdictions: frozenset[Jurisdiction] = ALL_JURISDICTIONS
    indications: frozenset[Indication | None] | None = None
    covers: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of clinical.md that this rule answers, its own first."""
        return (self.id, *self.covers)

    def applies(self, setting: Setting) -> bool:
        """Has this rule anything to say about the product, the law and the purpose?"""
        return (
            setting.product in self.products
            and setting.jurisdiction in self.jurisdictions
            and (self.indications is None or setting.indication in self.indications)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """What a concept leads to when it holds, and how it reads."""

    yes: str
    no: str
    strength: Strength
    effect: Outcome
    until: str = ""
    standing: Standing | None = None


StopFor = Callable[[Setting], Stop]

NEEDS: Final = {
    Holds.MISSING: "Not asked yet: {question}",
    Holds.UNKNOWN: "The answer is not known: {question}",
    Holds.STALE: "The answer is too old to rely on: {question}",
}


def concept_rule(
    *,
    id: str,  # noqa: A002  # the word that the rule book uses
    title: str,
    concept: Concept,
    source: str,
    stop_for: StopFor,
    standing: Standing = Standing.LITERATURE,
    verified: bool = True,
    products: frozenset[Product] = ALL_PRODUCTS,
    covers: tuple[str, ...] = (),
) -> Rule:
    """A rule that stands on one concept: a history answer or a recorded condition."""

    def judge(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
        return (ruling_on(concept.look_up(candidate, setting.now), concept, stop_for(setting)),)

    return Rule(
        id=id,
        title=title,
        source=source,
        reads=frozenset({"answers", "conditions"}),
        judge=judge,
        standing=standing,
        verified=verified,
        products=products,
        covers=covers,
    )


def ruling_on(evidence: Evidence, concept: Concept, stop: Stop) -> Ruling:
    """The ruling that evidence for or against a concept leads to."""
    if evidence.holds is Holds.YES:
        verdict = Verdict.PRECAUTION if stop.strength is Strength.CAUTION else Verdict.STOP
        because, until = stop.yes, stop.until
    elif evidence.holds is Holds.NO:
        verdict, because, until = Verdict.PASS, stop.no, ""
    else:
        verdict = Verdict.NEEDS_INFORMATION
        because = NEEDS[evidence.holds].format(question=concept.question.wording)
        until = "Ask the question."
    return Ruling(
        verdict=verdict,
        strength=stop.strength,
        effect=stop.effect if verdict is Verdict.STOP else Outcome.ELIGIBLE,
        because=because,
        datum=evidence.datum,
        happened_at=evidence.happened_at,
        recorded_at=evidence.recorded_at,
        until=until,
        fill_in=f"history-{concept.question_id}",
        conflict=evidence.conflict,
        standing=stop.standing,
    )


def always(stop: Stop) -> StopFor:
    """The same for every product and jurisdiction."""
    return lambda _setting: stop


def by_policy(exclusion: Exclusion, stop: Stop, *, specialist: str) -> Stop:
    """A stop as strong as the clinic has decided where the sources disagree.

    `stop` says what is said when it is excluded; `specialist` who signs off first where it is not.
    """
    if exclusion is Exclusion.EXCLUDE:
        return replace(stop, strength=Strength.HARD_STOP, effect=Outcome.CONTRAINDICATED)
    if exclusion is Exclusion.SPECIALIST:
        until = f"Until {specialist} has signed off."
        return replace(stop, strength=Strength.SOFT_STOP, effect=Outcome.DEFER, until=until)
    return replace(stop, strength=Strength.CAUTION, effect=Outcome.ELIGIBLE_WITH_CAUTION, until="")
