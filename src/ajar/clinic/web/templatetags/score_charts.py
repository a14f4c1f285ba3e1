"""From a course of scores to its drawing: the same numbers for patient and clinician."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ajar.clinic.web.charts import Band, Dose, Measured, ScoreChart, ScoreSeries, score_chart
from ajar.pathway.followup.scores import CourseOfScores
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.outcome import Band as ScoreBand
from ajar.pathway.instruments.score import Scored
from ajar.pathway.screening.result import BAND_WORDS

register = template.Library()

ASKED_BY_OTHERS: Final = {
    Mode.STAFF_READ: gettext_lazy("read aloud by staff"),
    Mode.CLINICIAN: gettext_lazy("rated by a clinician"),
    Mode.PHONE: gettext_lazy("asked by phone"),
}
"""Modes in which someone other than the patient held the pen (practice.md 4.2, point 8)."""


@register.simple_tag
def drawn_scores(
    course: CourseOfScores,
    instrument: Instrument,
    missed_on: Sequence[date],
    zone: ZoneInfo,
    caption: str = "",
) -> ScoreChart:
    """The chart of one instrument; forms that were sent and missed, or not scorable, are holes."""
    names = BAND_WORDS.get(get_language() or "en", BAND_WORDS["en"])
    answered = [
        Measured(
            on=point.answered_at.astimezone(zone).date(),
            score=point.total,
            band=_named(point.result.band, names) if isinstance(point.result, Scored) else "",
            asked=str(ASKED_BY_OTHERS.get(point.mode, "")),
        )
        for point in course.points
    ]
    holes = [Measured(on=day, score=None) for day in missed_on]
    series = ScoreSeries(
        instrument=instrument.name,
        caption=caption or course.reading,
        maximum=instrument.highest_total,
        direction=_("higher = better") if instrument.higher_is_better else _("higher = more symptoms"),
        measured=sorted([*answered, *holes], key=lambda one: one.on),
        bands=[Band(name=_named(band, names), lowest=band.lowest) for band in instrument.bands],
        doses=[
            Dose(on=at.astimezone(zone).date(), label=_("Dose %(number)s") % {"number": number})
            for number, at in enumerate(course.doses, start=1)
        ],
        reliable_change=reliable.value if (reliable := instrument.change.reliable_points) else None,
    )
    return score_chart(series)


def _named(band: ScoreBand, names: Mapping[str, str]) -> str:
    """The band in the reader's language, where its words are translated."""
    return names.get(band.id, band.label)
