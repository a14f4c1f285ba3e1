"""A lost signal is its own fact, not a vital sign."""

import pytest

from ajar.pathway.ledger.codec import decode, encode
from ajar.pathway.observations.vitals import Lost, SignalLost


def test_a_lost_signal_names_the_vital_sign_and_the_reason() -> None:
    fact = SignalLost(lost=(Lost(vital_sign="spo2_percent", because="sensor off"),), device_id="MON-1")
    assert decode(SignalLost, encode(fact)) == fact


def test_a_lost_signal_must_name_something_that_is_a_vital_sign() -> None:
    with pytest.raises(ValueError, match=r"^A lost signal must name at least one vital sign\.$"):
        SignalLost(lost=())
    with pytest.raises(
        ValueError, match=r"^vital_sign must be one of systolic_mmhg, diastolic_mmhg, .*, got 'mood'"
    ):
        Lost(vital_sign="mood", because="sensor off")
