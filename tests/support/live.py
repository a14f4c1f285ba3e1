"""A real server in a process of its own, with its own data directory: for browsers and for faults."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

STARTS_WITHIN_S = 60.0


def free_port() -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass(kw_only=True)
class Live:
    """A server that can be started, killed and started again on the same data."""

    data_dir: Path
    demo: bool
    port: int = field(default_factory=free_port)
    mllp_port: int = field(default_factory=free_port)
    database_url: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        return self.data_dir / "ajar.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        """The settings under which it and its commands run: never those of the test process."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("AJAR_", "DJANGO_"))
        }
        ours = {"AJAR_DATA_DIR": str(self.data_dir), "AJAR_DEMO": "on" if self.demo else "off"}
        return kept | ours | ({"AJAR_DATABASE_URL": self.database_url} if self.database_url else {})

    @property
    def program(self) -> list[str]:
        """What is run, before its arguments."""
        return [sys.executable, "-m", "ajar"]

    def ajar(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an `ajar` command on the same data; its exit code is for the caller to judge."""
        return subprocess.run(  # noqa: S603 - our own program
            [*self.program, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def start(self) -> None:
        """Start serving and wait until a page answers."""
        command = [*self.program, "serve"]
        command += ["--port", str(self.port), "--mllp-port", str(self.mllp_port)]
        log = (self.data_dir / "server.log").open("ab")
        self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)  # noqa: S603
        log.close()
        gives_up_at = time.monotonic() + STARTS_WITHIN_S
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > gives_up_at:
                raise AssertionError(f"The server did not start:\n{self.log()}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Does it answer at all?"""
        try:
            with urlopen(f"{self.url}/accounts/login/", timeout=5):  # noqa: S310 - our own address
                return True
        except HTTPError as refused:
            return refused.code < 500
        except (URLError, OSError):
            return False

    def log(self) -> str:
        """What it wrote."""
        return (self.data_dir / "server.log").read_text()

    def kill(self) -> None:
        """End it at once, as a crash would (SIGKILL)."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
        self.process = None


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    """A started server with an empty clinic and no demonstration; restart it with kill() and start()."""
    server = Live(data_dir=tmp_path, demo=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The synthetic clinic's data directory, built once for all workers; copy it, never serve it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    built, stamp = shared / "demo-data", shared / "demo-built"
    with (shared / "demo-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists():
            built.mkdir(exist_ok=True)
            done = Live(data_dir=built, demo=True).ajar("demo", "--no-serve")
            assert done.returncode == 0, done.stdout + done.stderr
            stamp.touch()
    return built


def serve_copy(of: Path, data_dir: Path) -> Live:
    """A started server on a copy of the synthetic clinic."""
    shutil.copytree(of, data_dir, dirs_exist_ok=True)
    server = Live(data_dir=data_dir, demo=True)
    server.start()
    return server


@pytest.fixture(scope="session")
def live_demo(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A started server with the synthetic clinic, shared by the tests of one worker: look, do not change."""
    server = serve_copy(demo_data, tmp_path_factory.mktemp("live-demo"))
    yield server
    server.stop()


@pytest.fixture
def fresh_demo(demo_data: Path, tmp_path: Path) -> Iterator[Live]:
    """A started server with a synthetic clinic of this test's own."""
    server = serve_copy(demo_data, tmp_path / "fresh-demo")
    yield server
    server.stop()
