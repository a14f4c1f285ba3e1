"""The synthetic clinic is built by the services that the pages use: what it leaves is a true record."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from ajar.clinic.demo import commands
from ajar.clinic.demo.monitors import device_of, place_monitors
from ajar.clinic.demo.people import STAFF, person_number
from ajar.clinic.demo.plots import Answer, Chapter, Plot, Today
from ajar.clinic.demo.selectors import sign_ins
from ajar.clinic.demo.story import is_told, tell
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import DeviceBinding
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.readmodels import REGISTERED
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.ledger.upkeep import rebuild, verify
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment, Room
from ajar.clinic.tasks.models import Task
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.maintenance.standing import Step, standing
from ajar.pathway.staff.roles import Role

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # Monday, 10:00 in New York
NY, MI = "new-york", "miami"
NASAL = Product.ESKETAMINE_IN

FEW = (
    Plot(chapter=Chapter.TODAY, site=NY, today=Today.DOSING, signs_in=True),
    Plot(chapter=Chapter.TODAY, site=MI, product=NASAL, sessions=1, today=Today.RELEASED),
    Plot(chapter=Chapter.IN_COURSE, site=NY, sessions=2, answer=Answer.REMITS),
    Plot(chapter=Chapter.DONE, site=NY, sessions=6, days_since_course=9),
    Plot(chapter=Chapter.PLAN_OPEN, site=MI, product=NASAL, language="es"),
    Plot(chapter=Chapter.CONSENT_OPEN, site=NY),
    Plot(chapter=Chapter.EVALUATING, site=MI),
    Plot(chapter=Chapter.DEFERRED, site=NY, product=NASAL),
    Plot(chapter=Chapter.CONTRAINDICATED, site=NY),
    Plot(chapter=Chapter.WITHDRAWN, site=MI),
    Plot(chapter=Chapter.BOOKED, site=MI, language="es"),
    Plot(chapter=Chapter.AT_RISK, site=NY),
    Plot(chapter=Chapter.TODAY, site=NY, product=Product.KETAMINE_IM, sessions=1, today=Today.OBSERVED),
    Plot(chapter=Chapter.TODAY, site=MI, product=Product.KETAMINE_SL_CLINIC, sessions=1, today=Today.DOSING),
)
AT_RISK = next(plot for plot in FEW if plot.chapter is Chapter.AT_RISK)
STANDS = {
    Chapter.TODAY: Step.IN_COURSE,
    Chapter.IN_COURSE: Step.IN_COURSE,
    Chapter.DONE: Step.COURSE_DONE,
    Chapter.PLAN_OPEN: Step.PLANNING,
    Chapter.CONSENT_OPEN: Step.CONSENTING,
    Chapter.EVALUATING: Step.EVALUATING,
    Chapter.DEFERRED: Step.NOT_ELIGIBLE,
    Chapter.CONTRAINDICATED: Step.NOT_ELIGIBLE,
    Chapter.WITHDRAWN: Step.CONSENTING,
    Chapter.BOOKED: Step.SCREENED,
    Chapter.AT_RISK: Step.SCREENED,
}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """A few stories, one a chapter, told once for all tests of this file and then undone."""
    with (
        pytest.MonkeyPatch.context() as patch,
        time_machine.travel(NOW, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setattr(commands, "PLOTS", FEW)
        commands.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _told(built, db):
    """Inside the built clinic, with a way back from what one test changes."""


def person(plot: Plot) -> Patient:
    """The patient of a plot, registered by the desk or come by the website."""
    given, family, _ = person_number(FEW.index(plot))
    return Patient.objects.get(given_name=given, family_name=family)


each_plot = pytest.mark.parametrize("plot", FEW, ids=lambda plot: str(plot.chapter))


@each_plot
def test_everyone_is_told_and_stands_where_the_plot_leaves_them(plot):
    assert is_told(FEW.index(plot))
    assert standing(all_entries(person(plot).pk)).step is STANDS[plot.chapter]


def test_every_chart_verifies():
    found = list(verify())
    assert len(found) == len(FEW)
    assert [broken for _, broken in found if broken] == []


@pytest.mark.hazard("HAZ-18")
def test_nothing_is_recorded_as_having_happened_in_the_future():
    assert not LedgerEntry.objects.filter(happened_at__gt=NOW).exists()
    assert not LedgerEntry.objects.filter(recorded_at__gt=NOW).exists()
    assert not Task.objects.filter(done_at__gt=NOW).exists()


def test_every_read_model_is_the_same_after_a_rebuild():
    before = {model.name: model.snapshot() for model in REGISTERED}
    assert [name for name, rows in before.items() if not rows] == ["questionnaires stopped"]
    assert rebuild(lambda done, total: None) == len(FEW)
    for model in REGISTERED:
        assert model.snapshot() == before[model.name], model.name


def test_a_second_build_adds_nothing(monkeypatch, capsys):
    kinds = (LedgerEntry, Patient, Appointment, Task, DeviceBinding, Room)
    before = [kind.objects.count() for kind in kinds]
    monkeypatch.setattr(commands, "PLOTS", FEW)
    with time_machine.travel(NOW, tick=False):
        commands.build()
    assert [kind.objects.count() for kind in kinds] == before
    assert f"{len(FEW)} patients are there already; it continues where it stopped." in capsys.readouterr().out


def test_a_build_that_was_interrupted_tells_only_who_is_missing(monkeypatch, capsys):
    one_more = Plot(chapter=Chapter.EVALUATING, site=NY)
    monkeypatch.setattr(commands, "PLOTS", (*FEW, one_more))
    with time_machine.travel(NOW, tick=False):
        commands.build()
    assert Patient.objects.count() == len(FEW) + 1
    assert "patients: 1/1" in capsys.readouterr().out


def test_a_session_is_running_as_it_was_told():
    stages = dict(DosingNow.objects.filter(first_dose_at__isnull=False).values_list("patient__mrn", "stage"))
    assert stages["SYN-1001"] == Stage.DOSING
    assert stages["SYN-1002"] == Stage.DISCHARGED


def test_every_past_session_was_signed():
    past = DosingNow.objects.filter(stage=Stage.DISCHARGED, closed_at__lt=NOW.replace(hour=0))
    assert past.count() == sum(plot.sessions for plot in FEW)
    assert all(past.values_list("signed", flat=True))


@pytest.mark.hazard("HAZ-14")
def test_the_risk_answer_left_a_task_with_an_owner_and_a_clock():
    [task] = Task.objects.filter(patient=person(AT_RISK), done_at=None)
    assert (task.urgency, bool(task.owner_role)) == (Task.Urgency.URGENT, True)
    assert task.due_at is not None


def test_there_is_someone_to_be_in_every_role():
    labels = [label for label, _ in sign_ins()]
    assert labels == [
        "Nurse", "Prescriber", "Therapist", "Front desk", "Medical director", "Administrator", "Patient",
    ]  # fmt: skip
    assert sum(len(accounts) for _, accounts in sign_ins()) == len(STAFF) + 1
    assert [a.printed_name for label, found in sign_ins() if label == Role.PATIENT.label for a in found] == [
        person(FEW[0]).name
    ]


def test_every_treatment_room_has_one_monitor():
    place_monitors(now=NOW)
    bound = DeviceBinding.objects.filter(bound_until=None).select_related("room__site")
    assert bound.count() == Room.objects.filter(kind=Room.Kind.TREATMENT).count()
    assert "SYN-NEW-YORK-HARBOR" in {device_of(binding.room) for binding in bound}


SOME = (
    (23, Plot(chapter=Chapter.IN_COURSE, site=NY, sessions=1)),
    (26, Plot(chapter=Chapter.IN_COURSE, site=MI, product=NASAL)),
    (28, Plot(chapter=Chapter.TODAY, site=NY, today=Today.OBSERVED)),
)


@pytest.mark.hazard("HAZ-18")
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 4, 2, 30, tzinfo=UTC),  # Tuesday, late in the evening
        datetime(2026, 3, 5, 13, 0, tzinfo=UTC),  # Thursday, before the first session
        datetime(2026, 3, 6, 18, 0, tzinfo=UTC),  # Friday afternoon
        datetime(2026, 3, 8, 6, 30, tzinfo=UTC),  # Sunday, half an hour before the clocks go forward
    ],
    ids=lambda moment: f"{moment:%a %H:%M}",
)
def test_a_story_ends_before_the_moment_at_which_it_is_told(moment):
    with time_machine.travel(moment, tick=False):
        for index, plot in SOME:
            tell(index, plot, now=moment)
    assert all(is_told(index) for index, _ in SOME)
    assert not LedgerEntry.objects.filter(recorded_at__gt=moment).exists()
    assert not LedgerEntry.objects.filter(happened_at__gt=moment).exists()
