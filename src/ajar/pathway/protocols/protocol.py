"""What a condition's protocol says: its measure, its evidence, its schedule and its cautions (clinical.md 7).

Instruments are named by id only; `instruments` holds them. A protocol informs the plan; its gate says whether
a course for this condition may be ordered at all.
"""

from dataclasses import dataclass
from enum import StrEnum

from ajar.pathway.evaluation.evidence import Grade
from ajar.pathway.evaluation.products import Indication, Product


class Access(StrEnum):
    """May a course be ordered for this condition?"""

    DIRECT = "direct"
    THROUGH_ANOTHER = "only with another condition that is treated"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One instrument of a protocol, by its id, and how often it is asked, in days."""

    instrument: str
    every_days: int
    source: str
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One finding in our words."""

    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """One condition.

    `primary` lists instruments in order of preference; the first that has a baseline is the primary one.
    `typical` products stand in the condition's schedule; others ask for a reason.
    `softened` is what patient text says instead of the claim of the programme's own pages.
    """

    id: str
    indications: tuple[Indication, ...]
    name: str
    access: Access
    primary: tuple[Measure, ...]
    secondary: tuple[Measure, ...]
    grade: Grade
    evidence: tuple[Evidence, ...]
    schedule: str
    typical: frozenset[Product]
    cautions: tuple[str, ...]
    softened: str
    source: str
    policy: str = ""  # what the programme decides beyond the evidence, said as policy
