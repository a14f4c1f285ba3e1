"""The day's rules asked of what is recorded: readiness findings, and guard rails on an order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from ajar.clinic.careplan.chart import DoseOnTheDay, guards_on_the_day
from ajar.clinic.dosing.selectors import certification_of, doses_before
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_encounter_entries, all_entries
from ajar.clinic.patients.models import Encounter
from ajar.pathway.careplan.entries import CourseOrdered
from ajar.pathway.careplan.gate import latest_evaluation
from ajar.pathway.careplan.guards import Guard, PlannedDose, guards, hard_stops
from ajar.pathway.careplan.home import risk_at_home
from ajar.pathway.careplan.response import latest_risk
from ajar.pathway.consent.documents import UnknownDocument
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn
from ajar.pathway.consent.library import document_for
from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.consent.validity import StandingKind, consent_standing
from ajar.pathway.dosing.day import DayOfDose, LozengesSoFar
from ajar.pathway.dosing.drug import DrugRefused
from ajar.pathway.dosing.entries import LozengesDispensed, RemsEnrolled
from ajar.pathway.dosing.readiness import judge_readiness
from ajar.pathway.dosing.rems import RemsStanding, enrolment_of, why_not_rems
from ajar.pathway.dosing.session import Session
from ajar.pathway.evaluation.candidate import Fact
from ajar.pathway.evaluation.entries import EvaluationSigned, FindingAccepted
from ajar.pathway.evaluation.findings import Finding, Outcome
from ajar.pathway.evaluation.from_entries import facts_from
from ajar.pathway.evaluation.products import AT_HOME, Jurisdiction, Product, Setting
from ajar.pathway.ledger.entry import effective
from ajar.pathway.ledger.payload import EnteredInError, Payload
from ajar.pathway.observations.vitals import VitalsMeasured

P = TypeVar("P", bound=Payload)

CONSENT_KINDS: Final = (ConsentSigned.KIND, ConsentWithdrawn.KIND, EnteredInError.KIND)
EVALUATION_KINDS: Final = (EvaluationSigned.KIND, EnteredInError.KIND)
ENROLMENT_KINDS: Final = (RemsEnrolled.KIND, EnteredInError.KIND)
DISPENSED_KINDS: Final = (LozengesDispensed.KIND, EnteredInError.KIND)
COURSE_KINDS: Final = (CourseOrdered.KIND, EnteredInError.KIND)


def encounter_of(session: Session) -> Encounter:
    """Whose session it is, and where."""
    return Encounter.objects.select_related("patient", "site").get(pk=session.encounter_id)


def day_findings(session: Session, *, now: datetime) -> tuple[Finding, ...]:
    """Every rule of the day, judged on what was asked and measured since arrival."""
    encounter, ours = encounter_of(session), programme()
    setting = Setting(
        product=Product(session.product),
        jurisdiction=Jurisdiction(encounter.site.jurisdiction),
        now=now,
        policy=ours.evaluation,
        home=ours.doses.home,
        populations=ours.doses.populations,
    )
    return judge_readiness(day_of(session, encounter, now=now), setting, ours.readiness)


def day_of(session: Session, encounter: Encounter, *, now: datetime) -> DayOfDose:
    """What the rules of the day look at."""
    facts = facts_from(all_encounter_entries(session.encounter_id))
    told = sorted(facts, key=lambda fact: fact.happened_at)
    since = session.arrived_at or now
    return DayOfDose(
        person=encounter.patient.person,
        answered=session.readiness,
        answered_at=session.readiness_at,
        vitals=tuple(fact for fact in _of(VitalsMeasured, told) if fact.happened_at >= since),
        consent=consent_now(session, encounter, now=now),
        acceptances=tuple(_of(FindingAccepted, facts)),
        lozenges=lozenges_so_far(session) if session.product in AT_HOME else None,
    )


def consent_now(session: Session, encounter: Encounter, *, now: datetime) -> ConsentStanding:
    """Where the consent to this session's product stands, by the calendar of the site."""
    try:
        document = document_for(session.product)
    except UnknownDocument as unwritten:
        return ConsentStanding(kind=StandingKind.NO_PATIENT_SIGNATURE, because=str(unwritten))
    entries = all_entries(session.patient_id, kinds=CONSENT_KINDS)
    today = now.astimezone(encounter.site.zone).date()
    return consent_standing(entries, document, today)


def rems_reasons(session: Session, *, now: datetime) -> tuple[str, ...]:
    """What the REMS holds against this session on the site's own day (FSM-1)."""
    encounter = encounter_of(session)
    standing = RemsStanding(
        certification=certification_of(encounter.site), enrolment=enrolment_in(session.patient_id)
    )
    product, law = Product(session.product), Jurisdiction(encounter.site.jurisdiction)
    return tuple(why_not_rems(standing, product, law, now.astimezone(encounter.site.zone).date()))


