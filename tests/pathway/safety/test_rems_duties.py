"""What the Spravato REMS asks of a setting."""

import pytest

from ajar.pathway.safety.rems_duties import Duty, RemsSetting, asks


@pytest.mark.parametrize(
    ("setting", "asked"),
    [
        (RemsSetting.OUTPATIENT, {Duty.ENROLMENT, Duty.MONITORING_FORM}),
        (RemsSetting.INPATIENT, {Duty.ADVERSE_EVENTS}),
    ],
)
def test_each_setting_has_its_own_duties(setting: RemsSetting, asked: set[Duty]) -> None:
    assert {duty for duty in Duty if asks(setting, duty)} == asked
