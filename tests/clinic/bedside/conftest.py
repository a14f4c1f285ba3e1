"""The days of the dosing tests, and one at home."""

import pytest

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.scheduling.models import Room
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from tests.clinic.dosing.conftest import infusion, plan, room, second
from tests.clinic.dosing.routes import PlanDay, handed_out
from tests.clinic.dosing.scenario import Day

__all__ = ["infusion", "plan", "room", "second"]


@pytest.fixture
def home_day(plan: PlanDay, room: Room) -> Day:
    """A lozenge taken at the clinic before, one handed out for home, the C-SSRS asked: planned for now."""
    before = plan(Product.KETAMINE_SL_CLINIC).ready(room).started()
    released = {"stage": Stage.DISCHARGED, "first_dose_at": before.now}
    assert DosingNow.objects.filter(pk=before.encounter_id).update(**released) == 1
    return handed_out(plan(Product.KETAMINE_SL_HOME).ordered())
