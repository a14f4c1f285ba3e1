"""Two people, one dose."""

from datetime import datetime

import pytest

from ajar.clinic.dosing import services
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.ledger.services import ANYWHERE, StaleLedger
from ajar.clinic.scheduling.models import Room
from ajar.pathway.dosing.drug import DrugRefused
from ajar.pathway.dosing.stage import MoveRefused
from tests.clinic.dosing.scenario import Day
from tests.support.database import Together


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
