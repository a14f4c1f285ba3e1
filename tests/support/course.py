"""A patient's course straight into the ledger: evaluated, consented, ordered, dosed and released."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.pathway.careplan.entries import CourseOrdered, SessionPlanned, WeightBasis
from ajar.pathway.consent.documents import ELEMENT_IDS
from ajar.pathway.consent.entries import ConsentSigned, Signatory
from ajar.pathway.consent.library import document_for
from ajar.pathway.discharge.entries import RecoveryConfirmed, Released
from ajar.pathway.dosing.entries import Act, DoseEnded, DrugGiven, PatientArrived, ReadinessConfirmed
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.ledger.entry import Author, NewEntry
from ajar.pathway.ledger.payload import Payload

PRODUCT = "ketamine_iv"


class Programme:
    """Writes one patient's course. Everything happens at `now` plus some days."""

    def __init__(self, patient: Patient, *, by: Author, now: datetime) -> None:
        self.patient, self.by, self.now = patient, by, now

    def add(self, *payloads: Payload, day: float, encounter: Encounter | None = None) -> None:
        """Record facts, all at one moment."""
        happened_at = self.now + timedelta(days=day)
        encounter_id = encounter.pk if encounter else None
        new = [NewEntry(payload=p, happened_at=happened_at, encounter_id=encounter_id) for p in payloads]
        append(new, patient_id=self.patient.pk, expected=ANYWHERE, by=self.by, now=self.now)

    def evaluated(self, *, day: float, outcome: str = "eligible") -> None:
        """The prescriber's conclusion."""
        signed = EvaluationSigned(
            outcome=outcome,
            indication="trd",
            product=PRODUCT,
            jurisdiction="US",
            rulebook_version="1",
            findings=(),
            summary="",
            meaning="Suitable.",
        )
        self.add(signed, day=day)

    def consented(self, *, day: float, by: Sequence[Signatory] = tuple(Signatory)) -> None:
        """Signatures under the current text."""
        document = document_for(PRODUCT)
        for signatory in by:
            signed = ConsentSigned(
                document=document.id,
                document_version=document.version,
                document_digest=document.digest("en"),
                language="en",
                signatory=signatory,
                printed_name="Someone",
                meaning="I agree.",
                elements=ELEMENT_IDS,
                valid_until=date(2027, 1, 1),
            )
            self.add(signed, day=day)

    def ordered(self, *, day: float, sessions: int) -> UUID:
        """A course."""
        order = CourseOrdered(
            course_id=uuid4(),
            product=PRODUCT,
            regimen="KETAMINE_IV_INDUCTION",
            indication="trd",
            sessions=sessions,
            dose_mg=35,
            dose_mg_per_kg=0.5,
            weight_kg=70,
            weight_basis=WeightBasis.ACTUAL,
            intention="",
        )
        self.add(order, day=day)
        return order.course_id

    def planned(self, course_id: UUID, number: int, *, day: float) -> Encounter:
        """One session of a course, to begin with arriving at `now` plus `day` days."""
        session = open_encounter(
            patient=self.patient, site=self.patient.site, kind=Encounter.Kind.DOSING, now=self.now
        )
        plan = SessionPlanned(
            course_id=course_id,
            number=number,
            product=PRODUCT,
            dose_mg=35,
            starts_at=self.now + timedelta(days=day),
            site=self.patient.site.name,
            phase="induction",
        )
        self.add(plan, day=min(day, 0) - 1, encounter=session)
        return session

    def given(self, session: Encounter, *, day: float) -> None:
        """The whole day of a session."""
        drug = DrugGiven(
            act=Act.INFUSION_STARTED,
            product=PRODUCT,
            amount_mg=None,
            rate_mg_per_h=52.5,
            lot="K1",
            expires_on=None,
        )
        released = Released(
            handed_to="Sam",
            handed_to_relation="brother",
            instructions_language="en",
            instructions_given_to=("patient", "escort"),
            ready_without_rule_min=None,
        )
        self.add(
            PatientArrived(room_id=uuid4(), room_name="Room 1"),
            ReadinessConfirmed(rulebook_version="1", findings=()),
            drug,
            DoseEnded(total_mg=35, complete=True),
            RecoveryConfirmed(criteria=(), rulebook_version="1"),
            released,
            day=day,
            encounter=session,
        )

    def finished(self, days: Sequence[float] = (-24, -21, -17, -14, -10, -7)) -> UUID:
        """Evaluated, consented, and every session given on its day."""
        self.evaluated(day=days[0] - 5)
        self.consented(day=days[0] - 4)
        course_id = self.ordered(day=days[0] - 3, sessions=len(days))
        for number, day in enumerate(days, start=1):
            self.given(self.planned(course_id, number, day=day), day=day)
        return course_id
