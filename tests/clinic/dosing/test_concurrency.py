"""Two people, one dose."""

from datetime import datetime

import pytest

from ajar.clinic.dosing import services
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.dosing.services import Monitor, NotReady
from ajar.clinic.gateway.models import DeviceBinding
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.ledger.services import ANYWHERE, StaleLedger
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site
from ajar.pathway.dosing.drug import DrugRefused
from ajar.pathway.dosing.stage import MoveRefused
from tests.clinic.dosing.scenario import Day, make_room, plan_day
from tests.support.database import Together
from tests.support.people import make_patient


@pytest.mark.hazard("HAZ-13")
@pytest.mark.service
def test_of_two_nurses_who_start_the_same_dose_at_once_one_wins(
    committed_db: None,
    together: Together[object],
    now: datetime,
    infusion: Day,
    room: Room,
) -> None:
    infusion.ready(room)
    seen = decision_position(infusion.patient.pk)

    def start(number: int) -> object:
        nurse = (infusion.nurse, infusion.second)[number % 2]
        expected = seen if number < 4 else ANYWHERE
        return services.start_infusion(
            encounter_id=infusion.encounter_id,
            line_site="left forearm",
            by=nurse,
            now=now,
            expected=expected,
        )

    outcomes = together(8, start)
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == 7
    assert all(isinstance(one, StaleLedger | DrugRefused | MoveRefused) for one in refused)
    assert len(session_now(infusion.encounter_id).acts) == 1


@pytest.mark.hazard("HAZ-13")
@pytest.mark.hazard("HAZ-09")
@pytest.mark.service
def test_of_two_nurses_who_move_two_patients_into_one_room_at_once_one_is_told(
    committed_db: None, together: Together[object], now: datetime, infusion: Day, room: Room, new_york: Site
) -> None:
    beside = plan_day(
        patient=make_patient(new_york, now, given_name="Bram", family_name="Oder"),
        nurse=infusion.second,
        prescriber=infusion.prescriber,
        second=infusion.nurse,
        product=infusion.product,
        now=now,
    )
    days, chair = (infusion, beside), make_room(new_york, "Chair 1", 3)
    for day, here in zip(days, (room, make_room(new_york, "Room 2", 2)), strict=True):
        bind_device(device=f"MON {here.name}", room=here, by="I", now=now)
        day.arrived(here)

    def move(number: int) -> object:
        day = days[number % 2]
        return services.move_patient(
            encounter_id=day.encounter_id,
            room=chair,
            monitor=Monitor.GOES_ALONG,
            by=day.nurse,
            now=day.after(5).now,
            expected=decision_position(day.patient.pk),
        )

    outcomes = together(2, move)
    (refused,) = [one for one in outcomes if isinstance(one, Exception)]
    assert isinstance(refused, NotReady | ValueError)
    assert "Chair 1" in str(refused)
    rooms = {session_now(day.encounter_id).room_name for day in days}
    assert "Chair 1" in rooms
    assert len(rooms) == 2
    assert DeviceBinding.objects.filter(room=chair, bound_until=None).count() == 1
    assert DeviceBinding.objects.filter(bound_until=None).count() == 2
