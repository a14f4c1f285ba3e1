"""The repository as a reader finds it: links lead somewhere, nothing tells of a machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".json",
    ".csv",
    ".hl7",
    ".po",
    ".txt",
    ".lock",
    "",
}


def kept() -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


PAGES = [path for path in kept() if path.suffix == ".md"]
TEXTS = [path for path in kept() if path.suffix in TEXT]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_link_leads_somewhere(path):
    assert not [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()]


def test_no_file_tells_where_it_was_written():
    told = [named(path) for path in TEXTS if f"{ROOT.parent}/" in path.read_text()]
    assert not told


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "GLOSSARY.md",
        "SAFETY.md",
        "docs/decisions.md",
    ],
)
def test_what_a_newcomer_looks_for_is_there(name):
    assert (ROOT / name).read_text().strip()