def enrolment_in(patient_id: UUID) -> RemsEnrolled | None:
    """The patient's REMS enrolment, if one is on file."""
    return enrolment_of(all_entries(patient_id, kinds=ENROLMENT_KINDS))


def lozenges_so_far(session: Session) -> LozengesSoFar:
    """Doses by mouth before this session, and those handed out for home."""
    handed_out = [
        entry.payload.doses
        for entry in effective(all_entries(session.patient_id, kinds=DISPENSED_KINDS))
        if isinstance(entry.payload, LozengesDispensed)
    ]
    return LozengesSoFar(
        doses_at_clinic=doses_before(session, Product.KETAMINE_SL_CLINIC),
        doses_at_home=doses_before(session, Product.KETAMINE_SL_HOME),
        doses_dispensed=sum(handed_out),
    )


def refuse_lot_not_dispensed(session: Session, lot: str) -> None:
    """At home only what was handed out is taken.

    Raises:
        DrugRefused: this lot was not.
    """
    if session.product not in AT_HOME:
        return
    lots = {
        entry.payload.lot
        for entry in effective(all_entries(session.patient_id, kinds=DISPENSED_KINDS))
        if isinstance(entry.payload, LozengesDispensed)
    }
    if lot not in lots:
        raise DrugRefused(
            f"Lot {lot} was not handed out to this patient: {', '.join(sorted(lots)) or 'none'}."
        )


def why_not_suitable(session: Session) -> list[str]:
    """What the newest signed evaluation for this product holds against it; nothing where it says suitable.

    That one was signed at all is asked when the course is ordered.
    """
    product = Product(session.product)
    signed = latest_evaluation(all_entries(session.patient_id, kinds=EVALUATION_KINDS), product)
    if signed is None or Outcome(signed.outcome).is_eligible:
        return []
    return [f"The newest evaluation for {product.label} says: {Outcome(signed.outcome).label}."]


def _of(kind: type[P], facts: Iterable[Fact[Any]]) -> list[Fact[P]]:
    return [fact for fact in facts if isinstance(fact.payload, kind)]


def course_of(session: Session) -> CourseOrdered | None:
    """The course that this session belongs to, as ordered."""
    ordered = [
        entry.payload
        for entry in effective(all_entries(session.patient_id, kinds=COURSE_KINDS))
        if isinstance(entry.payload, CourseOrdered) and entry.payload.course_id == session.plan.course_id
    ]
    return ordered[-1] if ordered else None


def dose_weight_kg(session: Session) -> float | None:
    """The weight that the course's mg/kg stand on; None for products in fixed doses."""
    course = course_of(session)
    if course is None or course.dose_mg_per_kg is None:
        return None
    return course.dose_mg / course.dose_mg_per_kg


def home_risk(session: Session) -> Guard | None:
    """PRT-2 on the day of a dose at home; None where the newest C-SSRS allows it, or it is given here."""
    if session.product not in AT_HOME:
        return None
    found = latest_risk(all_entries(session.patient_id))
    return risk_at_home(found[0] if found else None)


def order_guards(
    session: Session, amount_mg: float, *, duration_min: float | None, now: datetime
) -> list[Guard]:
    """The guard rails that this dose, over this time, does not keep on its day: the risk at home first."""
    risk = home_risk(session)
    rails = _dose_guards(session, amount_mg, duration_min=duration_min, now=now)
    return [*([risk] if risk else []), *rails]


def _dose_guards(
    session: Session, amount_mg: float, *, duration_min: float | None, now: datetime
) -> list[Guard]:
    """The guard rails of the dose itself, hard stops first.

    By what was really given before it, with the review gate; a course whose regimen is not known here is
    judged by the number of its session.
    """
    encounter, weight_kg = encounter_of(session), dose_weight_kg(session)
    entries, policy = all_entries(session.patient_id), programme().doses
    found = guards_on_the_day(
        encounter.patient,
        DoseOnTheDay(encounter_id=session.encounter_id, amount_mg=amount_mg, duration_min=duration_min),
        entries,
        encounter.site,
        policy=policy,
        now=now,
    )
    if found is not None:
        return found
    planned = PlannedDose(
        product=Product(session.product),
        number=session.plan.number,
        amount_mg=amount_mg,
        dose_mg_per_kg=round(amount_mg / weight_kg, 3) if weight_kg else None,
        jurisdiction=Jurisdiction(encounter.site.jurisdiction),
        age_years=encounter.patient.person.age_on(now.astimezone(encounter.site.zone).date()),
        duration_min=duration_min,
    )
    return guards(planned, policy)


def dose_stops(session: Session, *, now: datetime) -> tuple[str, ...]:
    """What no one may order, asked again when the drug is about to go in (FSM-3)."""
    if session.order is None:
        return ()
    order = session.order
    found = order_guards(session, order.amount_mg, duration_min=order.duration_min, now=now)
    return tuple(f"{guard.because} ({guard.rule_id})" for guard in hard_stops(found))
