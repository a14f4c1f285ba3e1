"""A session of the clinic told entry by entry, each at a minute from the first drug."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.entries import PatientArrived, ReadinessConfirmed
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from tests.pathway.discharge.story import (
    ROOM,
    assessed,
    checked,
    dissociated,
    drug,
    fine,
    ordered,
    planned,
    readiness,
)


@dataclass(frozen=True)
class Told:
    """Tells entries of one encounter; minute 0 is `start`."""

    encounter: Encounter
    by: Account
    start: datetime
    product: Product = Product.ESKETAMINE_IN

    def at(self, minute: float) -> datetime:
        return self.start + timedelta(minutes=minute)

    def tell(self, minute: float, *payloads: Payload) -> list[Entry]:
        moment = self.at(minute)
        return append(
            [NewEntry(payload=p, happened_at=moment, encounter_id=self.encounter.pk) for p in payloads],
            patient_id=self.encounter.patient_id,
            expected=ANYWHERE,
            by=author_of(self.by),
            now=moment,
        )

    def ready(self, *, escort: str = "Rosa Garland") -> "Told":
        self.tell(-60, planned(self.product))
        self.tell(-40, PatientArrived(room_id=ROOM, room_name="Room 2"))
        self.tell(-30, readiness(escort))
        self.tell(-20, fine(), SedationRated(moaa_s=5), dissociated(0))
        (order,) = self.tell(-15, ordered(self.product))
        self.tell(-10, checked(self.product, order.id))
        self.tell(-5, ReadinessConfirmed(rulebook_version="1", findings=()))
        return self

    def dosed(self, *, escort: str = "Rosa Garland") -> "Told":
        self.ready(escort=escort)
        for minute, payload in drug(self.product):
            self.tell(minute, payload)
        return self

    def watched(self, *, until: float, escort: str = "Rosa Garland") -> "Told":
        self.dosed(escort=escort)
        self.tell(41, VitalsMeasured(systolic_mmhg=138, diastolic_mmhg=88, spo2_percent=96))
        self.tell(41, SedationRated(moaa_s=4), dissociated(9))
        self.tell(until, fine(), SedationRated(moaa_s=5), dissociated(0), assessed())
        return self
