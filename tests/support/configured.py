"""A clinic's signed configuration, in one line of a test."""

from datetime import datetime
from typing import Final

from ajar.clinic.governance.services import sign_configuration
from ajar.clinic.staff.models import Account
from ajar.pathway.governance.parameters import Value, written
from ajar.pathway.governance.version import RULEBOOK
from tests.support.people import PIN

CLINIC: Final = "clinic 7"
"""The version under which `set_by_clinic` signs."""


def set_by_clinic(*changes: tuple[str, Value | str], by: Account, now: datetime) -> None:
    """Sign a configuration that sets these parameters; only once in a test."""
    head = f'version = "{CLINIC}"\nrulebook = "{RULEBOOK}"\n'
    rows = "".join(
        f'[[change]]\nparameter = "{name}"\nvalue = {_written(value)}\nbecause = "Our own experience."\n'
        for name, value in changes
    )
    sign_configuration(text=head + rows, pin=PIN, by=by, now=now)


def _written(value: Value | str) -> str:
    return f'"{value}"' if isinstance(value, str) else written(value)
