"""Read models follow the ledger: fed within the append's transaction, dropped and refilled at will.

A room registers its read models when Django starts (AppConfig.ready), so that the ledger, which stands
below every room, knows none of them by name.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from ajar.pathway.ledger.entry import Entry


class ReadModel(Protocol):
    """A cache over the ledger."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    def follow(self, entries: Sequence[Entry]) -> None:
        """Take in entries of one patient, just appended, in order."""

    def clear(self) -> None:
        """Forget everything."""

    def snapshot(self) -> object:
        """All it holds, in a form that can be compared."""


REGISTERED: Final[list[ReadModel]] = []


def register(model: ReadModel) -> None:
    """Add a read model once."""
    if model.name not in [known.name for known in REGISTERED]:
        REGISTERED.append(model)
