"""Whatever part a signed configuration changes, the running program acts on it and says whose it was."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from ajar.clinic.careplan.chart import standing_of
from ajar.clinic.discharge.services import confirm_recovery
from ajar.clinic.dosing.judging import day_findings, order_guards
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.dosing.services import confirm_ready
from ajar.clinic.evaluation.purpose import Purpose
from ajar.clinic.evaluation.services import judgement_of
from ajar.clinic.followup.selectors import due_for, follow_up_of
from ajar.clinic.followup.services import record_answers
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.governance.selectors import programme
from ajar.clinic.integration.selectors import integration_of
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.maintenance.models import SurveillanceRow
from ajar.clinic.maintenance.selectors import maintenance_of
from ajar.clinic.maintenance.services import open_prompt_tasks
from ajar.clinic.monitoring.escalating import pass_on
from ajar.clinic.monitoring.selectors import standing_alarms, vitals_now, watch, watching_of
from ajar.clinic.paperwork.selectors import form_of, paper_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.safety.services import record_adverse_event
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import author_of, device_author
from ajar.clinic.staff.models import Account
from ajar.clinic.tasks.models import Task
from ajar.clinic.web.portal import own_care
from ajar.pathway.careplan.course import courses_of
from ajar.pathway.discharge.guard import NotYet
from ajar.pathway.dosing.entries import ReadinessConfirmed
from ajar.pathway.evaluation.products import Product
from ajar.pathway.governance.parameters import Value
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.monitoring.entries import AlarmEscalated
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.paperwork.rems_form import RemsForm
from ajar.pathway.safety.entries import AdverseEventRecorded, Outcome, Relatedness, Seriousness
from ajar.pathway.safety.terms import DICTIONARY_VERSION
from tests.clinic.dosing.scenario import Day, make_room, plan_day
from tests.support.configured import CLINIC, set_by_clinic
from tests.support.course import Programme
from tests.support.people import make_account


@dataclass(frozen=True, kw_only=True)
class World:
    """One patient and the people around."""

    patient: Patient
    nurse: Account
    prescriber: Account
    room: Room
    now: datetime

    def day(self, product: Product = Product.KETAMINE_IV) -> Day:
        """A session planned for now."""
        return plan_day(
            patient=self.patient,
            nurse=self.nurse,
            prescriber=self.prescriber,
            second=make_account(self.nurse.role, self.patient.site, name="Ines Calder"),
            product=product,
            now=self.now,
        )

    def course(self) -> Programme:
        """Writes a course day by day."""
        return Programme(self.patient, by=author_of(self.nurse), now=self.now)

    def score(self, total: int, *, day: float) -> None:
        """A PHQ-9."""
        full, rest = divmod(total, 3)
        record_answers(
            patient=self.patient,
            items=[3] * full + [rest] + [0] * (8 - full),
            mode=Mode.STAFF_READ,
            occasion="visit",
            answered=self.now + timedelta(days=day),
            by=self.nurse,
            now=self.now,
        )


@pytest.fixture
def world(patient, nurse, prescriber, new_york, now, clock) -> World:
    room = make_room(new_york)
    return World(patient=patient, nurse=nurse, prescriber=prescriber, room=room, now=now)


Look = Callable[[], str]
"""What the program says now."""


def alarms(world: World) -> Look:
    day = world.day().ready(world.room).started()
    day.after(5).vitals(systolic_mmhg=138.0)
    now = day.after(5).now
    return lambda: ", ".join(f"{one.id} {one.version}" for one in standing_alarms(day.encounter_id, now=now))


def observations(world: World) -> Look:
    day = world.day().ready(world.room).started()
    key, now = day.encounter_id, day.after(2).now

    def look() -> str:
        seen = watch(session_now(key), vitals_now(key), now=now, watching=watching_of(key))
        return f"{min(one.at for one in seen.ahead) - day.now}"

    return look


def evaluation(world: World) -> Look:
    world.course().add(VitalsMeasured(systolic_mmhg=138, diastolic_mmhg=80, heart_rate_bpm=70), day=0)

    def look() -> str:
        found = judgement_of(world.patient, Purpose(product=Product.KETAMINE_IV), world.now)
        pressure = next(one for one in found.findings if one.rule_id == "ELG-BP7")
        return f"{pressure.verdict} {pressure.produced_by}"

    return look


def readiness(world: World) -> Look:
    day = world.day().arrived(world.room).vitals().asked()

    def look() -> str:
        found = day_findings(session_now(day.encounter_id), now=world.now)
        return next(f"{one.verdict} {one.rulebook_version}" for one in found if "98" in one.ruling.datum)

    return look


def home(world: World) -> Look:
    day = world.day(Product.KETAMINE_SL_HOME).arrived(None).vitals().asked()

    def look() -> str:
        found = day_findings(session_now(day.encounter_id), now=world.now)
        return next(one.ruling.because for one in found if one.rule_id == "SL-07b")

    return look


def coming(world: World) -> Look:
    world.course().planned(world.course().ordered(day=-1, sessions=6), 1, day=1)

    def look() -> str:
        seen = own_care(world.patient, viewer=world.patient.account, now=world.now).session
        assert seen is not None
        assert seen.times is not None
        return f"{seen.appointment_at - seen.times.no_food_from}"

    return look


def doses(world: World) -> Look:
    day = world.day().arrived(world.room)
    session = session_now(day.encounter_id)
    return lambda: ", ".join(one.because for one in order_guards(session, 35, duration_min=40, now=world.now))


def tolerance(world: World) -> Look:
    day = world.day().ready(world.room).started().after(20)
    day.vitals(systolic_mmhg=144.0)
    day.after(21).ended()

    def look() -> str:
        entries = all_entries(world.patient.pk)
        course = courses_of(entries)[-1]
        now = world.now + timedelta(hours=1)
        shown = standing_of(
            world.patient, course, entries, world.patient.site, programme(), now=now
        ).next_step
        assert shown is not None
        return str(shown.borne.tolerability)

    return look


def discharge(world: World) -> Look:
    day = world.day().ready(world.room).started().after(40).ended()

    def look() -> str:
        later = day.after(70).now
        with pytest.raises(NotYet) as refused:
            confirm_recovery(encounter_id=day.encounter_id, by=day.nurse, now=later, expected=ANYWHERE)
        return str(refused.value)

    return look


def safety(world: World) -> Look:
    event = AdverseEventRecorded(
        term="Nausea",
        grade=3,
        onset_at=world.now,
        ended_at=None,
        action="none",
        outcome=Outcome.ONGOING,
        relatedness=Relatedness.RELATED,
        seriousness=Seriousness.HOSPITAL,
        note="",
        dictionary_version=DICTIONARY_VERSION,
    )

    def look() -> str:
        Task.objects.all().delete()
        record_adverse_event(
            patient=world.patient, event=event, by=world.nurse, now=world.now, encounter_id=None
        )
        return f"{Task.objects.get().due_at - world.now}"

    return look


def rems(world: World) -> Look:
    day = world.day(Product.ESKETAMINE_IN).ready(world.room).started()

    def look() -> str:
        form = form_of(paper_of(day.encounter, viewer=world.nurse))
        assert isinstance(form, RemsForm)
        return form.generation

    return look


def integration(world: World) -> Look:
    world.course().planned(world.course().ordered(day=-1, sessions=6), 1, day=1)
    return lambda: ", ".join(
        one.name for one in integration_of(world.patient, viewer=world.nurse, now=world.now).prompts
    )


def asking(world: World) -> Look:
    world.course().finished()

    def look() -> str:
        found = due_for(world.patient, now=world.now - timedelta(days=7))
        assert found is not None
        return found.occasion

    return look


def course(world: World) -> Look:
    world.score(20, day=-30)
    world.course().finished()

    def look() -> str:
        found = follow_up_of(world.patient, viewer=world.nurse, now=world.now).judgements
        return next(f"{one.definition} {one.rulebook_version}" for one in found if one.id == "relapse")

    return look


def maintenance(world: World) -> Look:
    world.score(18, day=-30)
    world.course().finished()
    world.score(6, day=-3)

    def look() -> str:
        found = maintenance_of(world.patient, viewer=world.nurse, now=world.now)
        assert found.due is not None
        assert found.policy is not None
        return f"{(found.due.on - world.now.date()).days} {found.policy.version}"

    return look


def surveillance(world: World) -> Look:
    world.course().finished()

    def look() -> str:
        row = SurveillanceRow.objects.get(check_id="bladder")
        Task.objects.all().delete()
        open_prompt_tasks(patients=[world.patient], now=world.now + timedelta(days=200))
        told = Task.objects.get(title__startswith="Bladder").because
        return f"{(row.due_on - world.now.date()).days} {told}"

    return look


def escalation(world: World) -> Look:
    day = world.day().ready(world.room).started().vitals(systolic_mmhg=204.0)
    pass_on(now=world.now)

    def look() -> str:
        pass_on(now=world.now + timedelta(seconds=90))
        told = [entry.payload for entry in all_entries(world.patient.pk, kinds=[AlarmEscalated.KIND])]
        return f"{len(told)} {[one.version for one in told if isinstance(one, AlarmEscalated)]} {day.product}"

    return look


def silence(world: World) -> Look:
    day = world.day().ready(world.room).started()
    bind_device(device="M-1", room=world.room, by="a test", now=world.now)
    told = NewEntry(
        payload=VitalsMeasured(spo2_percent=98.0), happened_at=world.now, encounter_id=day.encounter_id
    )
    append([told], patient_id=world.patient.pk, expected=ANYWHERE, by=device_author("M-1"), now=world.now)

    def look() -> str:
        standing = standing_alarms(day.encounter_id, now=world.now + timedelta(seconds=30))
        return str([one.version for one in standing if one.technical])

    return look


ROWS: tuple[tuple[Callable[[World], Look], str, Value, str, str], ...] = (
    (alarms, "alarms.limits.ALM-1.steps.3.bound", 135, "", f"+ {CLINIC}"),
    (escalation, "escalation.steps.1.after_s", 60, "0 ", f"+ {CLINIC}"),
    (silence, "silence.low_s", 20, "[]", f"+ {CLINIC}"),
    (observations, "observations.plans.MON-3.repeated.1.during_min", 5.0, "0:10:00", "0:05:00"),
    (evaluation, "evaluation.fast_bpm", 65, "pass", f"+ {CLINIC}"),
    (readiness, "readiness.spo2_at_least_percent", 99, "pass", f"+ {CLINIC}"),
    (home, "doses.home.systolic_at_most_mmhg", 120, "Not above 140/90", "Above 120/90"),
    (coming, "readiness.injected.solids_h", 8, "5:", "7:"),
    (doses, "doses.iv.first_at_most_mg_per_kg", 0.4, "", "0.4"),
    (tolerance, "tolerance.rise_systolic_mmhg", 10, "good", "troubled"),
    (discharge, "discharge.stays.MON-3.minutes", 90, "", "20 min to go"),
    (safety, "safety.serious_within_h", 12, "1 day, 0:00:00", "12:00:00"),
    (rems, "rems.generation", "A", "B (", "A ("),
    (integration, "integration.preparations", 1, "Preparation 1 of 3", "Preparation 1 of 1"),
    (asking, "asking.days_after_dose.1.value", 2, "day 1", "day 2"),
    (course, "course.relapse_confirmed_by.value", 1, "in 2 scores", f"+ {CLINIC}"),
    (maintenance, "maintenance.ketamine_iv.steps.1.interval_days", 10, "0 ", f"+ {CLINIC}"),
    (surveillance, "surveillance.checks.bladder.every_days", 30, "66 ", f"+ {CLINIC}"),
)


@pytest.mark.parametrize(
    ("build", "parameter", "value", "before", "after"), ROWS, ids=[name for _look, name, *_rest in ROWS]
)
def test_the_program_acts_on_what_the_clinic_signed(world, build, parameter, value, before, after):
    look = build(world)
    told = look()
    assert before in told
    assert CLINIC not in told
    set_by_clinic((parameter, value), by=world.prescriber, now=world.now)
    changed = look()
    assert after in changed
    assert changed != told


def test_every_part_of_the_programme_is_shown_to_act():
    parts = {name.split(".", 1)[0] for _build, name, _value, _before, _after in ROWS}
    assert parts == set(programme().__dataclass_fields__) - {"configuration"}


def test_what_is_recorded_keeps_the_version_that_produced_it(world):
    set_by_clinic(("readiness.stimulant", "hold"), by=world.prescriber, now=world.now)
    day = world.day().arrived(world.room).vitals().asked().ordered().checked()
    entry = confirm_ready(encounter_id=day.encounter_id, by=day.nurse, now=day.now, expected=ANYWHERE)
    assert isinstance(entry.payload, ReadinessConfirmed)
    assert entry.payload.rulebook_version.endswith(f"+ {CLINIC}")
    assert replace(entry.payload, rulebook_version="") == ReadinessConfirmed(
        rulebook_version="", findings=entry.payload.findings
    )
