"""The day, step by step, through the services; and what each of them refuses."""

from datetime import date, datetime, timedelta

import pytest

from ajar.clinic.dosing import services
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.readmodel import SessionsNow
from ajar.clinic.dosing.selectors import rooms_for, session_now, sessions_today
from ajar.clinic.dosing.services import NotReady
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_encounter_entries, decision_position
from ajar.clinic.ledger.services import ANYWHERE, StaleLedger, correct
from ajar.clinic.ledger.upkeep import rebuild
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.dosing.drug import DrugRefused
from ajar.pathway.dosing.entries import Act, PatientArrived
from ajar.pathway.dosing.session import fold
from ajar.pathway.dosing.stage import MoveRefused, Stage
from ajar.pathway.evaluation.products import Product
from tests.clinic.dosing.scenario import PREPARED, Day, make_room, plan_day
from tests.support.people import make_patient


def stage_of(day: Day) -> Stage:
    return session_now(day.encounter_id).stage


def test_an_infusion_goes_from_the_door_to_the_chair_to_observation(infusion: Day, room: Room) -> None:
    assert stage_of(infusion) is Stage.PLANNED
    infusion.ready(room)
    assert stage_of(infusion) is Stage.READY
    started = infusion.after(5).started()
    assert stage_of(infusion) is Stage.DOSING
    started.after(40).ended()
    session = session_now(infusion.encounter_id)
    assert (session.stage, session.total_mg) == (Stage.OBSERVED, 35.0)
    assert session.acts[0].given.rate_mg_per_h == 52.5
    assert session == fold(all_encounter_entries(infusion.encounter_id))


def test_a_spray_is_two_devices_five_minutes_apart(spray: Day, room: Room) -> None:
    first = spray.ready(room).after(5).started()
    with pytest.raises(DrugRefused, match="5 minutes of rest"):
        first.after(4).device()
    first.after(5).device()
    with pytest.raises(DrugRefused, match="All devices"):
        first.after(15).device()
    first.after(10).ended()
    assert stage_of(spray) is Stage.OBSERVED


def test_a_step_out_of_order_is_refused_and_changes_nothing(infusion: Day, room: Room) -> None:
    before = LedgerEntry.objects.count()
    with pytest.raises(MoveRefused, match="this stage allows: arrive, cancel"):
        infusion.started()
    with pytest.raises(NotReady, match="in stage arrived"):
        infusion.asked()
    assert LedgerEntry.objects.count() == before
    infusion.arrived(room)
    with pytest.raises(MoveRefused):
        infusion.arrived(room)


@pytest.mark.hazard("HAZ-13")
def test_an_illegal_entry_is_refused_by_the_append_itself(infusion: Day) -> None:
    with pytest.raises(MoveRefused):
        infusion.note(
            PatientArrived(room_id=infusion.encounter_id, room_name="x"),
            PatientArrived(room_id=infusion.encounter_id, room_name="x"),
            encounter_id=infusion.encounter_id,
        )
    assert stage_of(infusion) is Stage.PLANNED


@pytest.mark.hazard("HAZ-13")
def test_a_page_that_is_behind_is_told_so(infusion: Day, room: Room) -> None:
    seen = decision_position(infusion.patient.pk)
    infusion.arrived(room)
    with pytest.raises(StaleLedger):
        services.cancel_session(
            encounter_id=infusion.encounter_id,
            because="no escort",
            by=infusion.nurse,
            now=infusion.now,
            expected=seen,
        )


def test_readiness_names_what_stands_in_the_way(infusion: Day, room: Room) -> None:
    infusion.arrived(room).asked(escort_name="")
    with pytest.raises(NotReady, match="Way home"):
        services.confirm_ready(
            encounter_id=infusion.encounter_id, by=infusion.nurse, now=infusion.now, expected=ANYWHERE
        )


