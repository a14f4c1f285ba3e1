"""Judges mutants of functions that run while the program is imported, each in a process of its own.

Run by tools.mutants in the folder of mutants: reads again.json there, prints the names of those that were
noticed. The processes are forks of one that has imported the tests' tools, but nothing of the program.
"""

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pytest

ARGUMENTS: Final = ("-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir=.")
KEPT: Final = "tests/pathway/governance/test_book.py"
AT_IMPORT: Final = """
import pkgutil, importlib, json, sys
from mutmut.mutation.trampoline import set_mutant_under_test
set_mutant_under_test("stats")
import ajar.pathway
for found in pkgutil.walk_packages(ajar.pathway.__path__, "ajar.pathway."):
    importlib.import_module(found.name)
from mutmut.state import state
json.dump(sorted(state()._stats), sys.stdout)
"""
WITHIN_S: Final = 120


def main(workers: int) -> int:
    """Try those that ran at import; the others were judged already."""
    asked = json.loads(Path("again.json").read_text())
    at_import = set(functions_at_import())
    again = [name for name in asked["mutants"] if name.rpartition("__mutmut_")[0] in at_import]
    with multiprocessing.get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        noticed = pool.map(partial(notices, tests=asked["tests"]), again, chunksize=1)
    print(json.dumps([name for name, seen in zip(again, noticed, strict=True) if seen]))  # noqa: T201
    return 0


def functions_at_import() -> list[str]:
    """Those that run while the pathway is imported."""
    said = subprocess.run(
        [sys.executable, "-c", AT_IMPORT], check=True, capture_output=True, text=True, env=os.environ
    )
    names: list[str] = json.loads(said.stdout)
    return names


def notices(name: str, tests: Sequence[str]) -> bool:
    """Does a test fail, or the import, with this mutant in place?"""
    os.environ["MUTANT_UNDER_TEST"] = name
    with open(os.devnull, "w") as nothing:  # noqa: PTH123 - a descriptor to put in place of ours
        os.dup2(nothing.fileno(), sys.stdout.fileno())
        os.dup2(nothing.fileno(), sys.stderr.fileno())
    try:
        return any(pytest.main([*ARGUMENTS, where]) != pytest.ExitCode.OK for where in (*tests, KEPT))
    except Exception:  # noqa: BLE001 - a program that does not even start is noticed
        return True


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
