"""Days of every product, for tests that walk all routes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from ajar.clinic.dosing.dispensing import dispense_lozenges
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.scheduling.models import Room
from ajar.pathway.consent import library
from ajar.pathway.consent.documents import ConsentDocument, UnknownDocument
from ajar.pathway.consent.ketamine_iv import KETAMINE_IV
from ajar.pathway.dosing.entries import AtHome
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.monitoring import cadence
from tests.clinic.dosing.scenario import Day

PlanDay = Callable[..., Day]


def text_for(product: str) -> ConsentDocument:
    """The consent of this product; a stand-in where none is written yet."""
    try:
        return library.document_for(product)
    except UnknownDocument:
        return replace(KETAMINE_IV, id=f"test-{product}", product=Product(product))


def observe_every_product(monkeypatch: pytest.MonkeyPatch) -> None:
    """An observation plan for each product; a stand-in where none is written yet."""
    plans = getattr(cadence, "CADENCES", None)
    for product in Product if isinstance(plans, dict) else ():
        if product not in plans:
            monkeypatch.setitem(plans, product, replace(plans["ketamine_im"], product=product))


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
    """This session's drug went in and the patient was released."""
    day.ready(room).started()
    changed = DosingNow.objects.filter(pk=day.encounter_id).update(
        stage=Stage.DISCHARGED, first_dose_at=day.now
    )
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
