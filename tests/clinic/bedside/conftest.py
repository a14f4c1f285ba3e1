"""The days of the dosing tests."""

from tests.clinic.dosing.conftest import infusion, plan, room, second

__all__ = ["infusion", "plan", "room", "second"]
