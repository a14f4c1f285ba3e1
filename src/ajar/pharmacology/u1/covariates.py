"""What a person's liver and other medicines do to U1, as far as somebody printed a size.

A medicine acts on swallowed ketamine's first pass and on clearance; one by the nose or by injection meets
clearance alone. Where the sources print a direction and no size, nothing is adjusted and the course says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.person import ChildPugh, InteractingMedicine, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """Areas under the curve of S-ketamine with a medicine over those without, as printed for a route.

    None: no size is printed for that route. Only areas are matched: U1 has no peak or half-life of its own
    for a medicine (grapefruit juice: half-life +24 %; peaks in clinical.md DDI-13, 16 and 18).
    """

    swallowed_area_ratio: Estimate
    injected_area_ratio: Estimate | None

    @property
    def clearance_factor(self) -> float:
        """What clearance is multiplied by: it alone decides the area of what is injected."""
        return 1.0 / self.injected_area_ratio.value if self.injected_area_ratio else 1.0

    @property
    def first_pass_factor(self) -> float:
        """What the share that passes the liver is multiplied by; with the clearance it makes that area."""
        return self.swallowed_area_ratio.value * self.clearance_factor


def _printed(value: float, source: str) -> Estimate:
    return Estimate(value=value, unit="1", source=f"clinical.md {source}", tag=Tag.A)


INTERACTIONS: Final[Mapping[InteractingMedicine, Interaction]] = MappingProxyType(
    {
        InteractingMedicine.CLARITHROMYCIN: Interaction(
            swallowed_area_ratio=_printed(2.6, "DDI-13: pubmed 19897389"), injected_area_ratio=None
        ),
        InteractingMedicine.ITRACONAZOLE: Interaction(
            swallowed_area_ratio=_printed(1.0, "DDI-14: doi:10.1038/clpt.2011.140"), injected_area_ratio=None
        ),
        InteractingMedicine.TICLOPIDINE: Interaction(
            swallowed_area_ratio=_printed(2.4, "DDI-15: doi:10.1038/clpt.2011.140"), injected_area_ratio=None
        ),
        InteractingMedicine.GRAPEFRUIT_JUICE: Interaction(
            swallowed_area_ratio=_printed(3.0, "DDI-16: doi:10.1007/s00228-012-1214-9"),
            injected_area_ratio=None,
        ),
        InteractingMedicine.RIFAMPICIN: Interaction(
            swallowed_area_ratio=_printed(0.14, "DDI-17, -86 %: doi:10.1111/j.1742-7843.2012.00908.x"),
            injected_area_ratio=_printed(0.86, "DDI-17, -14 %: doi:10.1111/j.1742-7843.2012.00908.x"),
        ),
        InteractingMedicine.ST_JOHNS_WORT: Interaction(
            swallowed_area_ratio=_printed(0.42, "DDI-18, -58 %: SJW12"), injected_area_ratio=None
        ),
    }
)
"""Medicines with a printed size, all measured with S-ketamine."""

EXPECTED: Final[Mapping[InteractingMedicine, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                InteractingMedicine.CARBAMAZEPINE,
                InteractingMedicine.PHENYTOIN,
                InteractingMedicine.PHENOBARBITAL,
                InteractingMedicine.EFAVIRENZ,
            ),
            "lower",
        ),
        **dict.fromkeys(
            (
                InteractingMedicine.CLOPIDOGREL,
                InteractingMedicine.SERTRALINE,
                InteractingMedicine.PAROXETINE,
                InteractingMedicine.RITONAVIR,
                InteractingMedicine.COBICISTAT,
                InteractingMedicine.KETOCONAZOLE,
            ),
            "raise",
        ),
    }
)
"""Medicines of which only a direction is expected (clinical.md DDI-19 and DDI-20, general knowledge)."""

NOTHING: Final = Interaction(
    swallowed_area_ratio=Estimate(value=1.0, unit="1", source="clinical.md 3: no such medicine", tag=Tag.H),
    injected_area_ratio=None,
)

LIVER_NOTES: Final[Mapping[ChildPugh, str]] = MappingProxyType(
    {
        ChildPugh.A: "Child-Pugh A: the sources print nothing for it; nothing is adjusted.",
        ChildPugh.B: "Child-Pugh B: area and half-life are higher (label, clinical.md POP-7); the sources "
        "print no size, and nothing is adjusted.",
        ChildPugh.C: "Child-Pugh C was not studied (label, clinical.md POP-8); U1 does not answer for it.",
    }
)
"""What is said of each class."""


def refusal(person: Person) -> str | None:
    """Why U1 has no ground to answer for this person; None where it has."""
    if person.child_pugh is ChildPugh.C:
        return LIVER_NOTES[ChildPugh.C]
    sized = _sized(person)
    if len(sized) > 1:
        return f"The effect of {' and '.join(sized)} together is not in the sources; U1 knows each alone."
    return None


def interaction_of(person: Person) -> Interaction:
    """The one interaction of a printed size that this person has, or one that changes nothing.

    Raises:
        ValueError: there are several, or the liver is one nobody studied.
    """
    because = refusal(person)
    if because is not None:
        raise ValueError(because)
    sized = _sized(person)
    return INTERACTIONS[sized[0]] if sized else NOTHING


def notes(person: Person) -> tuple[str, ...]:
    """What was adjusted for the liver and other medicines, and what was not, in words."""
    liver = (LIVER_NOTES[person.child_pugh],) if person.child_pugh else ()
    return liver + tuple(_said_of(medicine) for medicine in sorted(person.interacting_medicines or ()))


def _sized(person: Person) -> list[InteractingMedicine]:
    return sorted(medicine for medicine in person.interacting_medicines or () if medicine in INTERACTIONS)


def _said_of(medicine: InteractingMedicine) -> str:
    name = f"{medicine[0].upper()}{medicine[1:]}"
    if medicine in EXPECTED:
        return (
            f"{name}: expected to {EXPECTED[medicine]} ketamine, swallowed most; the sources print no size, "
            "and nothing is adjusted."
        )
    known = INTERACTIONS[medicine]
    injected = known.injected_area_ratio
    elsewhere = (
        f"any other way x{injected.value:g}"
        if injected
        else "any other way the sources print no size, and nothing is adjusted"
    )
    return (
        f"{name}: area of swallowed S-ketamine x{known.swallowed_area_ratio.value:g}; "
        f"{elsewhere}; R-ketamine was not measured and is not adjusted "
        f"({known.swallowed_area_ratio.source})."
    )
