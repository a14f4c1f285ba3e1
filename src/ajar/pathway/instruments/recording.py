"""What is written into the chart when a questionnaire is handed in, the same from every door."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.answers import Mode, QuestionnaireRecorded, TextFrom
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.score import refuse_impossible_answers

RULEBOOK_VERSION: Final = "instruments 2026.2"
"""The version of the scorers, bands and warnings of this program (clinical.md 6)."""


def recorded(
    instrument: Instrument,
    *,
    items: Sequence[int | None],
    mode: Mode,
    language: str,
    occasion: str,
    text_from: TextFrom = TextFrom.SHIPPED,
    attribution: str = "",
) -> QuestionnaireRecorded:
    """The entry for these answers, with the instrument as it stands now.

    Raises:
        ValueError: the wrong number of answers, or one that is not among the options.
    """
    refuse_impossible_answers(instrument, items)
    return QuestionnaireRecorded(
        instrument=instrument.id,
        instrument_version=instrument.version,
        language=language,
        mode=mode,
        items=tuple(items),
        recall=instrument.recall,
        occasion=occasion,
        recall_days=instrument.recall_window / timedelta(days=1),
        licence=instrument.licence.permission.code,
        text_from=text_from,
        attribution=attribution,
        rulebook_version=RULEBOOK_VERSION,
    )
