"""Make .venv and install what the lock names, by hash, with a counter. Needs nothing but Python 3.11.

Runs under the machine's own Python, before anything is installed: standard library only.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tools.machine import install, note, say

VENV: Final = Path(".venv")
LOCK: Final = Path("requirements.lock")
STAMP: Final = VENV / "installed"
NEEDS: Final = (3, 11)
PIP: Final = (
    str(VENV / "bin" / "python"),
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
)


def locked() -> int:
    """How many packages the lock names."""
    return sum("==" in line for line in LOCK.read_text().splitlines() if not line.startswith((" ", "#")))


def make_venv() -> None:
    """A fresh virtual environment, unless one is there.

    Raises:
        SystemExit: this Python is too old, or cannot make one.
    """
    if sys.version_info < NEEDS:
        sys.exit(f"Ajar needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if find_spec("ensurepip") is None and not install(f"python3.{sys.version_info.minor}-venv"):
        sys.exit("This Python cannot make a virtual environment: install python3-venv and try again.")
    if not (VENV / "bin" / "python").exists():
        say("Making .venv …")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def install_locked() -> None:
    """Install the lock, counting packages as they come.

    The lock is complete, so nothing is resolved again: asked for `coverage[toml]`, pip's resolver would look
    at a release newer than the pinned one, and refuse it for having no hash.

    Raises:
        SystemExit: with the last lines of what pip said.
    """
    total, count, said = locked(), 0, list[str]()
    command = [*PIP, "--require-hashes", "--no-deps", "--requirement", str(LOCK)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith(("Collecting", "Processing", "Requirement already satisfied")):
                count += 1
                show(min(count, total), total)
    if pip.returncode:
        sys.exit("\nInstalling failed:\n" + "".join(said[-20:]))


def show(count: int, total: int) -> None:
    """The counter: redrawn on a terminal, a line a quarter elsewhere."""
    if sys.stdout.isatty():
        sys.stdout.write(
            f"\r  what Ajar stands on: {count}/{total} packages" + ("\n" if count == total else "")
        )
        sys.stdout.flush()
    elif count % max(total // 4, 1) == 0:
        say(f"  what Ajar stands on: {count}/{total} packages")


def main() -> int:
    """Install, and leave a stamp so that it happens once."""
    make_venv()
    say(f"Installing {locked()} packages into .venv (once; about a minute) …")
    install_locked()
    subprocess.run([*PIP, "--quiet", "--no-deps", "--editable", "."], check=True)
    subprocess.run([str(VENV / "bin" / "python"), "-m", "pip", "check", "--quiet"], check=True)
    subprocess.run([str(VENV / "bin" / "python"), "-m", "ajar.pharmacology.lanes.warm"], check=True)
    STAMP.touch()
    note("Installed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
