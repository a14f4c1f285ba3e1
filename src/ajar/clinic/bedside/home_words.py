"""The conditions of a dose at home in the patient's own language, by rule (clinical.md SL-06, SL-07, PRT-2).

The rules judge (pathway/dosing/home.py, pathway/careplan/home.py); this says it to the person at home:
plainly, and nothing alarming about a score.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_THE_DAY: Final = "DAY"
"""Stands for every other question of the day, which the clinic asks by video."""

MET: Final[Mapping[str, Promise]] = {
    "SL-06": _("You have taken a lozenge at the clinic before."),
    "SL-07a": _("An adult is with you."),
    "SL-07b": _("Your blood pressure today is low enough."),
    "SL-07c": _("The clinic has seen you by video."),
    "SL-07d": _("The lozenge for today was handed out to you."),
    "SL-07e": _("The clinic knows where you are."),
    "PRT-2": _("Your safety questions are answered."),
    OF_THE_DAY: _("The clinic has asked its other questions of the day."),
}
NOT_MET: Final[Mapping[str, Promise]] = {
    "SL-06": _("The first lozenge is taken at the clinic, never at home."),
    "SL-07a": _("An adult has to be with you, and the clinic has to have written down who."),
    "SL-07b": _("Measure your blood pressure and send it."),
    "SL-07c": _("The clinic has to see you by video first."),
    "SL-07d": _("One lozenge has to be handed out for today, and no more than agreed."),
    "SL-07e": _("The clinic has to know where you are today."),
    "PRT-2": _("The clinic has some questions about your safety first."),
    OF_THE_DAY: _("The clinic has more questions about today. It asks them by video."),
}
TOO_HIGH: Final = _("Your blood pressure is too high: no lozenge at home now. Talk to the clinic.")

PRESSURE: Final = _("Blood pressure has two numbers, such as 128/82: the higher one first.")
EXPECTED: Final = _("This cannot be right: a number from %(lowest)s to %(highest)s is expected.")
EMPTY: Final = _("Enter your blood pressure, both numbers.")

STATEMENTS: Final = (
    _("I am an adult, and I take nothing today that makes me drowsy."),
    _("I stay with the patient from before the lozenge until the clinic says that the session is over."),
    _("I know what to do if contact is lost: it stands on this page."),
)
"""What a chaperone attests (SL-07, SL-08; that nothing makes them drowsy: design default)."""
