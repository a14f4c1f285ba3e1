"""The days of the dosing tests."""

from tests.clinic.dosing.conftest import infusion, room, second, spray

__all__ = ["infusion", "room", "second", "spray"]
