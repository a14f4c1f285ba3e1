"""A planned session and the steps of its day, for tests that need one in some stage."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from ajar.clinic.dosing import services
from ajar.clinic.dosing.rems import certify_site
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.monitoring import services as monitoring
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.entries import CourseOrdered, SessionPlanned, WeightBasis
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.consent.documents import ELEMENT_IDS
from ajar.pathway.consent.entries import ConsentSigned, Signatory
from ajar.pathway.consent.library import document_for
from ajar.pathway.dosing.entries import ReadinessAnswered, RemsEnrolled, Residue
from ajar.pathway.dosing.preparation import AS_BOUGHT, Prepared
from ajar.pathway.dosing.rems import SiteCertification
from ajar.pathway.evaluation.products import AT_HOME, INJECTED, Product
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import VitalsMeasured

DOSES_MG = {
    Product.KETAMINE_IV: 35.0,
    Product.ESKETAMINE_IN: 56.0,
    Product.KETAMINE_IM: 35.0,
    Product.KETAMINE_SC: 17.5,
    Product.KETAMINE_SL_CLINIC: 100.0,
    Product.KETAMINE_SL_HOME: 100.0,
    Product.KETAMINE_PO: 100.0,
}
PREPARED = (
    {Product.ESKETAMINE_IN: AS_BOUGHT, Product.KETAMINE_IV: Prepared(concentration_mg_per_ml=10.0)}
    | dict.fromkeys((Product.KETAMINE_IM, Product.KETAMINE_SC), Prepared(concentration_mg_per_ml=50.0))
    | dict.fromkeys(
        (Product.KETAMINE_SL_CLINIC, Product.KETAMINE_SL_HOME, Product.KETAMINE_PO), Prepared(unit_mg=100.0)
    )
)
HELD = (Product.KETAMINE_SL_CLINIC, Product.KETAMINE_SL_HOME)


def make_room(site: Site, name: str = "Room 1", position: int = 1) -> Room:
    """A treatment room."""
    return Room.objects.create(site=site, name=name, kind=Room.Kind.TREATMENT, position=position)


@dataclass(frozen=True, kw_only=True)
class Day:
    """One session and the people around it. `now` moves with `after(minutes)`."""

    patient: Patient
    encounter: Encounter
    nurse: Account
    prescriber: Account
    second: Account
    product: Product
    now: datetime

    @property
    def encounter_id(self) -> UUID:
        """The encounter."""
        return self.encounter.pk

    def after(self, minutes: float) -> "Day":
        """The same day, later."""
        return replace(self, now=self.now + timedelta(minutes=minutes))

    def note(self, *payloads: Payload, encounter_id: UUID | None = None) -> None:
        """Append as the nurse, now."""
        entries = [
            NewEntry(payload=payload, happened_at=self.now, encounter_id=encounter_id) for payload in payloads
        ]
        append(entries, patient_id=self.patient.pk, expected=ANYWHERE, by=author_of(self.nurse), now=self.now)

    def arrived(self, room: Room | None) -> "Day":
        """In the room, or seen by video."""
        services.arrive(
            encounter_id=self.encounter_id, room=room, by=self.nurse, now=self.now, expected=ANYWHERE
        )
        return self

    def vitals(self, **values: float) -> "Day":
        """A set of vital signs, now: calm ones where nothing else is said."""
        calm = {
            "systolic_mmhg": 124.0,
            "diastolic_mmhg": 78.0,
            "heart_rate_bpm": 72.0,
            "spo2_percent": 98.0,
            "respiratory_rate_per_min": 14.0,
        }
        measured = VitalsMeasured(**(calm | values), confirmed_unusual=True)
        monitoring.record_vitals(encounter_id=self.encounter_id, vitals=measured, by=self.nurse, now=self.now)
        return self

    def asked(self, **answers: object) -> "Day":
        """Today's questions, all well unless said otherwise."""
        services.answer_readiness(
            encounter_id=self.encounter_id,
            answered=well(self.now, **answers),
            by=self.nurse,
            now=self.now,
            expected=ANYWHERE,
        )
        return self

    def ordered(self) -> "Day":
        """The planned dose, ordered."""
        services.order_dose(
            encounter_id=self.encounter_id,
            amount_mg=DOSES_MG[self.product],
            duration_min=40.0,
            by=self.prescriber,
            now=self.now,
            expected=ANYWHERE,
        )
        return self

    def checked(self) -> "Day":
        """By two people."""
        return self._checked_with(self.second)

    def checked_alone(self) -> "Day":
        """By the nurse alone."""
        return self._checked_with(None)

    def _checked_with(self, second: Account | None) -> "Day":
        services.check_order(
            encounter_id=self.encounter_id,
            second=second,
            lot="LOT-7",
            expires_on=date(2030, 1, 31),
            prepared=PREPARED[self.product],
            by=self.nurse,
            now=self.now,
            expected=ANYWHERE,
        )
        return self

    def ready(self, room: Room | None) -> "Day":
        """Everything before the dose."""
        return self.arrived(room).vitals().asked().ordered().checked().confirmed()

    def confirmed(self) -> "Day":
        """Ready, as far as every rule is concerned."""
        services.confirm_ready(encounter_id=self.encounter_id, by=self.nurse, now=self.now, expected=ANYWHERE)
        return self

    def started(self) -> "Day":
        """The infusion, the first device, the injection, or the dose by mouth."""
        told = {"encounter_id": self.encounter_id, "by": self.nurse, "now": self.now, "expected": ANYWHERE}
        amount_mg = DOSES_MG[self.product]
        match self.product:
            case Product.KETAMINE_IV:
                services.start_infusion(line_site="left forearm 22 G", **told)  # type: ignore[arg-type]
            case Product.ESKETAMINE_IN:
                self.device()
            case Product.KETAMINE_IM | Product.KETAMINE_SC:
                services.give_injection(
                    amount_mg=amount_mg,
                    volume_ml=amount_mg / 50.0,
                    body_site="left deltoid",
                    **told,  # type: ignore[arg-type]
                )
            case _:
                services.take_by_mouth(amount_mg=amount_mg, **told)  # type: ignore[arg-type]
        return self

    def device(self) -> "Day":
        """The next device."""
        services.use_device(encounter_id=self.encounter_id, by=self.nurse, now=self.now, expected=ANYWHERE)
        return self

    def ended(self, because: str = "") -> "Day":
        """The whole dose."""
        services.end_dose(
            encounter_id=self.encounter_id,
            total_mg=DOSES_MG[self.product],
            because=because,
            held_min=10.0 if self.product in HELD else None,
            residue=Residue.SPAT if self.product in HELD else None,
            by=self.nurse,
            now=self.now,
            expected=ANYWHERE,
        )
        return self


