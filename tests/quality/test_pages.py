"""Templates and static files keep to the content policy: nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ajar"
VENDORED = ("/vendor/", ".min.")

TEMPLATES = sorted(SOURCE.rglob("*.html"))
STATIC = [
    path
    for pattern in ("*.css", "*.js")
    for path in sorted(SOURCE.rglob(pattern))
    if not any(mark in str(path) for mark in VENDORED)
]

LOADS_FROM_ELSEWHERE = re.compile(
    r"""(?:src|href|action|data|poster)=["'](?:https?:)?//(?!www\.w3\.org)|url\(["']?(?:https?:)?//|@import|"""
    r"""(?:import|from|fetch\()\s*["'`](?:https?:)?//""",
    re.IGNORECASE,
)
OUTSIDE_LINK = re.compile(r"<a\b[^>]*>", re.IGNORECASE | re.DOTALL)
INLINE = re.compile(
    r"""<style\b|\sstyle=["']|\son[a-z]+=["']|<script(?![^>]*\bsrc=)|javascript:""", re.IGNORECASE
)


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_holds_no_script_or_style_of_its_own(path):
    found = [match.group() for match in INLINE.finditer(path.read_text())]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_moment_is_shown_in_the_clock_of_its_place(path):
    """Django's date filter speaks UTC here; moments go through the tags of ajar_ui, which know the site."""
    assert not re.findall(r"\w+_at\|(?:date|time)\b", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES + STATIC, ids=named)
def test_a_page_loads_nothing_from_another_machine(path):
    text = OUTSIDE_LINK.sub("", path.read_text())  # a link that a person follows is no load
    assert not LOADS_FROM_ELSEWHERE.findall(text)


def test_templates_and_static_files_were_looked_at():
    assert TEMPLATES
    assert STATIC
