"""What is decided and done in the long run: tapering, stopping, why so often, and surveillance."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ajar.pathway.ledger.payload import Payload, entry_kind, said


class StopReason(StrEnum):
    """Why treatment ends, as a coded list: a design default over the reasons of clinical.md 1.9 and 3.3.

    The value is what entries carry and never changes.
    """

    REMISSION_HELD = "remission_held"
    TAPERED_OUT = "tapered_out"
    NO_BENEFIT = "no_benefit"
    LOST_BENEFIT = "lost_benefit"
    ADVERSE_EFFECT = "adverse_effect"
    BLADDER = "bladder"
    LIVER = "liver"
    COGNITION = "cognition"
    MISUSE = "misuse"
    FREQUENCY_CEILING = "frequency_ceiling"
    CONTRAINDICATION = "contraindication"
    PREGNANCY = "pregnancy"
    PATIENT_CHOICE = "patient_choice"
    COST_OR_ACCESS = "cost_or_access"
    LOST_TO_FOLLOW_UP = "lost_to_follow_up"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it."""
        return STOP_REASONS[self][0]

    @property
    def source(self) -> str:
        """The rule that the reason stands on."""
        return STOP_REASONS[self][1]


STOP_REASONS = {
    StopReason.REMISSION_HELD: ("Remission held, no longer needed", "SPR-T10 [MIMS-HK]; SPR-T5"),
    StopReason.TAPERED_OUT: ("Tapered out as planned", "ADJ-5 [MIMS-MY-D]; [PHIL19]"),
    StopReason.NO_BENEFIT: ("No benefit from the planned series", "IV-18, SPR-T3, ADJ-6"),
    StopReason.LOST_BENEFIT: ("Benefit lost, and not regained", "IV-19, evidence.md 2.6"),
    StopReason.ADVERSE_EFFECT: ("Adverse effect", "ADJ-1"),
    StopReason.BLADDER: ("Urinary symptoms", "CA-15 [BPICSS]"),
    StopReason.LIVER: ("Raised liver enzymes", "CA-10 [KETALAR-INP]"),
    StopReason.COGNITION: ("Cognitive decline", "LAB-10"),
    StopReason.MISUSE: ("Misuse, or signs of it", "LAB-2 [LOPEZ]"),
    StopReason.FREQUENCY_CEILING: ("Needed too often", "IV-17 [LOPEZ] (secondary)"),
    StopReason.CONTRAINDICATION: ("A new contraindication", "clinical.md 3.2"),
    StopReason.PREGNANCY: ("Pregnancy, or planning one", "CI-09"),
    StopReason.PATIENT_CHOICE: ("The patient's decision", "design default"),
    StopReason.COST_OR_ACCESS: ("Cost, cover, or the way here", "design default"),
    StopReason.LOST_TO_FOLLOW_UP: ("Did not come back", "design default"),
    StopReason.OTHER: ("Something else, as written", "design default"),
}
"""Each reason's words and the rule or source it stands on."""


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceStopped(Payload):
    """Treatment with a product ends here, and why. `words` says more; for OTHER they are needed."""

    KIND: ClassVar[str] = "maintenance.stopped"

    product: str
    reason: StopReason
    words: str

    def __post_init__(self) -> None:
        said("product", self.product)
        if self.reason is StopReason.OTHER:
            said("words for another reason", self.words)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalSet(Payload):
    """The prescriber sets the days between doses: a taper (ADJ-5), a step back (SPR-T9) or the same (SPR-T5).

    `because` justifies the frequency; it is asked for again after a while.
    """

    KIND: ClassVar[str] = "maintenance.interval-set"

    product: str
    interval_days: int
    because: str
    rulebook_version: str

    def __post_init__(self) -> None:
        said("product", self.product)
        said("because", self.because)
        if not 1 <= self.interval_days <= 366:
            raise ValueError(f"The days between doses must be 1 to 366, got {self.interval_days}.")


class SurveillanceResult(StrEnum):
    """How a long-term check came out."""

    CLEAR = "clear"
    CONCERN = "concern"
    DECLINED = "declined"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class SurveillanceDone(Payload):
    """A long-term check was done (or declined). `check` is its id, such as "bladder"."""

    KIND: ClassVar[str] = "surveillance.done"

    check: str
    done_on: date
    result: SurveillanceResult
    words: str
    rulebook_version: str

    def __post_init__(self) -> None:
        said("check", self.check)
        if self.result is not SurveillanceResult.CLEAR:
            said("words for a concern or a refusal", self.words)


class MisuseSign(StrEnum):
    """A sign of misuse that someone noticed (clinical.md LAB-2; features.md H19)."""

    EXTRA_REQUEST = "extra_request"
    EARLY_REFILL = "early_refill"
    LOST_SUPPLY = "lost_supply"
    OTHER_SOURCE = "other_source"
    UNEXPLAINED_SCREEN = "unexplained_screen"

    @property
    def label(self) -> str:
        """The sign as people say it."""
        return MISUSE_SIGNS[self]


MISUSE_SIGNS = {
    MisuseSign.EXTRA_REQUEST: "Asked for an extra or earlier dose",
    MisuseSign.EARLY_REFILL: "Asked for a refill early",
    MisuseSign.LOST_SUPPLY: "Reported a supply as lost or stolen",
    MisuseSign.OTHER_SOURCE: "Ketamine from another source",
    MisuseSign.UNEXPLAINED_SCREEN: "A drug screen that nothing explains",
}


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class MisuseSignNoted(Payload):
    """A sign was noticed on a day. It accuses nobody: several within a while are talked about."""

    KIND: ClassVar[str] = "surveillance.misuse-sign"

    sign: MisuseSign
    noticed_on: date
    words: str
