"""The committed validation report: fresh, whole, and written without leaving anything half done."""

import argparse
import re
from pathlib import Path

import pytest

from ajar.pharmacology.calibration.tables import TABLES, calibration_data
from ajar.pharmacology.u1.parameters import VERSION
from ajar.pharmacology.validation.compare import Bench
from ajar.workbench import validating
from ajar.workbench.validation_figures import figures
from ajar.workbench.validation_index import ensemble_page, index_page
from ajar.workbench.validation_pages import HEAD, line, shown, subject_page, table

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "validation"
DATA = calibration_data()
BENCH = Bench()

QUICK = ("intravenous", "injection", "mouth", "oral", "nasal")
"""These pages are computed in a second; of the two others, which take 20 s, a part is."""

PART = {
    "acute": ("vankawala_sbp", "cadss_iv_mean", "luckenbaugh_230"),
    "outcomes": ("daly_0_24h", "daly_84_24h_response", "lii_24h", "salloum_0.5"),
}


def rows(name):
    return tuple((datum, BENCH.compared(datum)) for datum in DATA[name])


def committed(name):
    return (REPORT / name).read_text()


@pytest.mark.parametrize("name", QUICK)
def test_a_committed_page_is_what_would_be_written_now(name):
    assert committed(f"{name}.md") == subject_page(name, rows(name)), "`ajar validate` writes it again"


def test_the_committed_ensemble_is_what_would_be_written_now():
    assert committed("ensemble.md") == ensemble_page()


@pytest.mark.parametrize(("name", "data"), PART.items())
def test_a_part_of_the_slow_pages_is_what_would_be_written_now(name, data):
    page = committed(f"{name}.md")
    chosen = [datum for datum in DATA[name] if datum.name in data]
    assert len(chosen) == len(data)
    for datum in chosen:
        for comparison in BENCH.compared(datum):
            assert table(HEAD, [line(comparison)]).splitlines()[-1] in page


@pytest.mark.parametrize("name", TABLES)
def test_every_number_stands_on_its_page(name):
    page = committed(f"{name}.md")
    written = sum(text.startswith("| ") for text in page.splitlines())
    compared = sum(len(datum.computed.models) for datum in DATA[name] if datum.computed)
    left = sum(datum.computed is None for datum in DATA[name])
    heads = 2 + (2 if left else 0)
    if name == "outcomes":
        heads += 2 + len(set(re.findall(r"target (T\d+) of evidence", page)))
    assert written == compared + left + heads


def test_the_index_is_of_this_version_and_names_every_page_and_every_tag():
    page = committed("README.md")
    assert f"U1, version {VERSION}" in page
    for name in (*TABLES, "ensemble"):
        assert f"({name}.md)" in page
    assert "**off**" not in page


def test_the_index_tells_where_u1_is_off_and_how_many_are_inside():
    page = index_page({name: rows(name) for name in QUICK})
    for text in page.splitlines():
        if text.startswith(("| [", "- Fanta 2015")):
            assert text in committed("README.md")
    assert "bioavailability of S-ketamine, 14 against 8 (70 kg); above" in page


def test_the_outcomes_say_which_targets_are_met():
    page = committed("outcomes.md")
    assert "| T7 | 4 of 4 | yes |" in page
    assert re.search(r"\| T3 \| \d of 6 \| \*\*no\*\* \|", page)


@pytest.mark.parametrize(
    ("value", "text"), [(1003.4, "1003"), (0.0456, "0.0456"), (-99.96, "-100"), (12.345, "12.3"), (0.0, "0")]
)
def test_a_number_has_three_digits_and_no_exponent(value, text):
    assert shown(value) == text


def test_a_figure_is_the_same_each_time_and_tells_no_date():
    few = Bench(people=2, trial_people=20)
    found = {name: tuple((d, few.compared(d)) for d in DATA[name]) for name in QUICK}
    found["outcomes"] = tuple((d, few.compared(d)) for d in DATA["outcomes"] if d.name.startswith("daly"))
    first, again = figures(few, found), figures(few, found)
    assert first == again
    assert set(first) == {path.name for path in REPORT.glob("*.svg")}
    for text in first.values():
        assert "<dc:date>" not in text
        assert f"u1 {VERSION}" in text


@pytest.fixture
def quick(monkeypatch):
    """The command with few people and no symptoms: what it writes is judged above."""
    monkeypatch.setattr(validating, "Bench", lambda: Bench(people=2, trial_people=20))
    few = {
        name: tuple(d for d in data if name in QUICK or d.name.startswith(("daly", "vankawala")))
        for name, data in DATA.items()
    }
    monkeypatch.setattr(validating, "calibration_data", lambda: few)


def run(out, *, check=False):
    return validating.validate(argparse.Namespace(out=str(out), check=check))


def test_the_command_writes_every_page_and_figure_and_then_finds_them_fresh(quick, tmp_path, capsys):
    out = tmp_path / "report"
    assert run(out) == 0
    assert {path.name for path in out.iterdir()} == {path.name for path in REPORT.iterdir()}
    assert str(out / "README.md") in capsys.readouterr().out
    assert run(out, check=True) == 0
    (out / "nasal.md").write_text("old")
    (out / "oral.md").unlink()
    assert run(out, check=True) == 1
    assert "oral.md, nasal.md. `ajar validate` writes them." in capsys.readouterr().err
    assert (out / "nasal.md").read_text() == "old", "a check writes nothing"


def test_a_file_where_the_folder_should_be_is_refused_before_anything_is_computed(tmp_path, capsys):
    taken = tmp_path / "report"
    taken.write_text("mine")
    assert run(taken) == 1
    assert "Expected a folder for the pages" in capsys.readouterr().err
    assert taken.read_text() == "mine"
