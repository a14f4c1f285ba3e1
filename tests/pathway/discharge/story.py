"""A session told in entries, for the tests of this room and of the paperwork above it."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.discharge.entries import DischargeAssessed, RecoveryConfirmed, Released
from ajar.pathway.discharge.policy import Circumstances
from ajar.pathway.dosing.entries import (
    Act,
    DoseEnded,
    DoseOrdered,
    DrugGiven,
    OrderChecked,
    PatientArrived,
    ReadinessAnswered,
    ReadinessConfirmed,
)
from ajar.pathway.evaluation.products import BY_MOUTH, Jurisdiction, Product
from ajar.pathway.ledger.chain import GENESIS, link_up
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""First drug. Minutes below count from here."""
PATIENT = UUID(int=7)
ENCOUNTER = UUID(int=8)
ROOM = UUID(int=9)
US = Circumstances(jurisdiction=Jurisdiction.US, liver_impaired=False)
ORDER_LOT = "24KG101"
NURSE = Author(kind=AuthorKind.STAFF, id="1", name="Dana Rowe, RN")


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


class Story:
    """Entries in the order told, each at a minute from the first drug."""

    def __init__(self, *, product: Product = Product.ESKETAMINE_IN) -> None:
        self.product = product
        self.entries: list[Entry] = []
        self.by = NURSE
        self.ids = count(1000)

    def new(self, minute: float, payload: Payload) -> NewEntry:
        return NewEntry(payload=payload, happened_at=at(minute), encounter_id=ENCOUNTER)

    def tell(self, minute: float, payload: Payload) -> Entry:
        return self.append(self.new(minute, payload))

    def append(self, new: NewEntry, *, recorded_at: datetime | None = None) -> Entry:
        last = self.entries[-1] if self.entries else None
        _, entry = link_up(
            new,
            entry_id=UUID(int=next(self.ids)),
            patient_id=PATIENT,
            after=(last.position, last.digest) if last else (0, GENESIS),
            by=self.by,
            now=recorded_at or new.happened_at,
        )
        self.entries.append(entry)
        return entry

    def until_ready(self, *, escort: str = "Rosa Garland") -> "Story":
        self.tell(-60, planned(self.product))
        self.tell(-40, PatientArrived(room_id=ROOM, room_name="Room 2"))
        self.tell(-30, readiness(escort))
        self.tell(
            -20, VitalsMeasured(systolic_mmhg=120, diastolic_mmhg=78, spo2_percent=98, heart_rate_bpm=70)
        )
        self.tell(-20, SedationRated(moaa_s=5))
        self.tell(-20, dissociated(0))
        order = self.tell(-15, ordered(self.product))
        self.tell(-10, checked(self.product, order.id))
        self.tell(-5, ReadinessConfirmed(rulebook_version="1", findings=()))
        return self

    def dosed(self) -> "Story":
        """Two devices five minutes apart, ended at 6; 40 minutes of infusion; or one dose, ended at 1."""
        self.until_ready()
        for minute, payload in drug(self.product):
            self.tell(minute, payload)
        return self

    def watched(self, *, until: float) -> "Story":
        """Sedated and dissociated at 40, over at 90, and a last set of values at `until`."""
        self.dosed()
        self.tell(40, VitalsMeasured(systolic_mmhg=148, diastolic_mmhg=92, spo2_percent=96))
        self.tell(41, SedationRated(moaa_s=4))
        self.tell(41, dissociated(9))
        self.tell(90, VitalsMeasured(systolic_mmhg=136, diastolic_mmhg=84, spo2_percent=97))
        self.tell(90, SedationRated(moaa_s=5))
        self.tell(90, dissociated(1))
        return self.checked_out(minute=until)

    def checked_out(self, *, minute: float) -> "Story":
        self.tell(minute, fine())
        self.tell(minute, SedationRated(moaa_s=5))
        self.tell(minute, dissociated(0))
        self.tell(minute, assessed())
        return self

    def recovered(self, *, minute: float = 126) -> "Story":
        self.watched(until=minute)
        self.tell(minute + 1, RecoveryConfirmed(criteria=(), rulebook_version="1"))
        return self

    def discharged(self, *, minute: float = 130) -> "Story":
        self.recovered(minute=minute - 4)
        self.tell(minute, release())
        return self


