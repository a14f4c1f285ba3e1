"""Days of every product, for tests that walk all routes."""

from collections.abc import Callable
from datetime import timedelta

from ajar.clinic.dosing.dispensing import dispense_lozenges
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.scheduling.models import Room
from ajar.pathway.dosing.entries import AtHome
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from tests.clinic.dosing.scenario import Day

PlanDay = Callable[..., Day]


def handed_out(day: Day, doses: int = 1) -> Day:
    """Lozenges for home."""
    dispense_lozenges(
        encounter_id=day.encounter_id,
        doses=doses,
        unit_mg=100.0,
        lot="LOT-7",
        expires_on=(day.now + timedelta(days=90)).date(),
        pharmacy="Quay pharmacy",
        by=day.nurse,
        now=day.now,
        expected=ANYWHERE,
    )
    return day


def taken_at_clinic(day: Day, room: Room) -> None:
    """A lozenge taken on site to its end; the patient was released."""
    day.ready(room).started().after(12).ended()
    changed = DosingNow.objects.filter(pk=day.encounter_id).update(stage=Stage.DISCHARGED)
    assert changed == 1


WITH_CHAPERONE = AtHome(
    chaperone_name="Jonas Quist",
    chaperone_phone="+1 212 555 0177",
    chaperone_is_adult=True,
    chaperone_present=True,
    seen_by_video=True,
    place="12 Quay Road",
)


def ready_day(plan: PlanDay, product: Product, room: Room) -> Day:
    """A day of this product up to the dose."""
    if product is not Product.KETAMINE_SL_HOME:
        return plan(product).ready(room)
    taken_at_clinic(plan(Product.KETAMINE_SL_CLINIC), room)
    day = handed_out(plan(product).ordered())
    day.arrived(None).vitals().asked(home=WITH_CHAPERONE).checked_alone().confirmed()
    return day
