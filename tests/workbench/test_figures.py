"""The pictures: what is written on them, in colours that are not alarms, the same each time."""

import re
from colorsys import rgb_to_hls
from pathlib import Path

import pytest

from ajar.workbench import figure_house

COURSE = "--product ketamine-iv --dose 35 --over 40min --doses 2 --every weekly --days 9"
LINE = ("simulate", *COURSE.split())
FILM = "--product esketamine-iv --dose 20 --over 20min --model simons_2022"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture
def drawn(ajar, folder):
    """The folder of a run with people and models, drawn once."""
    out = folder / "run"
    if not out.exists():
        assert ajar(*LINE, "--population", 20, "--seed", 7, "--compare", "--out", out).code == 0
    return out


def words(path: Path) -> str:
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text()))


@pytest.mark.parametrize("name", ["session", "course", "chain", "compare"])
def test_each_says_what_it_shows_by_which_model_and_how_sure(drawn, name):
    said = words(drawn / f"{name}.svg")
    for expected in (
        "35 mg of base over 40 min",
        "2 sessions on days 0, 7",
        "model u1 ",
        "not for therapy decisions",
        "unproven" if name == "chain" else "established",
        "from the",
    ):
        assert expected in said
    assert ("seed 7, 20 people" in said) == (name in ("session", "course"))
    assert (drawn / f"{name}.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("session", ["venous", "arterial", "systolic", "diastolic", "ng/mL", "mmHg (higher is worse)"]),
        ("course", ["points (lower is better)", "by the drug", "with placebo", "synaptic gain", "plausible"]),
        ("chain", ["glutamate", "AMPA and BDNF drive", "Default-mode", "Cytokines", "plausible", "no panel"]),
        ("compare", ["kamp_2020", "clements_1981", "domino_1982", "not of people"]),
    ],
)
def test_lines_are_named_and_axes_say_what_is_worse(drawn, name, expected):
    said = words(drawn / f"{name}.svg")
    for each in expected:
        assert each in said


def test_the_same_answer_is_the_same_picture(ajar, folder):
    first, second = folder / "first", folder / "second"
    for out in (first, second):
        assert ajar(*LINE, "--out", out).code == 0
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_without_people_a_line_is_the_typical_person(folder, ajar):
    out = folder / "alone"
    assert ajar("simulate", "--product", "spravato", "--dose", 84, "--out", out).code == 0
    for name in ("session", "course"):
        assert "the typical person; people differ" in words(out / f"{name}.svg")
    assert "mTORC1" in words(out / "course.svg")


def test_a_published_model_has_a_page_of_its_own_levels(folder, ajar):
    out = folder / "published"
    assert ajar("simulate", *FILM.split(), "--out", out).code == 0
    assert {path.name for path in out.glob("*.svg")} == {"session.svg"}
    assert "Hydroxynorketamine, arterial plasma" in words(out / "session.svg")


HOUSE_COLOURS = {pen.colour for pen in figure_house.PENS} | {figure_house.INK, figure_house.QUIET}


@pytest.mark.parametrize("colour", sorted(HOUSE_COLOURS))
def test_no_colour_is_an_alarm_s(colour):
    """Red, yellow and cyan: saturated and light enough to be taken for one."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, full = rgb_to_hls(red, green, blue)
    degrees = hue * 360
    alarming = any(abs((degrees - alarm + 180) % 360 - 180) < 15 for alarm in (0, 60, 180))
    assert not (alarming and full > 0.5 and light > 0.35)


def test_pens_differ_in_dash_so_that_greyscale_tells_them_apart():
    assert len({str(pen.dash) for pen in figure_house.PENS}) == len(figure_house.PENS)


def test_no_other_colour_is_drawn(drawn):
    for name in ("session", "course", "chain", "compare"):
        found = set(re.findall(r"#[0-9a-f]{6}", (drawn / f"{name}.svg").read_text()))
        assert found <= HOUSE_COLOURS | {"#ffffff", "#000000"}, name
