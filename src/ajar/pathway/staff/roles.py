"""The roles of a ketamine programme."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a signed-in person is to the programme."""

    PATIENT = "patient"
    FRONT_DESK = "front_desk"
    NURSE = "nurse"
    PRESCRIBER = "prescriber"
    THERAPIST = "therapist"
    MEDICAL_DIRECTOR = "medical_director"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return self.value.replace("_", " ").capitalize()


STAFF: Final = frozenset(Role) - {Role.PATIENT}
CLINICIANS: Final = frozenset({Role.NURSE, Role.PRESCRIBER, Role.THERAPIST, Role.MEDICAL_DIRECTOR})
PRESCRIBERS: Final = frozenset({Role.PRESCRIBER, Role.MEDICAL_DIRECTOR})
