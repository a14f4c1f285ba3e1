"""Sentences on the patient's own pages that depend on numbers."""

from datetime import tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ajar.pathway.followup.scores import CourseOfScores, ScorePoint
from ajar.pathway.instruments.change import Change
from ajar.pathway.instruments.instrument import Instrument


def own_reading(course: CourseOfScores, instrument: Instrument, zone: tzinfo) -> str:
    """The course of scores in one or two sentences: the clinician's numbers, in the patient's language."""
    if course.latest is None:
        return _("No score yet.")
    latest = {"name": instrument.name, "total": course.latest.total, "day": _day(course.latest, zone)}
    if course.change is None or course.baseline is None:
        return _("Your last %(name)s score was %(total)s, on %(day)s.") % latest
    first = {"first": course.baseline.total, "then": _day(course.baseline, zone)}
    sentence = _("Your %(name)s score was %(first)s on %(then)s and %(total)s on %(day)s.") % (latest | first)
    return f"{sentence} {_moved(course.change)}"


def _moved(change: Change) -> str:
    points = abs(change.fall_points)
    if not change.reliable:
        return _("That is within what the questionnaire itself varies.")
    if change.fall_points > 0:
        return ngettext("That is %(n)s point lower.", "That is %(n)s points lower.", points) % {"n": points}
    return ngettext("That is %(n)s point higher.", "That is %(n)s points higher.", points) % {"n": points}


def _day(point: ScorePoint, zone: tzinfo) -> str:
    return date_format(point.answered_at.astimezone(zone).date(), "DATE_FORMAT")
