"""Borderline symptoms: the BSL-23, a mean, with the grades that its publisher corrected in 2022."""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import AnsweredBy, Answers, Instrument, numbered
from ajar.pathway.instruments.licences import slot
from ajar.pathway.instruments.outcome import Band, Outcome, Unscored
from ajar.pathway.instruments.scoring import missing_items, scored, why_no_total
from ajar.pathway.instruments.screens import at_least


def _mean(instrument: Instrument, answers: Answers) -> Outcome:
    missing = missing_items(answers)
    if because := why_no_total(instrument, missing):
        return Unscored(instrument_id=instrument.id, missing=missing, because=because)
    given = [answer for answer in answers if answer is not None]
    return scored(instrument, sum(given) / len(given))


BSL_23: Final = Instrument(
    id="bsl-23",
    version="1",
    name="BSL-23",
    about="borderline symptoms",
    answered_by=AnsweredBy.SELF,
    recall="past week",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(23, highest=4),
    highest_total=4,
    scoring=_mean,
    bands=(
        Band(id="none_or_low", label="none or low", lowest=0, highest=0.28),
        Band(id="mild", label="mild", lowest=0.28, highest=1.07),
        Band(id="moderate", label="moderate", lowest=1.07, highest=1.87),
        Band(id="high", label="high", lowest=1.87, highest=2.67),
        Band(id="very_high", label="very high", lowest=2.67, highest=3.47),
        Band(id="extreme", label="extremely high", lowest=3.47, highest=4),
    ),
    bands_source="clinical.md 6.1 and 6.2 [BSL20], corrected grades, not those of [BSL-OLD]",
    screen=at_least(
        1.5, source="clinical.md 6.1 [BSL20]: 1.50 separates BPD from clinical controls", what="A mean"
    ),
    licence=slot("Free from its authors."),
    source="clinical.md 6.1 and 6.2 [BSL20] [BSL-MEAS]",
)
