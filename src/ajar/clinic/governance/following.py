"""What is worked out again when another configuration comes into force.

Most of the program asks for the programme whenever it judges. A read model that holds dates keeps what they
were under the configuration before: its room registers here when Django starts, so that this room, which
stands below them, knows none of them by name.
"""

from collections.abc import Callable
from typing import Final

FOLLOWING: Final[list[Callable[[], None]]] = []


def follow_configuration(work: Callable[[], None]) -> None:
    """Run `work` within the transaction that puts a configuration in force."""
    FOLLOWING.append(work)
