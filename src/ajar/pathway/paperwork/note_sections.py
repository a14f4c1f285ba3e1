"""What each section of the note says, line by line, each line with its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ajar.pathway.careplan.entries import CourseOrdered
from ajar.pathway.discharge.entries import DischargeAssessed, LeftAgainstAdvice, RecoveryConfirmed, Released
from ajar.pathway.discharge.series import after, dissociation, episode, last_before, sedation, series
from ajar.pathway.dosing.entries import (
    DoseEnded,
    DoseOrdered,
    DrugGiven,
    OrderChecked,
    PatientMoved,
    ReadinessAnswered,
    SessionCancelled,
)
from ajar.pathway.dosing.session import Session
from ajar.pathway.integration.entries import IntegrationHeld
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.paperwork.told import (
    Fact,
    all_of,
    clock_text,
    last_of,
    minutes_between,
    product_words,
    yes_no,
)
from ajar.pathway.safety.rems_duties import RemsSetting
from ajar.pathway.safety.report import report


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the sections are told from. `ours` are the encounter's effective entries."""

    session: Session
    ours: Sequence[Entry]
    patient: Sequence[Entry]
    zone: tzinfo
    integration_at: datetime | None
    certified_as: RemsSetting

    def clock(self, moment: datetime) -> str:
        """A time of day with its zone."""
        return clock_text(moment, self.zone)

    def asked_time(self, moment: datetime | None) -> str:
        """A day and a time of day, or that nobody asked: what was eaten last was eaten yesterday."""
        if moment is None:
            return "not recorded"
        local = moment.astimezone(self.zone)
        return f"{local.day} {local:%b}, {self.clock(moment)}"


def plan_facts(telling: Telling) -> tuple[Fact, ...]:
    """What was planned, and for what."""
    plan = telling.session.plan
    facts = [
        Fact(label="Session", value=f"{plan.number} of the course, {plan.phase}"),
        Fact(label="Planned dose", value=f"{plan.dose_mg:g} mg, {product_words(plan.product)}"),
    ]
    for entry, course in all_of(telling.patient, CourseOrdered):
        if course.course_id == plan.course_id:
            facts.append(Fact(label="Indication", value=course.indication, entries=(entry,)))
            facts.append(Fact(label="Intention", value=course.intention or "none given", entries=(entry,)))
    return tuple(facts)


def readiness_facts(telling: Telling) -> tuple[Fact, ...]:
    """What was asked before the dose."""
    found = last_of(telling.ours, ReadinessAnswered)
    if found is None:
        return ()
    entry, said = found
    rows = [
        ("Last solid food", telling.asked_time(said.last_solids_at)),
        ("Last liquids", telling.asked_time(said.last_liquids_at)),
        ("Escort", said.escort_name or "not named"),
        ("Signs of intoxication", yes_no(said.intoxication_signs)),
        ("New medicines", yes_no(said.new_medicines)),
        ("New symptoms", yes_no(said.new_symptoms)),
        ("Suicidal thoughts since last visit", yes_no(said.suicidal_thoughts_since_last_visit)),
        *([("Remark", said.note)] if said.note else []),
    ]
    return tuple(Fact(label=label, value=value, entries=(entry,)) for label, value in rows)


def order_facts(telling: Telling) -> tuple[Fact, ...]:
    """Who ordered what, and which two people compared it."""
    facts: list[Fact] = []
    if (ordered := last_of(telling.ours, DoseOrdered)) is not None:
        entry, order = ordered
        how = f" over {order.duration_min:g} min" if order.duration_min else ""
        how += f" in {order.devices} devices" if order.devices else ""
        value = f"{order.amount_mg:g} mg{how}, {product_words(order.product)}; by {entry.recorded_by.name}"
        facts.append(Fact(label="Order", value=value, entries=(entry,)))
    if (checked := last_of(telling.ours, OrderChecked)) is not None:
        entry, check = checked
        value = f"{check.first_person} and {check.second_person}; lot {check.lot}, expires {check.expires_on}"
        facts.append(Fact(label="Checked by two", value=value, entries=(entry,)))
    return tuple(facts)


