"""A synthetic session from arrival to release."""

from datetime import timedelta

from ajar.clinic.demo.day import WATCHED_MIN, Telling, dose, make_ready, measure, receive
from ajar.clinic.discharge.services import assess, confirm_recovery, release
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.paperwork.services import answer_rems, sign_encounter
from ajar.pathway.discharge.entries import DischargeAssessed, Released
from ajar.pathway.evaluation.products import Product
from ajar.pathway.paperwork.entries import RemsAnswered

ASSESSED = DischargeAssessed(
    activity=2,
    respiration=2,
    circulation=2,
    consciousness=2,
    saturation=2,
    oriented=True,
    steady_gait=True,
    nausea_absent_or_minimal=True,
    suicide_check_done=True,
    suicide_check_note="No thoughts of suicide since arrival.",
)


def tell_whole_session(telling: Telling) -> None:
    """Arrival, drug, observation, release."""
    receive(telling)
    make_ready(telling)
    watched_min = WATCHED_MIN[telling.product]
    dose(telling, until_min=watched_min)
    leave(telling, watched_min + 4)


def sign(telling: Telling, minute: float) -> None:
    """The form's own questions where there is a form, then the signature."""
    at, nurse = telling.at(minute), telling.team.nurse
    if telling.product is Product.ESKETAMINE_IN:
        number = session_now(telling.encounter_id).plan.number
        answered = RemsAnswered(
            enrolled=True if number == 1 else None,
            vitals_acceptable_before=True,
            vitals_acceptable_after=True,
            serious_event=False,
        )
        answer_rems(encounter_id=telling.encounter_id, answered=answered, by=nurse, now=at, expected=ANYWHERE)
    sign_encounter(
        encounter_id=telling.encounter_id,
        meaning="I ran this session and this record is complete.",
        by=nurse,
        now=at + timedelta(minutes=4),
        expected=ANYWHERE,
    )


def leave(telling: Telling, minute: float) -> None:
    """A last round, the assessment, and the release to the escort."""
    nurse, encounter_id = telling.team.nurse, telling.encounter_id
    measure(telling, minute)
    at = telling.at(minute)
    assess(
        encounter_id=encounter_id,
        assessed=ASSESSED,
        by=nurse,
        now=at + timedelta(minutes=2),
        expected=ANYWHERE,
    )
    confirm_recovery(encounter_id=encounter_id, by=nurse, now=at + timedelta(minutes=3), expected=ANYWHERE)
    released = Released(
        handed_to="Robin Escort",
        handed_to_relation="friend",
        instructions_language="en",
        instructions_given_to=("patient", "escort"),
        ready_without_rule_min=95,
    )
    release(
        encounter_id=encounter_id,
        released=released,
        by=nurse,
        now=at + timedelta(minutes=6),
        expected=ANYWHERE,
    )