def test_the_gate_on_blood_pressure_closes_the_day(infusion: Day, room: Room) -> None:
    infusion.arrived(room).vitals(systolic_mmhg=182.0, diastolic_mmhg=104.0).asked().ordered().checked()
    with pytest.raises(NotReady, match="Very high blood pressure"):
        services.confirm_ready(
            encounter_id=infusion.encounter_id, by=infusion.nurse, now=infusion.now, expected=ANYWHERE
        )


def accept(day: Day, rule_id: str, because: str = "Seen and spoken with.") -> None:
    services.accept_finding(
        encounter_id=day.encounter_id,
        rule_id=rule_id,
        because=because,
        by=day.prescriber,
        now=day.now,
        expected=ANYWHERE,
    )


@pytest.mark.hazard("HAZ-01")
def test_a_soft_stop_opens_with_a_reason_and_a_hard_one_never(infusion: Day, room: Room) -> None:
    infusion.arrived(room).vitals().asked(new_symptoms=True, intoxication_signs=True).ordered().checked()
    with pytest.raises(NotReady, match="nothing that can be accepted"):
        accept(infusion, "DAY-5")
    with pytest.raises(ValueError, match="reason must not be empty"):
        accept(infusion, "DAY-6b", " ")
    accept(infusion, "DAY-6b")
    infusion = infusion.after(3).asked(new_symptoms=True)  # the acceptance was of the answer before
    with pytest.raises(NotReady, match="New symptoms"):
        services.confirm_ready(
            encounter_id=infusion.encounter_id, by=infusion.nurse, now=infusion.now, expected=ANYWHERE
        )
    accept(infusion, "DAY-6b")
    services.confirm_ready(
        encounter_id=infusion.encounter_id, by=infusion.nurse, now=infusion.now, expected=ANYWHERE
    )
    assert stage_of(infusion) is Stage.READY


@pytest.mark.hazard("HAZ-03")
@pytest.mark.hazard("HAZ-05")
def test_nobody_is_ready_without_an_order_and_a_check(infusion: Day, room: Room) -> None:
    infusion.arrived(room).vitals().asked()
    for step in (lambda: None, infusion.ordered):
        step()
        with pytest.raises(DrugRefused):
            services.confirm_ready(
                encounter_id=infusion.encounter_id, by=infusion.nurse, now=infusion.now, expected=ANYWHERE
            )


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize(
    ("amount_mg", "because", "match"),
    [
        (0.0, "", "more than 0 mg"),
        (-1.0, "", "more than 0 mg"),
        (38.0, "", "at most 0.5 mg/kg"),
        (120.0, "she asked", "at most 1 mg/kg"),
        (30.0, "", "why this dose differs"),
    ],
)
def test_guard_rails_stand_around_the_order(
    infusion: Day, room: Room, amount_mg: float, because: str, match: str
) -> None:
    infusion.arrived(room)
    with pytest.raises(ValueError, match=match):
        services.order_dose(
            encounter_id=infusion.encounter_id,
            amount_mg=amount_mg,
            duration_min=40.0,
            because=because,
            by=infusion.prescriber,
            now=infusion.now,
            expected=ANYWHERE,
        )
    assert session_now(infusion.encounter_id).order is None


@pytest.mark.parametrize("duration_min", [1.0, 120.0])
def test_an_infusion_over_a_time_nobody_reported_is_not_ordered(
    infusion: Day, room: Room, duration_min: float
) -> None:
    infusion.arrived(room)
    with pytest.raises(NotReady, match=r"2 to 100 min are reported.*IV-04"):
        services.order_dose(
            encounter_id=infusion.encounter_id,
            amount_mg=35.0,
            duration_min=duration_min,
            because="Over this time.",
            by=infusion.prescriber,
            now=infusion.now,
            expected=ANYWHERE,
        )
    assert session_now(infusion.encounter_id).order is None


def test_a_lower_dose_is_ordered_with_its_reason(infusion: Day, room: Room) -> None:
    infusion.arrived(room)
    services.order_dose(
        encounter_id=infusion.encounter_id,
        amount_mg=30.0,
        duration_min=40.0,
        because="Nausea last time.",
        by=infusion.prescriber,
        now=infusion.now,
        expected=ANYWHERE,
    )
    assert DosingNow.objects.get(pk=infusion.encounter_id).dose_mg == 30.0