def drug_facts(telling: Telling) -> tuple[Fact, ...]:
    """Each act with the drug, and the end of the dose."""
    facts = [
        Fact(
            label=f"{given.act.replace('_', ' ').capitalize()}, {telling.clock(entry.happened_at)}",
            value=_act(given),
            entries=(entry,),
        )
        for entry, given in all_of(telling.ours, DrugGiven)
    ]
    if (ended := last_of(telling.ours, DoseEnded)) is not None:
        entry, end = ended
        value = f"{end.total_mg:g} mg in all" + ("" if end.complete else f"; stopped early: {end.because}")
        facts.append(
            Fact(label=f"Dose ended, {telling.clock(entry.happened_at)}", value=value, entries=(entry,))
        )
    for entry, cancelled in all_of(telling.ours, SessionCancelled):
        facts.append(Fact(label="Cancelled", value=cancelled.because, entries=(entry,)))
    return tuple(facts)


def _act(given: DrugGiven) -> str:
    parts = [
        f"device {given.device_number}" if given.device_number else "",
        f"{given.amount_mg:g} mg" if given.amount_mg is not None else "",
        f"{given.rate_mg_per_h:g} mg/h" if given.rate_mg_per_h is not None else "",
        f"lot {given.lot}",
        given.because,
    ]
    return ", ".join(part for part in parts if part)


def rating_facts(telling: Telling) -> tuple[Fact, ...]:
    """How far sedation and dissociation went, and when they were over."""
    first_at = telling.session.first_dose_at
    facts: list[Fact] = []
    awake = after(series(telling.ours, sedation), first_at)
    if awake:
        deepest = min(awake, key=lambda point: point.value)
        value = f"lowest MOAA/S {deepest.value} at {telling.clock(deepest.at)}"
        seen = episode(awake, lambda moaa_s: moaa_s < 5)
        if seen is not None:
            value += f"; resolved {telling.clock(seen.resolved.at)}" if seen.resolved else "; not resolved"
        facts.append(Fact(label="Sedation", value=value, entries=(deepest.entry,)))
    ratings = series(telling.ours, dissociation)
    if felt := after(ratings, first_at):
        peak = max(felt, key=lambda point: point.value.total)
        before = last_before(ratings, first_at)
        value = (
            f"CADSS-6 {before.value.total if before else 'not rated'} before, highest {peak.value.total} at "
            f"{telling.clock(peak.at)}, {felt[-1].value.total} at {telling.clock(felt[-1].at)}"
        )
        value += "; with distress" if any(point.value.distress for point in felt) else ""
        facts.append(Fact(label="Dissociation", value=value, entries=(peak.entry, felt[-1].entry)))
    return tuple(facts)


def event_facts(telling: Telling) -> tuple[Fact, ...]:
    """What happened, in order of time; also where the patient was moved to."""
    told = [
        *(
            (entry, event.event.capitalize(), _event(event))
            for entry, event in all_of(telling.ours, EventNoted)
        ),
        *((entry, "Moved", _move(moved)) for entry, moved in all_of(telling.ours, PatientMoved)),
    ]
    return tuple(
        Fact(label=f"{what}, {telling.clock(entry.happened_at)}", value=value, entries=(entry,))
        for entry, what, value in sorted(told, key=lambda one: one[0].happened_at)
    )


def _event(event: EventNoted) -> str:
    return ", ".join(part for part in (event.severity or "", event.action, event.note) if part) or "noted"


def _move(moved: PatientMoved) -> str:
    return f"to {moved.room_name}" + (f": {moved.because}" if moved.because else "")


