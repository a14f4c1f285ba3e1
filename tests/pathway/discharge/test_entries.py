"""What the entries of this room refuse."""

import pytest

from ajar.pathway.discharge.entries import LeftAgainstAdvice, RecoveryLost
from tests.pathway.discharge.story import assessed, release


@pytest.mark.parametrize("domain", ["activity", "respiration", "circulation", "consciousness", "saturation"])
@pytest.mark.parametrize("points", [-1, 3])
def test_an_aldrete_domain_takes_0_1_or_2(domain: str, points: int) -> None:
    with pytest.raises(ValueError, match=f"{domain} takes 0, 1 or 2"):
        assessed(**{domain: points})


def test_the_aldrete_score_is_the_sum_of_its_domains() -> None:
    assert assessed(circulation=1).aldrete == 9


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_minutes_until_ready_lie_within_a_day(minutes: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 1440"):
        release(ready_without_rule_min=minutes)


def test_nobody_is_handed_to_nobody() -> None:
    with pytest.raises(ValueError, match="handed_to"):
        release(handed_to=" ")


def test_losing_recovery_and_leaving_against_advice_need_words() -> None:
    with pytest.raises(ValueError, match="because"):
        RecoveryLost(because="")
    with pytest.raises(ValueError, match="advised"):
        LeftAgainstAdvice(unmet=(), because="", advised="")
