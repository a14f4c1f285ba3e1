"""A day of each product."""

from datetime import datetime

import pytest

from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.routes import PlanDay
from tests.clinic.dosing.scenario import Day, make_room, plan_day
from tests.support.people import make_account


@pytest.fixture
def room(new_york: Site) -> Room:
    """The first treatment room."""
    return make_room(new_york)


@pytest.fixture
def second(new_york: Site) -> Account:
    """Another nurse."""
    return make_account(Role.NURSE, new_york, name="Ines Calder")


@pytest.fixture
def infusion(patient: Patient, nurse: Account, prescriber: Account, second: Account, now: datetime) -> Day:
    """An infusion planned for now."""
    return plan_day(
        patient=patient,
        nurse=nurse,
        prescriber=prescriber,
        second=second,
        product=Product.KETAMINE_IV,
        now=now,
    )


@pytest.fixture
def spray(patient: Patient, nurse: Account, prescriber: Account, second: Account, now: datetime) -> Day:
    """A spray planned for now."""
    return plan_day(
        patient=patient,
        nurse=nurse,
        prescriber=prescriber,
        second=second,
        product=Product.ESKETAMINE_IN,
        now=now,
    )


@pytest.fixture
def plan(
    patient: Patient,
    nurse: Account,
    prescriber: Account,
    second: Account,
    now: datetime,
) -> PlanDay:
    """Plans a day of any product, with consent."""

    def planned(product: Product, *, rems: bool = True) -> Day:
        return plan_day(
            patient=patient,
            nurse=nurse,
            prescriber=prescriber,
            second=second,
            product=product,
            now=now,
            rems=rems,
        )

    return planned
