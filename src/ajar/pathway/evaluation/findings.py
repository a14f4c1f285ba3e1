"""What a rule answers, what a finding carries, and how many findings become one outcome.

Precedence: CONTRAINDICATED > DEFER > NEEDS_INFORMATION > ELIGIBLE_WITH_CAUTION > ELIGIBLE
(clinical.md 3.1, which has no NEEDS_INFORMATION). A known stop stands whatever else may still turn up,
so it comes first; but nothing may be called eligible while a rule waits for an answer, so missing
information outranks both eligible classes. All reasons are kept, whichever class is reported.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ajar.pathway.evaluation.entries import FindingAccepted
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product


class Strength(StrEnum):
    """What a finding does when it stands (clinical.md 0.2)."""

    HARD_STOP = "hard_stop"  # nobody can accept it
    SOFT_STOP = "soft_stop"  # blocks until a prescriber accepts it with a reason and a signature
    CAUTION = "caution"  # goes on; the mitigation is recorded
    INFO = "info"  # shown only


class Verdict(StrEnum):
    """What a rule says about this candidate."""

    PASS = "pass"  # noqa: S105  # a verdict, not a secret
    STOP = "stop"
    PRECAUTION = "precaution"
    NEEDS_INFORMATION = "needs_information"

    @property
    def label(self) -> str:
        """The verdict as people say it."""
        return self.value.replace("_", " ").capitalize()


class Outcome(StrEnum):
    """The conclusion over all findings."""

    CONTRAINDICATED = "contraindicated"
    DEFER = "defer"
    NEEDS_INFORMATION = "needs_information"
    ELIGIBLE_WITH_CAUTION = "eligible_with_caution"
    ELIGIBLE = "eligible"

    @property
    def label(self) -> str:
        """The outcome as people say it."""
        return self.value.replace("_", " ")

    @property
    def severity(self) -> int:
        """0 for eligible; higher is more restrictive."""
        return PRECEDENCE.index(self)

    @property
    def is_eligible(self) -> bool:
        """May a plan be made?"""
        return self in (Outcome.ELIGIBLE, Outcome.ELIGIBLE_WITH_CAUTION)


PRECEDENCE: Final = (
    Outcome.ELIGIBLE,
    Outcome.ELIGIBLE_WITH_CAUTION,
    Outcome.NEEDS_INFORMATION,
    Outcome.DEFER,
    Outcome.CONTRAINDICATED,
)


class Standing(StrEnum):
    """On what a rule rests. Policy and design defaults are marked on the screen."""

    LABEL = "label"
    LITERATURE = "literature"
    POLICY = "programme policy"
    DESIGN_DEFAULT = "design default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One answer of one rule: the verdict, in plain words, and the datum it stands on.

    `effect` is the outcome a stop leads to. `datum` says what was looked at, `recorded_at` when that was
    recorded and `happened_at` when it was so; both None where nothing was recorded.
    """

    verdict: Verdict
    strength: Strength
    because: str
    effect: Outcome = Outcome.ELIGIBLE
    datum: str = ""
    happened_at: datetime | None = None
    recorded_at: datetime | None = None
    until: str = ""
    fill_in: str = ""  # where a missing datum is entered: a section, or "history-" and a question
    conflict: str = ""
    standing: Standing | None = None  # where it differs from the rule's own


VERDICTS_ON_A_PAGE: Final = (
    Verdict.STOP,
    Verdict.NEEDS_INFORMATION,
    Verdict.PRECAUTION,
    Verdict.PASS,
)
STRENGTHS_ON_A_PAGE: Final = (Strength.HARD_STOP, Strength.SOFT_STOP, Strength.CAUTION, Strength.INFO)


