"""HAZ: a reading that was acknowledged and is gone. The server is killed at random moments of a replay."""

import random
import time

import pytest

from tests.faults.replaying import Replay, recorded, reference, running_session
from tests.support.live import Live

KILLS = 20
LONGEST_LIFE_S = 1.2


@pytest.mark.hazard("HAZ-07")
@pytest.mark.hazard("HAZ-08")
def test_every_acknowledged_reading_is_there_once_after_each_of_twenty_crashes(live: Live) -> None:
    chance = random.Random(20)
    replay = Replay(live, running_session(live).bed)
    replay.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.05, LONGEST_LIFE_S))
        live.kill()
        told = list(replay.acknowledged)
        verified = live.ajar("verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        live.start()
        found = recorded(live)
        assert [one.control_id for one in told if found[reference(one)] != 1] == []
        assert max(found.values(), default=1) == 1
    replay.end()
    assert recorded(live) == replay.references
    assert any(one.times_sent > 1 for one in replay.acknowledged), "no crash fell into a delivery"