def drug(product: Product) -> list[tuple[float, Payload]]:
    """Each act with the drug and the end of the dose, with their minutes."""
    if product is Product.ESKETAMINE_IN:
        return [(0, device(1)), (5, device(2)), (6, DoseEnded(total_mg=56, complete=True))]
    if product is Product.KETAMINE_IV:
        return [(0, infusion(52.5)), (40, DoseEnded(total_mg=35, complete=True))]
    return [(0, at_once(product)), (1, DoseEnded(total_mg=35, complete=True))]


def at_once(product: Product) -> DrugGiven:
    """An injection, or a dose by mouth."""
    return DrugGiven(
        act=Act.PLACED if product in BY_MOUTH else Act.INJECTED,
        product=product,
        amount_mg=35,
        rate_mg_per_h=None,
        lot=ORDER_LOT,
        expires_on=date(2027, 6, 30),
    )


def planned(product: Product) -> SessionPlanned:
    return SessionPlanned(
        course_id=UUID(int=5),
        number=1,
        product=product,
        dose_mg=56 if product is Product.ESKETAMINE_IN else 35,
        starts_at=START,
        site="New York",
        phase="induction",
    )


def readiness(escort: str) -> ReadinessAnswered:
    return ReadinessAnswered(
        last_solids_at=at(-400),
        last_liquids_at=at(-200),
        escort_name=escort,
        escort_phone="555 0100",
        intoxication_signs=False,
        new_medicines=False,
        new_symptoms=False,
        suicidal_thoughts_since_last_visit=False,
        nasal_product_within_1_h=False,
    )


def ordered(product: Product) -> DoseOrdered:
    if product is Product.ESKETAMINE_IN:
        return DoseOrdered(
            product=product, amount_mg=56, duration_min=None, devices=2, meaning="I order this."
        )
    duration_min = 40 if product is Product.KETAMINE_IV else None
    return DoseOrdered(
        product=product, amount_mg=35, duration_min=duration_min, devices=None, meaning="I order this."
    )


def checked(product: Product, order_id: UUID) -> OrderChecked:
    return OrderChecked(
        order_id=order_id,
        first_person="Dana Rowe, RN",
        second_person="Ines Calder, RN",
        second_person_id="2",
        product=product,
        amount_mg=56 if product is Product.ESKETAMINE_IN else 35,
        lot=ORDER_LOT,
        expires_on=date(2027, 6, 30),
    )


def device(number: int, *, lot: str = ORDER_LOT) -> DrugGiven:
    return DrugGiven(
        act=Act.DEVICE_SPRAYED,
        product=Product.ESKETAMINE_IN,
        amount_mg=28,
        rate_mg_per_h=None,
        lot=lot,
        expires_on=date(2027, 6, 30),
        device_number=number,
    )


def infusion(rate_mg_per_h: float) -> DrugGiven:
    return DrugGiven(
        act=Act.INFUSION_STARTED,
        product=Product.KETAMINE_IV,
        amount_mg=None,
        rate_mg_per_h=rate_mg_per_h,
        lot=ORDER_LOT,
        expires_on=date(2027, 6, 30),
    )


def fine() -> VitalsMeasured:
    return VitalsMeasured(
        systolic_mmhg=122, diastolic_mmhg=80, spo2_percent=98, heart_rate_bpm=72, respiratory_rate_per_min=14
    )


def dissociated(total: int, *, distress: bool = False) -> DissociationRated:
    full, rest = divmod(total, 4)
    items = tuple([4] * full + [rest] + [0] * 6)[:6]
    return DissociationRated(items=items, distress=distress)


def assessed(**changes: object) -> DischargeAssessed:
    answers: dict[str, object] = {
        "activity": 2,
        "respiration": 2,
        "circulation": 2,
        "consciousness": 2,
        "saturation": 2,
        "oriented": True,
        "steady_gait": True,
        "nausea_absent_or_minimal": True,
        "suicide_check_done": True,
        "suicide_check_note": "denies",
    }
    return DischargeAssessed(**(answers | changes))  # type: ignore[arg-type]


def release(**changes: object) -> Released:
    answers: dict[str, object] = {
        "handed_to": "Rosa Garland",
        "handed_to_relation": "sister",
        "instructions_language": "en",
        "instructions_given_to": ("patient", "escort"),
        "ready_without_rule_min": 95,
    }
    return Released(**(answers | changes))  # type: ignore[arg-type]
