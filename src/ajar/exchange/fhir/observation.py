"""FHIR Observation to vital signs and laboratory values. Totals without their items are left."""

from datetime import datetime
from typing import Final

from ajar.exchange.fhir.clinical import ENTERED_IN_ERROR, Context
from ajar.exchange.fhir.datatypes import codes, coding
from ajar.exchange.fhir.outcome import Leave
from ajar.exchange.fhir.tree import Tree, number, text, tree, trees
from ajar.exchange.vitalcodes import LOINC, VitalCode, in_canonical_unit
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import (
    BOUNDS,
    TakenBy,
    VitalsMeasured,
)
from ajar.pathway.patients.facts import LabRecorded

FINAL: Final = frozenset({"final", "amended", "corrected"})
QUESTIONNAIRE_TOTALS: Final = {
    "44261-6": "PHQ-9",
    "55758-7": "PHQ-2",
    "70274-6": "GAD-7",
    "69737-5": "GAD-7",
    "75626-2": "AUDIT-C",
}
"""LOINC codes of total scores. A total cannot be checked or followed item by item (clinical.md MBC-1)."""


def observation(resource: Tree, context: Context) -> tuple[Payload, datetime]:
    """A vital sign, a blood pressure, or a laboratory value.

    Raises:
        Leave: it cannot be taken; or Implausible: no living person shows such a value.
    """
    context.subject.refuse_other(resource.get("subject"))
    status = text(resource.get("status"))
    if status == ENTERED_IN_ERROR:
        raise Leave("entered in error")
    if status not in FINAL:
        raise Leave(f"its status is {status!r}, not final")
    _refuse_total(resource)
    when = context.at(
        resource.get("effectiveDateTime"),
        tree(resource.get("effectivePeriod")).get("start"),
        resource.get("issued"),
    )
    return _vitals(resource) or _lab(resource), when


def _refuse_total(resource: Tree) -> None:
    for code in sorted(codes(resource.get("code"))):
        if code in QUESTIONNAIRE_TOTALS:
            raise Leave(f"a {QUESTIONNAIRE_TOTALS[code]} total without its items")


def _vitals(resource: Tree) -> VitalsMeasured | None:
    """The vital signs in the resource or its components; None when it holds none that the chart keeps."""
    values: dict[str, float] = {}
    for part in (resource, *trees(resource.get("component"))):
        code = _vital_code(part)
        if code is not None and code.field is not None:
            values[code.field] = _quantity(part, code, code.field)
    if not values:
        return None
    return VitalsMeasured(taken_by=TakenBy.HAND, **values)  # type: ignore[arg-type]


def _vital_code(part: Tree) -> VitalCode | None:
    known = [LOINC[code] for code in sorted(codes(part.get("code"))) if code in LOINC]
    return next(iter(known), None)


def _quantity(part: Tree, code: VitalCode, field: str) -> float:
    quantity = tree(part.get("valueQuantity"))
    value = number(quantity.get("value"))
    if value is None:
        raise Leave(f"{code.name}: it has no value")
    unit = text(quantity.get("code")) or text(quantity.get("unit"))
    converted = in_canonical_unit(value, unit, BOUNDS[field].unit)
    if converted is None:
        raise Leave(f"{code.name}: expected a unit such as {BOUNDS[field].unit}, got {unit[:40]!r}")
    return converted


def _lab(resource: Tree) -> LabRecorded:
    categories = {code for one in trees(resource.get("category")) for code in codes(one)}
    if "laboratory" not in categories:
        raise Leave("the chart has no place for it")
    quantity = tree(resource.get("valueQuantity"))
    value = number(quantity.get("value"))
    words = _value_words(resource, quantity)
    if value is None and not words:
        raise Leave("it has no value")
    ranges = [number(tree(one.get("high")).get("value")) for one in trees(resource.get("referenceRange"))]
    return LabRecorded(
        test=coding(resource.get("code")),
        value=value if not text(quantity.get("comparator")) else None,
        value_text=words,
        unit=text(quantity.get("code")) or text(quantity.get("unit")),
        upper_normal=next((high for high in ranges if high is not None), None),
    )


def _value_words(resource: Tree, quantity: Tree) -> str:
    """A value that is no plain number, in words: text, a coded result, or "<5"."""
    comparator, value = text(quantity.get("comparator")), number(quantity.get("value"))
    if comparator and value is not None:
        return f"{comparator}{value:g}"
    if said := text(resource.get("valueString")):
        return said
    if resource.get("valueCodeableConcept") is not None:
        return coding(resource.get("valueCodeableConcept")).display
    return ""
