"""All nine conditions, and whether a course may be ordered for one (clinical.md 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.findings import Standing, Strength
from ajar.pathway.evaluation.products import Indication, Product
from ajar.pathway.protocols.anxieties import ANXIETY, OCD, PTSD
from ajar.pathway.protocols.moods import DEPRESSION, SUICIDALITY
from ajar.pathway.protocols.others import ADHD, BORDERLINE, EATING, PSYCHOSIS
from ajar.pathway.protocols.protocol import Access, Protocol

PROTOCOLS: Final = (DEPRESSION, SUICIDALITY, ANXIETY, PTSD, OCD, BORDERLINE, EATING, ADHD, PSYCHOSIS)
PROTOCOL_FOR: Final[Mapping[Indication, Protocol]] = MappingProxyType(
    {indication: protocol for protocol in PROTOCOLS for indication in protocol.indications}
)

LABELS: Final[Mapping[Indication, str]] = MappingProxyType(
    {indication: protocol.name for indication, protocol in PROTOCOL_FOR.items()}
    | {Indication.MDSI: "Depression with acute suicidal thoughts or behaviour"}
)
"""The indications as they are chosen on a form."""

ONLY_WITH_ANOTHER: Final = (
    "{name}: not treated by itself. Choose the condition beside it, whose scale and schedule then count."
)
NOT_TYPICAL: Final = "{name}: {product} is not in its schedule; say why it is chosen."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionGate:
    """One reason that a protocol holds against a course."""

    rule_id: str
    strength: Strength
    because: str
    source: str
    standing: Standing


def why_not_for(indication: Indication, product: Product) -> tuple[ConditionGate, ...]:
    """What the condition's protocol holds against a course of this product; empty where nothing does."""
    protocol = PROTOCOL_FOR[indication]
    if protocol.access is Access.EXCLUDED:
        return (_gate(protocol, Strength.HARD_STOP, f"{protocol.name}: {protocol.policy}"),)
    if protocol.access is Access.THROUGH_ANOTHER:
        words = ONLY_WITH_ANOTHER.format(name=protocol.name)
        return (_gate(protocol, THROUGH_ANOTHER[indication], words),)
    if product not in protocol.typical:
        words = NOT_TYPICAL.format(product=product.label, name=protocol.name)
        return (_gate(protocol, Strength.SOFT_STOP, words),)
    return ()


THROUGH_ANOTHER: Final[Mapping[Indication, Strength]] = MappingProxyType(
    {
        Indication.ADHD: Strength.HARD_STOP,  # an ADHD-only request is not indicated (row 8)
        Indication.BORDERLINE: Strength.SOFT_STOP,
        Indication.EATING: Strength.SOFT_STOP,
    }
)
"""A reason names the depression beside it (rows 6, 7); ADHD has no schedule of its own at all (row 8)."""


def primary_instruments(indication: Indication | None) -> tuple[str, ...]:
    """Ids of the primary instruments, in order of preference.

    Without an indication, or for one that has no measure of its own, those of depression.
    """
    protocol = PROTOCOL_FOR[indication] if indication is not None else DEPRESSION
    return tuple(measure.instrument for measure in protocol.primary or DEPRESSION.primary)


def indication_named(value: str) -> Indication | None:
    """The indication of a stored value or of its label; None for free text, which is never guessed at."""
    text = value.strip().lower()
    for indication in Indication:
        if text in (indication.value, LABELS[indication].lower()):
            return indication
    return None


def _gate(protocol: Protocol, strength: Strength, because: str) -> ConditionGate:
    return ConditionGate(
        rule_id=protocol.id,
        strength=strength,
        because=because,
        source=protocol.source,
        standing=Standing.POLICY,
    )
