"""What the embedded clinic needs to start with nothing installed: a database and a secret key."""

from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Final

SQLITE_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL;"
    # FULL: an acknowledged reading survives a power cut, not only a killed process.
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-65536"
)


def database_options(engine: str) -> dict[str, Any]:
    """Connection options for the engine: SQLite writes take the lock at BEGIN and wait for it."""
    if "sqlite" in engine:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_PRAGMAS}
        return {"OPTIONS": options, "CONN_MAX_AGE": None}
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def kept_secret_key(data_dir: Path) -> str:
    """The secret key of this installation, made once and readable by its owner alone."""
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(token_urlsafe(48))
    return path.read_text()
