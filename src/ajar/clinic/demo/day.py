"""One synthetic session, told through the same services that the pages use, at its own times."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from ajar.clinic.demo.curves import Body, dissociation_at, sedation_at, vitals_at
from ajar.clinic.demo.floor.drug import GIVEN, prepared_as
from ajar.clinic.dosing.freezing import freeze_forecast
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.dosing.services import (
    answer_readiness,
    arrive,
    check_order,
    confirm_ready,
    end_dose,
    order_dose,
)
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.monitoring.services import note_event, rate_dissociation, rate_sedation, record_vitals
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.products import DEVICE_MG
from ajar.pathway.dosing.drug import HELD_IN_MOUTH
from ajar.pathway.dosing.entries import ReadinessAnswered, Residue
from ajar.pathway.evaluation.products import Product
from ajar.pathway.monitoring.entries import Severity

READINGS_MIN: Final = {
    Product.KETAMINE_IV: 10,
    Product.ESKETAMINE_IN: 15,
    Product.KETAMINE_IM: 15,
    Product.KETAMINE_SL_CLINIC: 15,
}
WATCHED_MIN: Final = {
    Product.KETAMINE_IV: 105,
    Product.ESKETAMINE_IN: 135,
    Product.KETAMINE_IM: 105,
    Product.KETAMINE_SL_CLINIC: 140,
}
LOTS: Final = {
    Product.KETAMINE_IV: "KET",
    Product.ESKETAMINE_IN: "SPR",
    Product.KETAMINE_IM: "KET",
    Product.KETAMINE_SL_CLINIC: "LOZ",
}
HELD_MIN: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who runs a session."""

    nurse: Account
    second: Account
    prescriber: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One session to be told: whose, where, from when, by whom."""

    encounter_id: UUID
    index: int
    room: Room
    first_drug_at: datetime
    team: Team

    def at(self, minute: float) -> datetime:
        """A moment, in minutes from the first drug."""
        return self.first_drug_at + timedelta(minutes=minute)

    @property
    def product(self) -> Product:
        """What is given."""
        return Product(session_now(self.encounter_id).product)


def receive(telling: Telling) -> None:
    """Arrival, a first set of vital signs, today's questions."""
    nurse, encounter_id = telling.team.nurse, telling.encounter_id
    arrive(encounter_id=encounter_id, room=telling.room, by=nurse, now=telling.at(-22), expected=ANYWHERE)
    measure(telling, -18)
    sprayed = telling.product is Product.ESKETAMINE_IN
    answered = ReadinessAnswered(
        last_solids_at=telling.at(-9 * 60),
        last_liquids_at=telling.at(-3 * 60),
        escort_name="Robin Escort",
        escort_phone="+1 212 555 0177",
        intoxication_signs=False,
        new_medicines=False,
        new_symptoms=False,
        suicidal_thoughts_since_last_visit=False,
        could_be_pregnant=False,
        stimulant_today=False,
        nasal_product_within_1_h=False if sprayed else None,
        prescriber_on_site=telling.team.prescriber.titled_name if sprayed else "",
        will_drive=False,
    )
    answer_readiness(
        encounter_id=encounter_id, answered=answered, by=nurse, now=telling.at(-12), expected=ANYWHERE
    )


def measure(telling: Telling, minute: float) -> None:
    """One round: vital signs, sedation, dissociation."""
    nurse, encounter_id, now = telling.team.nurse, telling.encounter_id, telling.at(minute)
    record_vitals(
        encounter_id=encounter_id, vitals=vitals_at(Body.of(telling.index), minute), by=nurse, now=now
    )
    rate_sedation(encounter_id=encounter_id, moaa_s=sedation_at(minute), by=nurse, now=now)
    rate_dissociation(
        encounter_id=encounter_id, items=dissociation_at(minute), distress=False, by=nurse, now=now
    )


def make_ready(telling: Telling) -> None:
    """The order, the check by two people, the forecast, and the word that everything stands."""
    session, team = session_now(telling.encounter_id), telling.team
    order_dose(
        encounter_id=telling.encounter_id,
        amount_mg=session.plan.dose_mg,
        duration_min=40.0 if telling.product is Product.KETAMINE_IV else None,
        by=team.prescriber,
        now=telling.at(-8),
        expected=ANYWHERE,
    )
    check_order(
        encounter_id=telling.encounter_id,
        second=team.second,
        lot=f"{LOTS[telling.product]}-{2600 + telling.index}",
        expires_on=date(telling.first_drug_at.year + 1, 6, 30),
        prepared=prepared_as(telling.product, session.plan.dose_mg),
        by=team.nurse,
        now=telling.at(-5),
        expected=ANYWHERE,
    )
    freeze_forecast(encounter_id=telling.encounter_id, now=telling.at(-4))
    confirm_ready(encounter_id=telling.encounter_id, by=team.nurse, now=telling.at(-2), expected=ANYWHERE)


def dose(telling: Telling, *, until_min: float) -> None:
    """Give the drug and watch, as far as `until_min` minutes after its start."""
    if telling.product is Product.KETAMINE_IV:
        _give(telling, 0)
        _watch(telling, 5, min(40, until_min))
        if until_min >= 40:
            _end(telling, 40)
            _watch(telling, 45, until_min)
    else:
        _end(telling, _give_all(telling))
        _watch(telling, 25, until_min)
    _remark(telling, until_min)


def _give(telling: Telling, minute: float) -> None:
    told = {"encounter_id": telling.encounter_id, "by": telling.team.nurse, "expected": ANYWHERE}
    dose_mg = session_now(telling.encounter_id).plan.dose_mg
    GIVEN[telling.product](dose_mg, told | {"now": telling.at(minute)})


def _give_all(telling: Telling) -> float:
    """All devices, the injection, or the lozenge; the minute at which it is over."""
    if telling.product is not Product.ESKETAMINE_IN:
        _give(telling, 0)
        return HELD_MIN if telling.product in HELD_IN_MOUTH else 1
    devices = round(session_now(telling.encounter_id).plan.dose_mg / DEVICE_MG)
    for device in range(devices):
        _give(telling, 6 * device)
    return 6 * devices


def _end(telling: Telling, minute: float) -> None:
    held = telling.product in HELD_IN_MOUTH
    end_dose(
        encounter_id=telling.encounter_id,
        total_mg=session_now(telling.encounter_id).plan.dose_mg,
        because="",
        held_min=HELD_MIN if held else None,
        residue=Residue.SPAT if held else None,
        by=telling.team.nurse,
        now=telling.at(minute),
        expected=ANYWHERE,
    )


def _watch(telling: Telling, first_min: float, until_min: float) -> None:
    minute = first_min
    while minute <= until_min:
        measure(telling, minute)
        minute += READINGS_MIN[telling.product]


def _remark(telling: Telling, until_min: float) -> None:
    if telling.index % 3 == 0 and until_min >= 35:
        note_event(
            encounter_id=telling.encounter_id,
            event="nausea",
            severity=Severity.MILD,
            action="reassured, head raised",
            by=telling.team.nurse,
            now=telling.at(until_min),
            happened_at=telling.at(34),
        )
