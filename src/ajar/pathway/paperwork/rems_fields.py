"""The REMS patient monitoring form as data (clinical.md 2.4), in both its generations.

Two generations of the form are visible. B is the newer one, known from a video walk-through: it adds
respiratory depression, opioids and the question about a first treatment (trap 7). What could not be
checked against the form itself carries `verify`, and the page says so.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.paperwork.rems_policy import Generation


class FieldKind(StrEnum):
    """What is written in a field."""

    TEXT = "text"
    YES_NO = "yes or no"
    DATE = "date"
    MINUTES = "minutes"
    PRESSURE = "mmHg / mmHg"
    DOSE = "56 mg, 84 mg or other"
    SIGNATURE = "signature"


class Need(StrEnum):
    """When a field must be filled in."""

    ALWAYS = "required"
    IF_FIRST = "required at the first treatment"
    NEVER = "optional"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of the form."""

    number: int
    id: str
    label: str
    kind: FieldKind
    need: Need
    validation: str
    source: str
    verify: bool = False


def _field(
    number: int,
    field_id: str,
    label: str,
    kind: FieldKind,
    validation: str,
    source: str,
    need: Need = Need.ALWAYS,
) -> FieldSpec:
    return FieldSpec(
        number=number,
        id=field_id,
        label=label,
        kind=kind,
        need=need,
        validation=validation,
        source=source,
        verify="verify" in source,
    )


_TEXT, _YES_NO, _PRESSURE = FieldKind.TEXT, FieldKind.YES_NO, FieldKind.PRESSURE
_FROM_LIST: Final = "from the list of medicines"
_SUB_FIELDS: Final = "sub-fields from general knowledge, verify"

FIELDS: Final = (
    _field(1, "name", "Patient's first and last name", _TEXT, "as enrolled", "[PMF21]; [PMF-VID]"),
    _field(2, "middle-initial", "Middle initial", _TEXT, "", "[PMF21]; in B: verify", Need.NEVER),
    _field(3, "birth-date", "Birth date", FieldKind.DATE, "18 years or older", "[PMF21]; [PMF-VID]"),
    _field(4, "sex", "Sex", _TEXT, "male, female or other", "[PMF24]"),
    _field(5, "first-treatment", "First treatment?", _YES_NO, "", "[PMF-VID]"),
    _field(
        6, "enrolled", "Enrolled in the REMS?", _YES_NO, "no: the enrolment form goes in first", "[PMF-VID]",
        Need.IF_FIRST,
    ),
    _field(7, "benzodiazepines", "Benzodiazepines", _YES_NO, _FROM_LIST, "[PMF21]; [PMF-VID]"),
    _field(
        8, "sedative-hypnotics", "Non-benzodiazepine sedative-hypnotics", _YES_NO, _FROM_LIST,
        "[PMF21]; [PMF-VID]",
    ),
    _field(9, "stimulants", "Psychostimulants", _YES_NO, _FROM_LIST, "[PMF21]; [PMF-VID]"),
    _field(10, "mao-inhibitors", "MAO inhibitors", _YES_NO, _FROM_LIST, "[PMF21]; in B: verify"),
    _field(11, "opioids", "Opioids", _YES_NO, _FROM_LIST, "[PMF-VID]"),
    _field(
        12, "monitor", "Monitoring health professional: name, telephone, e-mail", _TEXT, "", "[PMF21]"
    ),
    _field(13, "setting", "Setting: name and address", _TEXT, "second address line optional", "[PMF21]"),
    _field(14, "treatment-date", "Treatment date", FieldKind.DATE, "the day of the session", "[PMF21]"),
    _field(15, "dose", "Dose administered", FieldKind.DOSE, "another dose needs a reason", "[PMF24]"),
    _field(16, "lots", "Lot number", _TEXT, "every device's lot", "[PMF24]"),
    _field(
        17, "duration", "Minutes from the first device to the end of monitoring", FieldKind.MINUTES,
        "at least 120 from the last device", "[PMF24]; clock SPR-A8",
    ),
    _field(
        18, "ready-without-rule", "Without the two-hour rule, ready to leave after", FieldKind.MINUTES,
        "at most the minutes above", "[PMF24]; in B: verify",
    ),
    _field(
        19, "vitals-before-acceptable", "Vital signs acceptable before administration", _YES_NO,
        "no: say why", "[PMF24]",
    ),
    _field(
        20, "vitals-after-acceptable", "Vital signs acceptable before completion", _YES_NO,
        "no: the session cannot be completed", "[PMF24]",
    ),
    _field(21, "pressure-before", "Blood pressure before", _PRESSURE, "not after the dose", "[PMF24]"),
    _field(
        22, "pressure-40", "Blood pressure at 40 minutes", _PRESSURE, "30 to 50 minutes: design default",
        "[PMF24]",
    ),
    _field(23, "pressure-after", "Blood pressure before completion", _PRESSURE, "the last set", "[PMF24]"),
    _field(24, "sedation", "Sedation", _YES_NO, "if yes: from when to when", f"[PMF24]; {_SUB_FIELDS}"),
    _field(
        25, "dissociation", "Dissociation", _YES_NO, "if yes: from when to when", f"[EHR26]; {_SUB_FIELDS}"
    ),
    _field(
        26, "respiratory-depression", "Respiratory depression, oximetry", _YES_NO,
        "an oximetry reading in every session", f"[PMF-VID]; [HCP-TRD]; {_SUB_FIELDS}",
    ),
    _field(
        27, "serious-event", "Serious adverse event", _YES_NO,
        "if yes: type, onset, intervention, outcome", "from general knowledge, verify",
    ),
    _field(
        28, "completed-by", "Form completed by", FieldKind.SIGNATURE, "printed name, date, meaning (SIG-1)",
        "from general knowledge, verify",
    ),
)  # fmt: skip

BY_ID: Final = {field.id: field for field in FIELDS}

ONLY_B: Final = frozenset({"first-treatment", "enrolled", "opioids", "respiratory-depression"})
"""What generation A does not ask (clinical.md 2.4, columns A and B)."""


def fields_of(generation: Generation) -> tuple[FieldSpec, ...]:
    """The fields of one generation of the form, in order."""
    return tuple(field for field in FIELDS if generation is Generation.B or field.id not in ONLY_B)
