"""Install the solvers that the engine is timed against: only `make bench` needs them.

One of them is built here and needs a Fortran compiler, which is installed where none is.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tools.install import PIP, VENV
from tools.machine import install, note

LOCK: Final = Path("requirements-bench.lock")
STAMP: Final = VENV / "peers"


def main() -> int:
    """Install what `requirements-bench.lock` names, by hash, once.

    Raises:
        SystemExit: there is no Fortran compiler and none can be installed, or pip refuses.
    """
    if STAMP.exists() and STAMP.stat().st_mtime >= LOCK.stat().st_mtime:
        return 0
    if shutil.which("gfortran") is None and not install("gfortran"):
        sys.exit("One of the peers is built here: install gfortran and try again.")
    note("Installing the solvers that the engine is timed against (once; a minute or two) …")
    subprocess.run([*PIP, "--quiet", "--require-hashes", "--no-deps", "--requirement", str(LOCK)], check=True)
    STAMP.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
