"""What a sender of FHIR is told: an OperationOutcome for each Observation, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

RECORDED: Final = "Recorded."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The answer to one Observation: its HTTP status, an issue code of FHIR (IssueType), and words."""

    status: int
    code: str
    words: str

    @property
    def severity(self) -> str:
        """How bad it is: recorded, held for a person, or refused."""
        if self.status >= 400:
            return "error"
        return "warning" if self.status == 202 else "information"


def operation_outcome(told: Told) -> dict[str, Any]:
    """The answer as a resource."""
    issue = {"severity": told.severity, "code": told.code, "diagnostics": told.words}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def batch_response(every: Sequence[Told]) -> dict[str, Any]:
    """The answers to a batch, in the order of its entries."""
    entries = [
        {"response": {"status": str(told.status), "outcome": operation_outcome(told)}} for told in every
    ]
    return {"resourceType": "Bundle", "type": "batch-response", "entry": entries}