def check(day: Day, *, second: Account, expires_on: date = date(2030, 1, 1)) -> None:
    services.check_order(
        encounter_id=day.encounter_id,
        second=second,
        lot="L",
        expires_on=expires_on,
        prepared=PREPARED[day.product],
        by=day.nurse,
        now=day.now,
        expected=ANYWHERE,
    )


@pytest.mark.hazard("HAZ-03")
@pytest.mark.hazard("HAZ-04")
def test_the_check_needs_an_order_two_people_and_a_lot_in_date(infusion: Day, room: Room) -> None:
    infusion.arrived(room)
    with pytest.raises(DrugRefused, match="not ordered"):
        check(infusion, second=infusion.second)
    infusion.ordered()
    with pytest.raises(DrugRefused, match="two different people"):
        check(infusion, second=infusion.nurse)
    with pytest.raises(DrugRefused, match="expired"):
        check(infusion, second=infusion.second, expires_on=date(2026, 3, 1))
    check(infusion, second=infusion.second, expires_on=date(2026, 3, 2))


def change(day: Day, act: Act, rate: float | None = None, because: str = "nausea") -> None:
    services.change_infusion(
        encounter_id=day.encounter_id,
        act=act,
        rate_mg_per_h=rate,
        because=because,
        by=day.nurse,
        now=day.now,
        expected=ANYWHERE,
    )


def test_a_pause_stops_the_count_and_resuming_takes_up_the_rate(infusion: Day, room: Room) -> None:
    started = infusion.ready(room).started()
    change(started.after(10), Act.PAUSED)
    change(started.after(20), Act.RESUMED)
    with pytest.raises(DrugRefused, match="new rate"):
        change(started.after(21), Act.RATE_CHANGED)
    change(started.after(30), Act.RATE_CHANGED, 30.0)
    session = session_now(infusion.encounter_id)
    assert session.given_mg(now=started.after(30).now) == pytest.approx(17.5)
    assert session.given_mg(now=started.after(50).now) == pytest.approx(27.5)


def test_a_bolus_has_a_reason_and_stays_within_the_order(infusion: Day, room: Room) -> None:
    started = infusion.ready(room).started().after(5)

    def bolus(amount_mg: float, because: str) -> None:
        services.give_bolus(
            encounter_id=started.encounter_id,
            amount_mg=amount_mg,
            because=because,
            by=started.nurse,
            now=started.now,
            expected=ANYWHERE,
        )

    with pytest.raises(ValueError, match="reason must not be empty"):
        bolus(5.0, "")
    with pytest.raises(DrugRefused, match="the order is 35 mg"):
        bolus(36.0, "more")
    bolus(5.0, "by protocol")
    assert session_now(started.encounter_id).given_mg(now=started.now) == pytest.approx(4.375 + 5.0)


def test_stopping_early_needs_a_reason(infusion: Day, room: Room) -> None:
    started = infusion.ready(room).started().after(10)
    ending = {
        "encounter_id": started.encounter_id,
        "total_mg": 8.8,
        "by": started.nurse,
        "now": started.now,
        "expected": ANYWHERE,
    }
    with pytest.raises(ValueError, match="reason for stopping early"):
        services.end_dose(because="", **ending)  # type: ignore[arg-type]
    services.end_dose(because="She asked to stop.", **ending)  # type: ignore[arg-type]
    assert stage_of(started) is Stage.OBSERVED


def test_each_product_is_given_its_own_way(infusion: Day, spray: Day, room: Room, new_york: Site) -> None:
    spray.ready(room)
    with pytest.raises(DrugRefused, match="not an infusion"):
        services.start_infusion(
            encounter_id=spray.encounter_id, line_site="x", by=spray.nurse, now=spray.now, expected=ANYWHERE
        )
    infusion.ready(make_room(new_york, "Room 2", 2))
    with pytest.raises(DrugRefused, match="All devices"):
        infusion.device()


