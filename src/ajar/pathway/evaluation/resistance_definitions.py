"""When depression counts as treatment-resistant: one row for each payer and day it holds from (3.8).

The label's definition is the row without a payer; a payer that is not listed is judged by it, and the
finding says so. The dates are those of the documents that were read, not of any contract: verify.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ResistanceDefinition:
    """How many trials, how long each, whose, and since when.

    `phq9_at_least` None: no score is asked for. `this_episode_only`: trials of earlier episodes are not
    counted. `adequate_weeks` are weeks at an adequate dose.
    """

    rule_id: str
    payer: str
    valid_from: date
    trials_needed: int
    adequate_weeks: float
    this_episode_only: bool
    phq9_at_least: int | None
    source: str
    verified: bool

    def __post_init__(self) -> None:
        if self.trials_needed < 1 or self.adequate_weeks <= 0:
            raise ValueError(
                f"{self.rule_id} for {self.payer or 'the label'}: trials_needed must be at least 1 and "
                f"adequate_weeks above 0, got {self.trials_needed} and {self.adequate_weeks}."
            )

    @property
    def words(self) -> str:
        """The definition in one line."""
        episode = " in this episode" if self.this_episode_only else ""
        scored = f", and a PHQ-9 of {self.phq9_at_least} or more" if self.phq9_at_least is not None else ""
        return (
            f"{self.trials_needed} different antidepressants, at least {self.adequate_weeks:g} weeks each "
            f"at an adequate dose, without response{episode}{scored}"
        )


LABEL_PAYER: Final = ""

DEFINITIONS: Final = (
    ResistanceDefinition(
        rule_id="TRD-1",
        payer=LABEL_PAYER,
        valid_from=date(2019, 3, 1),
        trials_needed=2,
        adequate_weeks=4,
        this_episode_only=True,
        phq9_at_least=None,
        source="TRD-1 [EUSPC25 4.1]; [RPA24]; [APPR-OM]; 4 weeks: TRD-3, from general knowledge, verify",
        verified=True,
    ),
    ResistanceDefinition(
        rule_id="TRD-1",
        payer="commercial",
        valid_from=date(2019, 3, 1),
        trials_needed=2,
        adequate_weeks=6,
        this_episode_only=True,
        phq9_at_least=None,
        source="TRD-1, with the 6 weeks that payers often ask for: TRD-3, from general knowledge, verify",
        verified=False,
    ),
    ResistanceDefinition(
        rule_id="TRD-2",
        payer="VA",
        valid_from=date(2019, 3, 1),
        trials_needed=4,
        adequate_weeks=4,
        this_episode_only=False,
        phq9_at_least=15,
        source="TRD-2 [VA-HM] (secondary), CONFLICT with TRD-1 (trap 30); weeks: TRD-3, verify",
        verified=False,
    ),
)
"""Oldest first for each payer. A new row is added with its day; an old one is never edited."""


def definition_for(
    payer: str, day: date, definitions: Sequence[ResistanceDefinition] = DEFINITIONS
) -> ResistanceDefinition:
    """The newest definition of this payer that holds on `day`; the label's where the payer has none.

    Raises:
        LookupError: not even the label's definition holds on that day.
    """
    asked = payer.strip().casefold()
    for wanted in (asked, LABEL_PAYER):
        held = [row for row in definitions if row.payer.casefold() == wanted and row.valid_from <= day]
        if held:
            return max(held, key=lambda row: row.valid_from)
    raise LookupError(f"No definition of treatment resistance holds on {day.isoformat()}; add a row.")


def payers(definitions: Sequence[ResistanceDefinition] = DEFINITIONS) -> tuple[str, ...]:
    """The payers that have a definition of their own, in the table's order."""
    return tuple(dict.fromkeys(row.payer for row in definitions if row.payer != LABEL_PAYER))
