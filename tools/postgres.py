"""A throw-away PostgreSQL for one command: `python -m tools.postgres -- pytest tests/clinic`.

The cluster lies in a temporary folder, listens on a unix socket alone, and is gone afterwards. The
command finds it in AJAR_DATABASE_URL. PostgreSQL refuses to run as root, so root hands it to the
account `postgres`, or `nobody` where there is none.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.machine import install, note

INITIALLY: Final = ("--username=ajar", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
SETTINGS: Final = (
    "listen_addresses=''",  # a socket in the folder, nothing on the network
    "fsync=off",  # it is thrown away: nothing is waited for
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",  # 200 people book the last slot at once
    "shared_buffers=128MB",
)
DURABLE: Final = tuple(setting for setting in SETTINGS if not setting.endswith("=off"))
KEEP_DURABLE: Final = "--durable"
"""For benchmarks: write to the disk as in service."""


def find_binaries() -> Path | None:
    """The folder with pg_ctl and initdb, or None."""
    packaged = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True
    )
    on_path = shutil.which("pg_ctl")
    folders = [*packaged, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def binaries() -> Path:
    """The same, installing PostgreSQL where it is missing.

    Raises:
        SystemExit: it could not be installed.
    """
    found = find_binaries()
    if found is None:
        note("No PostgreSQL is here; installing one for the tests.")
        install("postgresql")
        found = find_binaries()
    if found is None:
        sys.exit("No PostgreSQL server could be found or installed. Install it, or put pg_ctl on the path.")
    return found


def unprivileged() -> pwd.struct_passwd | None:
    """The account that runs PostgreSQL when we are root; None where we are not."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def run_as(account: pwd.struct_passwd | None, command: Sequence[str], cwd: Path) -> None:
    """Run one of PostgreSQL's own programs, and say what it said when it fails.

    Raises:
        SystemExit: it failed.
    """
    done = subprocess.run(
        command,
        cwd=cwd,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(cwd), "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if done.returncode:
        log = cwd / "server.log"
        sys.exit(f"{command[0]} failed:\n{done.stdout}\n{log.read_text() if log.exists() else ''}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A cluster of our own in a folder of its own."""

    home: Path
    pg_ctl: tuple[str, ...]
    options: str
    account: pwd.struct_passwd | None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"postgres://ajar@/{self.home}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers."""
        log = str(self.home / "server.log")
        start = ["--wait", "--log", log, "--options", f"{self.options} -k {self.home}", "start"]
        run_as(self.account, [*self.pg_ctl, *start], self.home)

    def stop(self) -> None:
        """End it at once, as a crash would: every connection breaks, and what was committed is kept."""
        if (self.home / "data" / "postmaster.pid").exists():
            run_as(self.account, [*self.pg_ctl, "--wait", "--mode=immediate", "stop"], self.home)


@contextmanager
def cluster(settings: Sequence[str] = SETTINGS) -> Iterator[Cluster]:
    """A running cluster; leaves nothing behind."""
    folder, account = binaries(), unprivileged()
    # A short path: the name of a unix socket may have about a hundred characters.
    home = Path(tempfile.mkdtemp(prefix="ajar-pg-", dir="/tmp"))
    if account:
        os.chown(home, account.pw_uid, account.pw_gid)
    data = str(home / "data")
    made = Cluster(
        home=home,
        pg_ctl=(str(folder / "pg_ctl"), "--pgdata", data),
        options=" ".join(f"-c {setting}" for setting in settings),
        account=account,
    )
    try:
        run_as(account, [str(folder / "initdb"), "--pgdata", data, *INITIALLY], home)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """Run a command beside a cluster; its exit code is ours."""
    durable = KEEP_DURABLE in arguments
    command = [word for word in arguments if word not in (KEEP_DURABLE, "--")]
    settings = DURABLE if durable else SETTINGS
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that being ended still cleans up
    with cluster(settings) as ours:
        told = os.environ | {"AJAR_DATABASE_URL": ours.url}
        return subprocess.run(command, env=told, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
