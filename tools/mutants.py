"""Mutation testing of the rulebook: every survivor is either explained, or fails this.

`python -m tools.mutants [ROOM ...]` changes each function of `ajar.pathway` (or of those rooms of it) in
every way that mutmut knows, room by room, and runs that room's own tests on each change. mutmut switches a
change on in a process that has imported the program already; what a function built at import (a table of
rules) is unchanged there. Survivors among those functions are therefore judged again, each in a process that
imports the program with the change in place, and there the kept text of the rulebook is a judge too.

It works on copies in build/mutants, takes long, and needs `python -m tools.peers` first. What may survive,
and why: tests/survivors.toml.
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
from tools.mutated import Mutant, survivors, tried

COPY: Final = Path(os.environ.get("MUTANTS", "build/mutants"))
COPIED: Final = ("src", "tests", "tools", "benchmarks", "docs")
EXPLAINED: Final = Path("tests/survivors.toml")
AT_MOST: Final = 0.05
"""Share of mutants that may survive, explained or not."""

ROOMS: Final = Path("src/ajar/pathway")
TESTS: Final = Path("tests/pathway")
CONFIGURATION: Final = """
[tool.mutmut]
source_paths = {sources}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:cacheprovider"]
also_copy = {copied}
"""
WORKERS: Final = os.environ.get("WORKERS", "2")
FEW_EXAMPLES: Final = {"AJAR_HYPOTHESIS": "few"}
"""A change that a law notices, it notices within a few examples; all of them would take a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why mutants whose name or changed line matches this may survive."""

    pattern: str
    because: str

    def covers(self, mutant: Mutant) -> bool:
        """Is it about this one?"""
        return bool(re.search(self.pattern, f"{mutant.name}\n- {mutant.before}\n+ {mutant.after}"))


def main(rooms: Sequence[str]) -> int:
    """Make the mutants of each room, run its tests, and judge who survived."""
    found: list[Mutant] = []
    total = 0
    for room in rooms or sorted(path.name for path in ROOMS.iterdir() if (path / "__init__.py").exists()):
        copy = prepare(room)
        judge(copy)
        count, left = tried(copy / "mutants"), list(survivors(copy / "mutants"))
        if not count:
            sys.exit(f"No mutant of {room} was tried: its tests must pass by themselves first.")
        left = judge_again(copy, room, left)
        say(f"{room}: {len(left)} of {count} survived ({len(left) / count:.1%}).")
        found, total = [*found, *left], total + count
    unexplained = report(found, explanations(), total)
    return 1 if unexplained or len(found) / total >= AT_MOST else 0


def prepare(room: str) -> Path:
    """A fresh copy of the repository with the room in question named; returns where it is.

    Raises:
        SystemExit: there is no such room.
    """
    if not (ROOMS / room).is_dir():
        sys.exit(f"There is no room {room} in {ROOMS}.")
    copy = COPY / room
    shutil.rmtree(copy, ignore_errors=True)
    for name in COPIED:
        shutil.copytree(name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    own = CONFIGURATION.format(
        sources=json.dumps([str(ROOMS / room)]),
        tests=json.dumps(tests_of(room)),
        copied=json.dumps([*COPIED, "pyproject.toml"]),
    )
    (copy / "pyproject.toml").write_text(Path("pyproject.toml").read_text() + own)
    return copy


def tests_of(room: str) -> list[str]:
    """The room's own tests; all of the pathway's where it has none."""
    own = TESTS / room
    return [str(own if own.is_dir() else TESTS)]


def judge(copy: Path) -> None:
    """Let mutmut try every mutant."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", WORKERS]
    with (copy / "mutmut.log").open("w") as log:
        subprocess.run(
            command,
            cwd=copy,
            env=os.environ | FEW_EXAMPLES,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )


def judge_again(copy: Path, room: str, left: Sequence[Mutant]) -> list[Mutant]:
    """Those that survive also in a process that imports the program with the change in place."""
    asked = copy / "mutants" / "again.json"
    asked.write_text(json.dumps({"tests": tests_of(room), "mutants": [one.name for one in left]}))
    command = [sys.executable, "-m", "tools.mutants_again", WORKERS]
    environment = os.environ | FEW_EXAMPLES | {"PYTHONPATH": "src:."}
    said = subprocess.run(
        command, cwd=copy / "mutants", env=environment, check=True, capture_output=True, text=True
    )
    killed = set(json.loads(said.stdout.splitlines()[-1]))
    return [one for one in left if one.name not in killed]


def explanations() -> list[Explanation]:
    """What may survive, with the reason."""
    return [Explanation(**row) for row in tomllib.loads(EXPLAINED.read_text())["survivor"]]


def report(found: Sequence[Mutant], known: Sequence[Explanation], total: int) -> list[Mutant]:
    """Say who survived and why they may; returns those that nobody explained."""
    unexplained = [each for each in found if not any(reason.covers(each) for reason in known)]
    for reason in known:
        count = sum(1 for each in found if reason.covers(each))
        if count:
            say(f"{count:5}  {reason.because}")
    for line in _told(unexplained):
        note(line)
    share = f"{len(found) / total:.1%}"
    say(f"{len(found)} of {total} mutants survived ({share}); {len(unexplained)} without an explanation.")
    return unexplained


def _told(unexplained: Sequence[Mutant]) -> Iterator[str]:
    for each in unexplained:
        yield f"{each.name}\n    - {each.before}\n    + {each.after}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