def well(now: datetime, **answers: object) -> ReadinessAnswered:
    """Fasting, escorted, nothing new."""
    fine = {
        "last_solids_at": now - timedelta(hours=9),
        "last_liquids_at": now - timedelta(hours=3),
        "escort_name": "Jonas Quist",
        "escort_phone": "+1 212 555 0177",
        "intoxication_signs": False,
        "new_medicines": False,
        "new_symptoms": False,
        "suicidal_thoughts_since_last_visit": False,
        "nasal_product_within_1_h": False,
        "stimulant_today": False,
        "could_be_pregnant": False,
        "will_drive": False,
        "prescriber_on_site": "A prescriber, MD",
    }
    return ReadinessAnswered(**(fine | answers))  # type: ignore[arg-type]


def plan_day(
    *,
    patient: Patient,
    nurse: Account,
    prescriber: Account,
    second: Account,
    product: Product,
    now: datetime,
    rems: bool = True,
) -> Day:
    """A session planned for now, with consent signed by both; a spray with what the REMS asks."""
    encounter = open_encounter(patient=patient, site=patient.site, kind=Encounter.Kind.DOSING, now=now)
    day = Day(
        patient=patient,
        encounter=encounter,
        nurse=nurse,
        prescriber=prescriber,
        second=second,
        product=product,
        now=now,
    )
    day.note(*consent_to(product, now))
    if rems and product is Product.ESKETAMINE_IN:
        certified_and_enrolled(day)
    if product in AT_HOME:
        day.note(c_ssrs())
    course = course_for(product)
    day.note(course)
    day.note(
        SessionPlanned(
            course_id=course.course_id,
            number=1,
            product=product,
            dose_mg=DOSES_MG[product],
            starts_at=now,
            site=patient.site.slug,
            phase="induction",
        ),
        encounter_id=encounter.pk,
    )
    return day


def c_ssrs(item: int | None = None) -> QuestionnaireAnswered:
    """The screener of the last month, with yes to nothing, or to the wish and this item (from 1)."""
    answers: list[int | None] = [0, 0, None, None, None, 0, None]
    if item is not None:
        answers[:5] = [int(number in {1, 2, item}) for number in range(1, 6)]
    return QuestionnaireAnswered(
        instrument="c-ssrs",
        instrument_version="1",
        language="en",
        mode=Mode.CLINICIAN,
        items=tuple(answers),
        recall="1 month",
        occasion="before",
    )


def certified_and_enrolled(day: Day) -> None:
    """What the REMS asks before a spray."""
    today = day.now.date()
    certification = SiteCertification(
        number="C-1",
        representative="Imran Vale, MD",
        certified_on=today - timedelta(days=30),
        valid_until=today + timedelta(days=300),
    )
    certify_site(site=day.encounter.site, certification=certification, by=None, now=day.now)
    day.note(enrolled_on(today - timedelta(days=1)))


def enrolled_on(day: date) -> RemsEnrolled:
    """An enrolment, signed by both on its day."""
    return RemsEnrolled(
        enrolled_on=day,
        reference="R-1",
        setting_id="S-1",
        prescriber="A prescriber, MD",
        patient_signed_on=day,
        prescriber_signed_on=day,
    )


def course_for(product: Product) -> CourseOrdered:
    """The course that the session belongs to."""
    per_kg = DOSES_MG[product] / 70.0 if product in INJECTED else None
    return CourseOrdered(
        course_id=uuid4(),
        product=product,
        regimen=next(regimen.id for regimen in REGIMENS.values() if regimen.product is product),
        indication="treatment-resistant depression",
        sessions=6,
        dose_mg=DOSES_MG[product],
        dose_mg_per_kg=per_kg,
        weight_kg=70.0 if per_kg else None,
        weight_basis=WeightBasis.ACTUAL if per_kg else WeightBasis.FIXED,
        intention="To feel the mornings again.",
    )


def consent_to(product: Product, now: datetime) -> list[ConsentSigned]:
    """Both signatures under the text for this product."""
    document = document_for(product)
    return [
        ConsentSigned(
            document=document.id,
            document_version=document.version,
            document_digest=document.digest("en"),
            language="en",
            signatory=signatory,
            printed_name="A signature",
            meaning="I agree.",
            elements=tuple(ELEMENT_IDS),
            valid_until=now.date() + timedelta(days=300),
        )
        for signatory in (Signatory.PATIENT, Signatory.PRESCRIBER)
    ]