def versions_of(rulebook_version: str, policy_version: str) -> str:
    """Both versions in one line; the rulebook's alone where there is no policy."""
    return f"{rulebook_version}; {policy_version}" if policy_version else rulebook_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A ruling with the rule it came from, and who accepted it, if someone did."""

    rule_id: str
    title: str
    ruling: Ruling
    standing: Standing
    source: str
    verified: bool
    product: Product
    jurisdiction: Jurisdiction
    rulebook_version: str
    policy_version: str = ""  # of the clinic's configuration; "" where a rule has none
    accepted: FindingAccepted | None = None
    accepted_by: str = ""
    accepted_at: datetime | None = None

    @property
    def produced_by(self) -> str:
        """The version that an acceptance of it keeps: of the rulebook, and of what the clinic has set."""
        return versions_of(self.rulebook_version, self.policy_version)

    @property
    def verdict(self) -> Verdict:
        """What the rule says."""
        return self.ruling.verdict

    @property
    def strength(self) -> Strength:
        """What it does when it stands."""
        return self.ruling.strength

    @property
    def datum_key(self) -> str:
        """The datum in a form that changes whenever something newer is recorded in its place."""
        recorded_at = self.ruling.recorded_at
        return f"{self.ruling.datum}|{recorded_at.isoformat() if recorded_at else ''}"

    @property
    def is_shown_only(self) -> bool:
        """A remark: it blocks no signature and changes no outcome (strength INFO, clinical.md 0.2).

        Missing information never is one, whatever its strength: unknown is never a pass.
        """
        return self.strength is Strength.INFO and self.verdict is Verdict.PRECAUTION

    @property
    def counts(self) -> bool:
        """Neither a pass nor a remark, accepted or not: it belongs into the signed conclusion."""
        return self.verdict is not Verdict.PASS and not self.is_shown_only

    @property
    def stands(self) -> bool:
        """Not a pass, more than a remark, and nobody has accepted it."""
        return self.counts and self.accepted is None

    @property
    def acceptable(self) -> bool:
        """May a prescriber accept it with a reason?

        A HARD_STOP never. Missing information must be supplied, not accepted; the one exception is a
        medicine that the list does not know, which a prescriber can look up (strength INFO).
        """
        if self.verdict is Verdict.NEEDS_INFORMATION:
            return self.strength is Strength.INFO
        return self.verdict is not Verdict.PASS and self.strength in (Strength.SOFT_STOP, Strength.CAUTION)

    @property
    def is_hard_stop(self) -> bool:
        """A stop that nobody can accept."""
        return self.verdict is Verdict.STOP and self.strength is Strength.HARD_STOP

    @property
    def needs_checking(self) -> bool:
        """Has nobody read the source yet?"""
        return not self.verified

    @property
    def effect(self) -> Outcome:
        """The outcome this finding alone leads to."""
        if self.verdict is Verdict.PASS or self.is_shown_only:
            return Outcome.ELIGIBLE
        if self.accepted is not None or self.verdict is Verdict.PRECAUTION:
            return Outcome.ELIGIBLE_WITH_CAUTION
        return Outcome.NEEDS_INFORMATION if self.verdict is Verdict.NEEDS_INFORMATION else self.ruling.effect

    @property
    def page_order(self) -> tuple[int, int, str]:
        """What stops comes first, then what is missing, then precautions; the strongest first in each."""
        verdict = VERDICTS_ON_A_PAGE.index(self.verdict)
        return (verdict, STRENGTHS_ON_A_PAGE.index(self.strength), self.rule_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every rule's answer, passes too, and the one outcome."""

    product: Product
    jurisdiction: Jurisdiction
    rulebook_version: str
    judged_at: datetime
    findings: tuple[Finding, ...]
    indication: Indication | None = None
    payer: str = ""
    policy_version: str = ""

    @property
    def produced_by(self) -> str:
        """The version that a signature under it keeps: of the rulebook, and of what the clinic has set."""
        return versions_of(self.rulebook_version, self.policy_version)

    @property
    def outcome(self) -> Outcome:
        """The most restrictive effect of any finding."""
        return max((finding.effect for finding in self.findings), key=lambda effect: effect.severity)

    @property
    def standing(self) -> tuple[Finding, ...]:
        """What nobody has accepted yet, the most pressing first."""
        return tuple(sorted((f for f in self.findings if f.stands), key=lambda f: f.page_order))

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What stops and nobody has accepted, the most pressing first."""
        return tuple(f for f in self.standing if f.verdict is Verdict.STOP)

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What is not known yet: the worklist of this candidate."""
        return tuple(f for f in self.standing if f.verdict is Verdict.NEEDS_INFORMATION)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What is only shown."""
        return tuple(f for f in self.findings if f.is_shown_only)

    @property
    def to_accept(self) -> tuple[Finding, ...]:
        """Precautions that someone must accept before an eligible outcome can be signed."""
        return tuple(f for f in self.standing if f.verdict is Verdict.PRECAUTION)

    @property
    def why_not_signable(self) -> str:
        """Why this judgement cannot be signed yet; empty when it can.

        A stop can be signed: that somebody is not a candidate is a conclusion too.
        """
        if self.outcome is Outcome.NEEDS_INFORMATION:
            waiting = len(self.missing)
            return f"Information is missing for {waiting} rule{'s' if waiting != 1 else ''}."
        if self.outcome.is_eligible and self.to_accept:
            named = ", ".join(dict.fromkeys(f.rule_id for f in self.to_accept))
            return f"Accept each precaution with a reason first: {named}."
        return ""

    def summary(self) -> str:
        """One line for the signed entry."""
        stood = ", ".join(dict.fromkeys(f.rule_id for f in self.findings if f.counts))
        return f"{self.outcome.label.capitalize()}. Findings: {stood or 'none'}."
