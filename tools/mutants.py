"""Mutation testing of the rulebook: every survivor is either explained, or fails this.

`python -m tools.mutants [ROOM ...]` changes each function of `ajar.pathway` (or of those rooms of it) in
every way that mutmut knows and runs the tests that reach it (of those rooms, only their own tests). It
works on a copy in build/mutants, takes
long, and needs `python -m tools.peers` first. What may survive, and why: tests/survivors.toml.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.machine import note, say

COPY: Final = Path(os.environ.get("MUTANTS", "build/mutants"))
COPIED: Final = ("src", "tests", "tools", "benchmarks", "docs")
EXPLAINED: Final = Path("tests/survivors.toml")
AT_MOST: Final = 0.05
"""Share of mutants that may survive, explained or not."""

ROOMS: Final = "src/ajar/pathway"
CONFIGURATION: Final = """
[tool.mutmut]
source_paths = {sources}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:cacheprovider"]
also_copy = {copied}
"""
TRIED: Final = ("killed", "survived", "timeout", "suspicious", "segfault")
WORKERS: Final = os.environ.get("WORKERS", "2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivor:
    """A mutant that no test noticed: its name, and the lines that differ."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why mutants whose name or changed line matches this may survive."""

    pattern: str
    because: str

    def covers(self, survivor: Survivor) -> bool:
        """Is it about this one?"""
        return bool(re.search(self.pattern, f"{survivor.name}\n- {survivor.before}\n+ {survivor.after}"))


def main(rooms: Sequence[str]) -> int:
    """Make the mutants, run the tests, and judge who survived."""
    prepare(rooms)
    subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", WORKERS], cwd=COPY, check=False)
    found = list(survivors())
    total = _total()
    if not total:
        sys.exit("No mutant was tried: the tests must pass by themselves first.")
    unexplained = report(found, explanations(), total)
    return 1 if unexplained or len(found) / total >= AT_MOST else 0


def prepare(rooms: Sequence[str]) -> None:
    """A fresh copy of the repository with the rooms in question named.

    Raises:
        SystemExit: there is no such room.
    """
    missing = [room for room in rooms if not Path(ROOMS, room).is_dir()]
    if missing:
        sys.exit(f"There is no room {', '.join(missing)} in {ROOMS}.")
    shutil.rmtree(COPY, ignore_errors=True)
    for name in COPIED:
        shutil.copytree(name, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
    sources = [f"{ROOMS}/{room}" for room in rooms] or [ROOMS]
    tests = [f"tests/pathway/{room}" for room in rooms if Path("tests/pathway", room).is_dir()]
    own = CONFIGURATION.format(
        sources=json.dumps(sources),
        tests=json.dumps(tests or ["tests/pathway"]),
        copied=json.dumps([*COPIED, "pyproject.toml"]),
    )
    (COPY / "pyproject.toml").write_text(Path("pyproject.toml").read_text() + own)


def survivors() -> Iterator[Survivor]:
    """Each mutant that no test noticed."""
    for line in _said("results").splitlines():
        name, _, status = line.strip().partition(": ")
        if status in ("survived", "no tests"):
            changed = [row for row in _said("show", name).splitlines() if re.match(r"[-+](?![-+])", row)]
            before = " ".join(row[1:].strip() for row in changed if row[0] == "-")
            after = " ".join(row[1:].strip() for row in changed if row[0] == "+")
            yield Survivor(name=name, before=before, after=after)


def _said(*words: str) -> str:
    asked = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(asked, cwd=COPY, check=True, capture_output=True, text=True).stdout


def _total() -> int:
    """How many were tried."""
    _said("export-cicd-stats")
    counts: dict[str, int] = json.loads((COPY / "mutants" / "mutmut-cicd-stats.json").read_text())
    return sum(counts[status] for status in TRIED)


def explanations() -> list[Explanation]:
    """What may survive, with the reason."""
    return [Explanation(**row) for row in tomllib.loads(EXPLAINED.read_text())["survivor"]]


def report(found: Sequence[Survivor], known: Sequence[Explanation], total: int) -> list[Survivor]:
    """Say who survived and why they may; returns those that nobody explained."""
    unexplained = [each for each in found if not any(reason.covers(each) for reason in known)]
    for reason in known:
        count = sum(1 for each in found if reason.covers(each))
        if count:
            say(f"{count:5}  {reason.because}")
    for each in unexplained:
        note(f"{each.name}\n    - {each.before}\n    + {each.after}")
    share = f"{len(found) / total:.1%}"
    say(f"{len(found)} of {total} mutants survived ({share}); {len(unexplained)} without an explanation.")
    return unexplained


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
