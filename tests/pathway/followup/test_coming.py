"""The times a patient plans the day of a session around."""

from datetime import UTC, datetime, timedelta

import pytest

from ajar.pathway.careplan.regimens import KETAMINE_IV_INDUCTION, SPRAVATO_TRD
from ajar.pathway.dosing.policy import READINESS_POLICY
from ajar.pathway.evaluation.products import Product
from ajar.pathway.followup.coming import SOURCES, NoRegimen, coming_session

ARRIVE_AT = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize("regimen", [KETAMINE_IV_INDUCTION, SPRAVATO_TRD])
def test_food_stops_as_long_before_the_dose_as_readiness_asks(regimen):
    session = coming_session(regimen.product, arrive_at=ARRIVE_AT)
    dose_at = ARRIVE_AT + regimen.length.until_dose
    assert dose_at - session.no_food_from == timedelta(hours=READINESS_POLICY.fast(regimen.product).solids_h)
    assert dose_at - session.no_drink_from == timedelta(
        hours=READINESS_POLICY.fast(regimen.product).liquids_h
    )
    assert session.no_food_from < session.no_drink_from < dose_at < session.leave_at
    assert session.arrive_at == ARRIVE_AT
    assert session.source == regimen.length.source


def test_a_spray_patient_stays_two_hours_after_the_spray():
    session = coming_session("esketamine_in", arrive_at=ARRIVE_AT)
    assert session.leave_at - ARRIVE_AT >= timedelta(hours=2, minutes=20)


def test_a_product_without_a_regimen_gets_no_times():
    known = ", ".join(product.value for product in Product)
    with pytest.raises(
        NoRegimen, match=f"^No regimen is known for 'ketamine_rectal'; expected one of {known}.$"
    ):
        coming_session("ketamine_rectal", arrive_at=ARRIVE_AT)


def test_a_time_without_its_place_is_refused():
    with pytest.raises(ValueError, match=r"^arrive_at must carry a time zone, got 2026-03-03T15:00:00\.$"):
        coming_session("ketamine_iv", arrive_at=datetime(2026, 3, 3, 15, 0))


def test_every_instruction_names_where_it_comes_from():
    assert set(SOURCES) == {"food", "drink", "escort", "driving"}
    assert all(SOURCES.values())
