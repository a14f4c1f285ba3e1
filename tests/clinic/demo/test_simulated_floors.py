"""Every scenario file as an acceptance test: its alarms, dues, refusals, times and outcome, and no others."""

from datetime import datetime
from pathlib import Path

import pytest

from ajar.clinic.demo.floor.clocks import AtOnce
from ajar.clinic.demo.floor.playing import Player
from ajar.exchange.scenarios.reading import read_scenario

SCENARIOS = sorted((Path(__file__).resolve().parents[3] / "docs" / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_goes_as_it_expects(path: Path, now: datetime, db: None) -> None:
    scenario = read_scenario(path.read_text("utf-8"), name=path.name)
    verdicts = Player(clock=AtOnce(zero=now)).play(scenario)
    assert len(verdicts) >= len(scenario.steps) + len(scenario.moments)
    wrong = [verdict.words for verdict in verdicts if not verdict.holds]
    assert not wrong, "\n".join([scenario.title, *wrong])