def test_a_room_holds_one_patient(infusion: Day, room: Room, new_york: Site, now: datetime) -> None:
    infusion.arrived(room)
    other = plan_day(
        patient=make_patient(new_york, now, given_name="Rosa"),
        nurse=infusion.nurse,
        prescriber=infusion.prescriber,
        second=infusion.second,
        product=Product.KETAMINE_IV,
        now=now,
    )
    with pytest.raises(NotReady, match="Room 1 is taken"):
        other.arrived(room)
    assert rooms_for(new_york) == []


def test_a_cancelled_session_leaves_its_room(room: Room, infusion: Day, new_york: Site) -> None:
    infusion.arrived(room)
    services.cancel_session(
        encounter_id=infusion.encounter_id,
        because="no escort",
        by=infusion.nurse,
        now=infusion.now,
        expected=ANYWHERE,
    )
    assert rooms_for(new_york) == [room]
    assert stage_of(infusion) is Stage.CANCELLED


def test_a_session_is_not_cancelled_once_drug_is_in(infusion: Day, room: Room) -> None:
    started = infusion.ready(room).started()
    with pytest.raises(MoveRefused, match="'Cancel' cannot follow stage 'dosing'"):
        services.cancel_session(
            encounter_id=started.encounter_id,
            because="x",
            by=started.nurse,
            now=started.now,
            expected=ANYWHERE,
        )


def test_a_correction_folds_the_session_afresh(infusion: Day, room: Room, new_york: Site) -> None:
    infusion.arrived(room)
    arrival = all_encounter_entries(infusion.encounter_id)[-1]
    right = make_room(new_york, "Room 2", 2)
    correct(
        entry=arrival,
        payload=PatientArrived(room_id=right.pk, room_name=right.name),
        reason="wrong room",
        by=author_of(infusion.nurse),
        now=infusion.now,
    )
    assert session_now(infusion.encounter_id).room_name == "Room 2"
    infusion.vitals()
    assert session_now(infusion.encounter_id) == fold(all_encounter_entries(infusion.encounter_id))


def test_a_plan_entered_in_error_leaves_no_session(infusion: Day) -> None:
    (plan,) = all_encounter_entries(infusion.encounter_id)
    by = author_of(infusion.nurse)
    correct(entry=plan, payload=None, reason="another patient", by=by, now=infusion.now)
    assert not DosingNow.objects.filter(pk=infusion.encounter_id).exists()


def test_a_rebuild_computes_the_same_sessions(infusion: Day, room: Room) -> None:
    infusion.ready(room).after(5).started().after(10).vitals()
    before = SessionsNow().snapshot()
    rebuild(lambda _done, _total: None)
    assert SessionsNow().snapshot() == before
    assert before


@pytest.mark.hazard("HAZ-18")
def test_what_lies_in_the_future_is_refused(infusion: Day, room: Room) -> None:
    with pytest.raises(ValueError, match="in the future"):
        services.arrive(
            encounter_id=infusion.encounter_id,
            room=room,
            by=infusion.nurse,
            now=infusion.now,
            expected=ANYWHERE,
            happened_at=infusion.now + timedelta(minutes=5),
        )


def test_today_lists_the_day_of_the_sites_own_clock_and_whoever_is_still_here(
    infusion: Day, room: Room, new_york: Site, nurse: Account
) -> None:
    today = infusion.now.astimezone(new_york.zone).date()
    assert [row.pk for row in sessions_today(nurse, new_york, today)] == [infusion.encounter_id]
    tomorrow = today + timedelta(days=1)
    assert list(sessions_today(nurse, new_york, tomorrow)) == []
    infusion.arrived(room)
    assert len(sessions_today(nurse, new_york, tomorrow)) == 1


@pytest.mark.hazard("HAZ-09")
def test_a_patient_is_not_mixed_up_with_another(infusion: Day, patient: Patient) -> None:
    assert session_now(infusion.encounter_id).patient_id == patient.pk
