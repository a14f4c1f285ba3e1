"""What the tools ask of the machine: words on the terminal, and system packages."""

import os
import shutil
import subprocess
import sys


def say(words: str) -> None:
    """One line of result, to standard output."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def note(words: str) -> None:
    """One line for the person watching, to standard error."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def as_root() -> list[str] | None:
    """How a command becomes root here: nothing to add, sudo, or None where there is no way."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "--non-interactive"] if shutil.which("sudo") else None


def install(package: str) -> bool:
    """Install a system package with apt-get; False where that is not possible."""
    before = as_root()
    if before is None or shutil.which("apt-get") is None:
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    )
    return all(
        subprocess.run([*before, *step], env=environment, stdout=sys.stderr, check=False).returncode == 0
        for step in steps
    )
