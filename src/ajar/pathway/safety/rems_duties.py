"""What the Spravato REMS asks of a setting: one rule does not fit all (REMS-02, REMS-03; trap 8)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class RemsSetting(StrEnum):
    """How a site is certified. Where nobody has said, the setting with more duties is assumed."""

    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"


class Duty(StrEnum):
    """One thing the programme asks for."""

    ENROLMENT = "enrol the patient before the first dose"
    MONITORING_FORM = "file a monitoring form within 7 days of every dose"
    ADVERSE_EVENTS = "report every suspected adverse event to the programme"


DUTIES: Final[Mapping[RemsSetting, frozenset[Duty]]] = {
    RemsSetting.OUTPATIENT: frozenset({Duty.ENROLMENT, Duty.MONITORING_FORM}),
    RemsSetting.INPATIENT: frozenset({Duty.ADVERSE_EVENTS}),
}
SOURCE: Final = "REMS-02, REMS-03 [REMS-OHS]; [REMS-INP]"


def asks(setting: RemsSetting, duty: Duty) -> bool:
    """Does the programme ask this of such a setting?"""
    return duty in DUTIES[setting]
