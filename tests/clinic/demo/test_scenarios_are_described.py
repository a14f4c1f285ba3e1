"""The page about simulated floors names every scenario, every act and every key."""

from dataclasses import fields
from pathlib import Path

from ajar.exchange.scenarios.acts import ACTS
from ajar.exchange.scenarios.reading import read_scenario

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "how-to" / "run-a-simulated-floor.md").read_text("utf-8")


def test_every_scenario_is_in_the_table_of_the_page() -> None:
    named = [path.stem for path in sorted((ROOT / "docs" / "scenarios").glob("*.yaml"))]
    assert len(named) >= 20
    assert [name for name in named if f"`{name}`" not in PAGE] == []


def test_every_act_and_every_key_is_in_the_table_of_the_page() -> None:
    keys = {field.name.removesuffix("_min") for act in ACTS.values() for field in fields(act)}
    missing = [word for word in (*ACTS, *sorted(keys)) if f"`{word}`" not in PAGE and f"`{word}:" not in PAGE]
    assert missing == []


def test_the_example_of_the_page_is_a_scenario() -> None:
    example = PAGE.partition("```yaml\n")[2].partition("```")[0]
    assert read_scenario(example, name="the page").title == "One reading above 180, then a second"