def adverse_facts(telling: Telling) -> tuple[Fact, ...]:
    """Each adverse event of the session: how bad, until when, what was done, how it stands."""
    return tuple(
        Fact(
            label=f"{line.event.term}, {telling.clock(line.event.onset_at)}",
            value=", ".join(
                part
                for part in (
                    line.severity,
                    f"serious: {line.event.seriousness}" if line.event.seriousness else "",
                    line.event.note,
                    line.event.action,
                    line.event.outcome,
                    f"until {telling.clock(line.event.ended_at)}" if line.event.ended_at else "",
                    line.event.relatedness,
                )
                if part
            ),
            entries=(line.entry,),
        )
        for line in report(telling.ours)
    )


def discharge_facts(telling: Telling) -> tuple[Fact, ...]:
    """The assessment, the recovery, and how the patient left."""
    facts = [*_assessment(telling), *_recovery(telling), *_leaving(telling)]
    first_at, closed_at = telling.session.first_dose_at, telling.session.closed_at
    if first_at is not None and closed_at is not None:
        stayed = minutes_between(first_at, closed_at)
        facts.append(Fact(label="Stayed", value=f"{stayed} min from the first drug"))
    return tuple(facts)


def _assessment(telling: Telling) -> list[Fact]:
    found = last_of(telling.ours, DischargeAssessed)
    if found is None:
        return []
    entry, said = found
    check = [yes_no(said.suicide_check_done), *([said.suicide_check_note] if said.suicide_check_note else [])]
    return [
        Fact(label=f"Aldrete, {telling.clock(entry.happened_at)}",
             value=f"{said.aldrete} of 10 ({said.aldrete_version})", entries=(entry,)),
        Fact(label="Oriented", value=yes_no(said.oriented), entries=(entry,)),
        Fact(label="Steady gait", value=yes_no(said.steady_gait), entries=(entry,)),
        Fact(label="Nausea absent or minimal", value=yes_no(said.nausea_absent_or_minimal), entries=(entry,)),
        Fact(label="Suicide check", value=": ".join(check), entries=(entry,)),
    ]  # fmt: skip


def _recovery(telling: Telling) -> list[Fact]:
    return [
        Fact(
            label=f"Recovery confirmed, {telling.clock(entry.happened_at)}",
            value=", ".join(filter(None, (f"by {entry.recorded_by.name}", said.rulebook_version))),
            entries=(entry,),
        )
        for entry, said in all_of(telling.ours, RecoveryConfirmed)
    ]


def _leaving(telling: Telling) -> list[Fact]:
    facts: list[Fact] = []
    for entry, said in all_of(telling.ours, Released):
        relation = f" ({said.handed_to_relation})" if said.handed_to_relation else ""
        given_to = " and ".join(said.instructions_given_to)
        label = f"Released, {telling.clock(entry.happened_at)}"
        value = f"to {said.handed_to}{relation}; instructions ({said.instructions_language}) to {given_to}"
        facts.append(Fact(label=label, value=value, entries=(entry,)))
        if said.ready_without_rule_min is not None:
            value = f"after {said.ready_without_rule_min} min"
            facts.append(Fact(label="Ready without the minimum stay", value=value, entries=(entry,)))
    for entry, left in all_of(telling.ours, LeftAgainstAdvice):
        label = f"Left against advice (protocol deviation), {telling.clock(entry.happened_at)}"
        value = f"{left.because or 'no reason given'}. Advised: {left.advised}. Open: {', '.join(left.unmet)}"
        facts.append(Fact(label=label, value=value, entries=(entry,)))
    return facts


def integration_facts(telling: Telling) -> tuple[Fact, ...]:
    """The session in which this dose is worked through: booked, or held."""
    facts: list[Fact] = []
    if telling.integration_at is not None:
        local = telling.integration_at.astimezone(telling.zone)
        value = f"{local:%d %B %Y}, {telling.clock(telling.integration_at)}"
        facts.append(Fact(label="Booked", value=value))
    for entry, held in all_of(telling.patient, IntegrationHeld):
        if held.dosing_encounter_id == telling.session.encounter_id:
            value = f"{held.minutes} min, by {entry.recorded_by.name}"
            facts.append(Fact(label="Held", value=value, entries=(entry,)))
    return tuple(facts)
