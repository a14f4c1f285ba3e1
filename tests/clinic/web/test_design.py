"""What the design system promises, read from its own files."""

import colorsys
import re
from pathlib import Path

import pytest

import ajar.clinic

CLINIC = Path(ajar.clinic.__file__).parent
STATIC = CLINIC / "web" / "static" / "web"
TOKENS = (STATIC / "tokens.css").read_text()
HEX = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
PAIRS = [
    ("ink", "paper", 7.0),
    ("ink", "surface", 7.0),
    ("ink-soft", "paper", 4.5),
    ("ink-soft", "surface", 4.5),
    ("ink-soft", "sunken", 4.5),
    ("ink-soft", "accent-tint", 4.5),
    ("accent", "paper", 4.5),
    ("accent", "surface", 4.5),
    ("accent-strong", "accent-tint", 4.5),
    ("accent-ink", "accent", 4.5),
    ("line-strong", "surface", 3.0),
    ("line-strong", "paper", 3.0),
]


def palette(theme: str) -> dict[str, str]:
    """The colours of one theme, by name."""
    blocks = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", TOKENS, flags=re.DOTALL))
    found: dict[str, str] = {}
    for selector, body in blocks:
        if ":root" in selector or f'data-theme="{theme}"' in selector:
            found |= dict(HEX.findall(body))
        if f'data-theme="{theme}"' in selector and ":root" not in selector:
            return found
    return found


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(("ink", "ground", "at_least"), PAIRS)
def test_every_pair_of_colours_can_be_read(theme: str, ink: str, ground: str, at_least: float) -> None:
    colours = palette(theme)
    assert contrast(colours[ink], colours[ground]) >= at_least


@pytest.mark.parametrize("priority", ["high", "medium", "low"])
def test_an_alarm_can_be_read(priority: str) -> None:
    colours = palette("light")
    assert contrast(colours[f"alarm-{priority}"], colours[f"alarm-{priority}-ink"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_red_yellow_and_cyan_belong_to_alarms_alone(theme: str) -> None:
    for name, colour in palette(theme).items():
        if name.startswith("alarm"):
            continue
        red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
        hue, _, _ = colorsys.rgb_to_hls(red, green, blue)
        vivid = max(red, green, blue) - min(red, green, blue)
        assert vivid < 0.2 or 0.75 < hue < 0.85, f"--{name}: {colour} looks like an alarm"


def test_colours_are_named_in_one_place() -> None:
    sheets = [
        path for path in CLINIC.rglob("static/**/*.css") if path.name not in {"tokens.css", "print.css"}
    ]
    stray = [
        f"{path.name}: {found}"
        for path in sheets
        for found in re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text())
    ]
    assert stray == []


def test_the_style_sheets_are_light() -> None:
    assert (
        sum((STATIC / name).stat().st_size for name in ("tokens.css", "components.css", "print.css")) < 40_000
    )


def test_nothing_is_inline() -> None:
    inline = re.compile(
        r"""<style\b|<[a-z][^>]*\s(?:style|on[a-z]+)=["']|<script(?![^>]*\bsrc=)""", re.IGNORECASE
    )
    pages = CLINIC.rglob("templates/**/*.html")
    assert [str(page.relative_to(CLINIC)) for page in pages if inline.search(page.read_text())] == []


def test_every_component_says_how_it_is_used() -> None:
    components = list((CLINIC / "web" / "templates" / "cotton").glob("*.html"))
    assert len(components) > 25
    for component in components:
        tag = f"<c-{component.stem.replace('_', '-')}"
        assert tag in component.read_text(), f"{component.name} does not show {tag} …>"


def test_the_styleguide_shows_every_component() -> None:
    templates = CLINIC / "web" / "templates"
    shown = "".join(page.read_text() for page in (templates / "web").glob("styleguide*.html"))
    shown += (templates / "web" / "base.html").read_text()
    names = {component.stem.replace("_", "-") for component in (templates / "cotton").glob("*.html")}
    assert {name for name in names if f"<c-{name}" not in shown} == set()


def test_nothing_is_fetched_from_elsewhere() -> None:
    for sheet in STATIC.glob("*"):
        assert "url(http" not in sheet.read_text()
        assert "import(" not in sheet.read_text()
