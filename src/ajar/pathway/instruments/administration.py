"""How a questionnaire was given, as a code that other systems can read.

Self on the person's own device, self on a device of the clinic, by an interviewer, by phone, or rated by a
clinician (practice.md pain 25: modes are never mixed silently). No stored source gives LOINC or FHIR
codes for these, so the codes are our own, shaped as a FHIR CodeSystem (from general knowledge, verify).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.instrument import AnsweredBy, Instrument

CODE_SYSTEM: Final = "urn:ajar:CodeSystem:administration"
SOURCE: Final = "practice.md 4.2, point 8 and pain 25; codes are our own, verify against LOINC"


class Informant(StrEnum):
    """Whose judgement the answers are."""

    SELF = "the patient, alone"
    SELF_ASSISTED = "the patient, asked by someone"
    CLINICIAN = "a clinician"


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """One way to give a questionnaire."""

    mode: Mode
    code: str
    display: str
    informant: Informant


ADMINISTRATIONS: Final[Mapping[Mode, Administration]] = MappingProxyType(
    {
        one.mode: one
        for one in (
            Administration(
                mode=Mode.SELF_WEB,
                code="self-own-device",
                display="Self, on their own device",
                informant=Informant.SELF,
            ),
            Administration(
                mode=Mode.SELF_PORTAL,
                code="self-own-device-signed-in",
                display="Self, on their own device, signed in",
                informant=Informant.SELF,
            ),
            Administration(
                mode=Mode.KIOSK,
                code="self-in-clinic",
                display="Self, in the clinic (paper or a device of the clinic)",
                informant=Informant.SELF,
            ),
            Administration(
                mode=Mode.STAFF_READ,
                code="interviewer",
                display="Interviewer, face to face",
                informant=Informant.SELF_ASSISTED,
            ),
            Administration(
                mode=Mode.PHONE,
                code="interviewer-phone",
                display="Interviewer, by phone or video",
                informant=Informant.SELF_ASSISTED,
            ),
            Administration(
                mode=Mode.CLINICIAN,
                code="clinician-rated",
                display="Rated by a clinician",
                informant=Informant.CLINICIAN,
            ),
        )
    }
)

BY_STAFF: Final[Mapping[AnsweredBy, tuple[Mode, ...]]] = MappingProxyType(
    {
        AnsweredBy.SELF: (Mode.STAFF_READ, Mode.KIOSK, Mode.PHONE),
        AnsweredBy.CLINICIAN: (Mode.CLINICIAN, Mode.PHONE),
    }
)
"""The modes in which staff may write an instrument down, the usual one first."""


def modes_of(instrument: Instrument) -> tuple[Administration, ...]:
    """How staff may have given this instrument."""
    return tuple(ADMINISTRATIONS[mode] for mode in BY_STAFF[instrument.answered_by])
