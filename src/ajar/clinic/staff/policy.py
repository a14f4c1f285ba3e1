"""Who may do what: one table, default deny.

An action says what a page or endpoint does; the table says which roles may. Which patients a role
sees is the second half of the rule and lives in patients/access.py.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ajar.pathway.staff.roles import CLINICIANS, PRESCRIBERS, STAFF, Role


class Action(StrEnum):
    """What can be done, in words that read as 'may …'."""

    SEE_OWN_HOME = "see their own home page"
    SEE_TODAY = "see the day's work"
    SEE_PATIENT_LIST = "see the list of patients"
    SEE_IDENTITY = "see who a patient is and how to reach them"
    SEE_CHART = "read the clinical chart"
    EDIT_IDENTITY = "change a patient's contact details"
    MANAGE_TASKS = "take and close tasks"
    SEE_CALENDAR = "see the calendar"
    MANAGE_BOOKINGS = "book and cancel appointments"
    RECORD_EVALUATION = "record facts of an evaluation"
    SIGN_EVALUATION = "accept a precaution and sign an evaluation"
    SEE_CONSENT = "read consent documents"
    GIVE_CONSENT = "sign or withdraw their own consent"
    HAND_OVER_CONSENT = "hand a consent to the patient on a clinic device, and record its withdrawal"
    COUNTERSIGN_CONSENT = "sign consent as prescriber"
    ORDER_COURSE = "order a course"
    SEE_PLAN = "see the plan and its appointments"
    SEE_FORECAST = "see what to expect of a dose"
    SEE_BOARD = "see the board of rooms"
    RECEIVE_PATIENT = "record an arrival"
    RUN_SESSION = "record readiness, drug and observations"
    ORDER_DOSE = "order a dose"
    SEE_SESSION = "see a session"
    HAND_OVER_SHIFT = "hand over a shift, or take one over"
    SEE_ALARM_LOAD = "see how many alarms there are and what becomes of them"
    RELEASE_PATIENT = "release a patient"
    SIGN_NOTE = "sign an encounter"
    SEE_PAPERWORK = "read notes and forms"
    HOLD_INTEGRATION = "record an integration session"
    SEE_INTEGRATION = "read shared integration notes"
    SEE_SCORES = "see scores over time"
    SEND_QUESTIONNAIRE = "send a questionnaire"
    RECORD_SCORE = "write down a questionnaire"
    RECORD_SURVEILLANCE = "record long-term checks and signs of misuse"
    DECIDE_MAINTENANCE = "set the interval between doses, or stop treatment"
    RESOLVE_QUARANTINE = "assign or dismiss quarantined messages"
    ACCEPT_CLOCK = "accept the machine's clock after it was moved"
    SEE_OWN_CARE = "see their own plan, scores and shared notes"
    RECORD_AT_HOME = "record what is measured and answered during their own dose at home"
    SEE_RULEBOOK = "read the rulebook and the clinic's configuration of it"
    SIGN_CONFIGURATION = "sign the clinic's configuration of the rulebook"
    ADMINISTER = "manage people, places and settings"
    SEE_STYLEGUIDE = "see the components of the screens"


EVERYONE: Final = frozenset(Role)
PATIENT: Final = frozenset({Role.PATIENT})
DESK: Final = frozenset({Role.FRONT_DESK, Role.ADMINISTRATOR})
FLOOR: Final = frozenset({Role.NURSE}) | PRESCRIBERS

ALLOWED: Final[Mapping[Action, frozenset[Role]]] = {
    Action.SEE_OWN_HOME: EVERYONE,
    Action.SEE_TODAY: STAFF,
    Action.SEE_PATIENT_LIST: STAFF,
    Action.SEE_IDENTITY: STAFF,
    Action.SEE_CHART: CLINICIANS,
    Action.EDIT_IDENTITY: DESK | FLOOR,
    Action.MANAGE_TASKS: STAFF,
    Action.SEE_CALENDAR: STAFF,
    Action.MANAGE_BOOKINGS: DESK | FLOOR,
    Action.RECORD_EVALUATION: FLOOR,
    Action.SIGN_EVALUATION: PRESCRIBERS,
    Action.SEE_CONSENT: CLINICIANS | PATIENT,
    Action.GIVE_CONSENT: PATIENT,
    Action.HAND_OVER_CONSENT: CLINICIANS,
    Action.COUNTERSIGN_CONSENT: PRESCRIBERS,
    Action.ORDER_COURSE: PRESCRIBERS,
    Action.SEE_PLAN: STAFF | PATIENT,
    Action.SEE_FORECAST: FLOOR,
    Action.SEE_BOARD: CLINICIANS | {Role.FRONT_DESK},
    Action.RECEIVE_PATIENT: FLOOR | {Role.FRONT_DESK},
    Action.RUN_SESSION: FLOOR,
    Action.ORDER_DOSE: PRESCRIBERS,
    Action.SEE_SESSION: CLINICIANS,
    Action.HAND_OVER_SHIFT: FLOOR,
    Action.SEE_ALARM_LOAD: frozenset({Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR}),
    Action.RELEASE_PATIENT: FLOOR,
    Action.SIGN_NOTE: FLOOR,
    Action.SEE_PAPERWORK: CLINICIANS,
    Action.HOLD_INTEGRATION: frozenset({Role.THERAPIST}),
    Action.SEE_INTEGRATION: CLINICIANS,
    Action.SEE_SCORES: CLINICIANS,
    Action.SEND_QUESTIONNAIRE: CLINICIANS | DESK,
    Action.RECORD_SCORE: CLINICIANS,
    Action.RECORD_SURVEILLANCE: FLOOR,
    Action.DECIDE_MAINTENANCE: PRESCRIBERS,
    Action.RESOLVE_QUARANTINE: FLOOR | {Role.ADMINISTRATOR},
    Action.ACCEPT_CLOCK: FLOOR | {Role.ADMINISTRATOR},
    Action.SEE_OWN_CARE: PATIENT,
    Action.RECORD_AT_HOME: PATIENT,
    Action.SEE_RULEBOOK: STAFF,
    Action.SIGN_CONFIGURATION: frozenset({Role.MEDICAL_DIRECTOR}),
    Action.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    Action.SEE_STYLEGUIDE: EVERYONE,
}


def may(role: Role, action: Action) -> bool:
    """Does the table allow it? What is not in the table is not allowed."""
    return role in ALLOWED.get(action, frozenset())
