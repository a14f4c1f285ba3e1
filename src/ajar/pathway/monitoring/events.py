"""What can be noted with one tap, and which of it is an alarm (clinical.md ALM-1, ALM-3 to ALM-5, ALM-7).

Nothing here grades an adverse event: that is a later, separate act (clinical.md trap 27).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ajar.pathway.monitoring.entries import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that happens in a session.

    `alarm` is the id of the rule that makes it an alarm, "" where it is none. `with_pressure` marks the
    symptoms that, together with a raised blood pressure, force an emergency referral (USPI 2019 §5.6).
    `technical`: it is about a device, not about the patient.
    """

    name: str
    alarm: str = ""
    priority: Priority | None = None
    with_pressure: bool = False
    adverse: bool = True
    technical: bool = False

    def __post_init__(self) -> None:
        if bool(self.alarm) != (self.priority is not None):
            raise ValueError(f"{self.name}: an alarm needs both its rule and its priority.")

    @property
    def rule(self) -> str:
        """The rule under which it can be an alarm, by itself or with a raised pressure; else ""."""
        return "ALM-1" if self.with_pressure else self.alarm

    @property
    def key(self) -> str:
        """What an acknowledgement or a resolution names; "" where it is never an alarm."""
        return alarm_key(self.rule, self.name) if self.rule else ""


def alarm_key(rule: str, signal: str) -> str:
    """A rule and what it is about, such as 'ALM-1 systolic_mmhg'."""
    return f"{rule} {signal}"


CHECKED_IN: Final = "check-in answered"
"""The patient at home, or the chaperone, answered a check (clinical.md MON-8)."""

HELP: Final = "patient asks for help"
"""The patient pressed the call button of their own screen (clinical.md MON-9: a call bell in reach)."""

SCREEN_SILENT: Final = "patient's screen silent"
"""The patient's screen was open and is not heard any more: nobody can call with it."""

RING_MISSED: Final = "glowing ring not answered"
"""The patient was asked to tap when the ring glows and did not: told to the nurse, no alarm by itself."""

LOOKED_IN: Final = "looked in"
"""Someone of the staff was with the patient, with nothing else to write down."""

TERMS: Final[Mapping[str, Term]] = {
    term.name: term
    for term in (
        Term(name="nausea"),
        Term(name="vomiting"),
        Term(name="dizziness"),
        Term(name="headache"),
        Term(name="anxiety"),
        Term(name="distressing dissociation", alarm="ALM-7", priority=Priority.LOW),
        Term(name="panic", alarm="ALM-7", priority=Priority.MEDIUM),
        Term(name="tries to leave", alarm="ALM-7", priority=Priority.MEDIUM),
        Term(name="harm to self or others", alarm="ALM-7", priority=Priority.HIGH),
        Term(name="chest pain", with_pressure=True),
        Term(name="shortness of breath", with_pressure=True),
        Term(name="sudden severe headache", with_pressure=True),
        Term(name="visual disturbance", with_pressure=True),
        Term(name="seizure", with_pressure=True),
        Term(name="reduced consciousness", with_pressure=True),
        Term(name="focal deficit", with_pressure=True),
        Term(name="new arrhythmia", alarm="ALM-3", priority=Priority.HIGH),
        Term(name="cyanosis", alarm="ALM-4", priority=Priority.HIGH),
        Term(name="not breathing", alarm="ALM-5", priority=Priority.HIGH),
        Term(name="antiemetic given", adverse=False),
        Term(name="oxygen given", adverse=False),
        Term(name="prescriber called", adverse=False),
        Term(name="reassurance given", adverse=False),
        Term(name="therapist joined", adverse=False),
        Term(name="music changed", adverse=False),
        Term(name="to the bathroom, escorted", adverse=False),
        Term(name=CHECKED_IN, adverse=False),
        Term(name=HELP, alarm="MON-9", priority=Priority.HIGH, adverse=False),
        Term(name=SCREEN_SILENT, alarm="MON-9", priority=Priority.MEDIUM, adverse=False, technical=True),
        Term(name=RING_MISSED, adverse=False),
        Term(name=LOOKED_IN, adverse=False),
    )
}

QUICK: Final = (
    "nausea",
    "distressing dissociation",
    "reassurance given",
    "music changed",
    "antiemetic given",
    "anxiety",
    "headache",
    "dizziness",
    "panic",
    "chest pain",
    "shortness of breath",
    "prescriber called",
)
"""Offered as buttons; the rest is one list further."""
