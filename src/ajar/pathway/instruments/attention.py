"""Attention deficit: the ASRS v1.1. Part A screens by counting shaded answers; part B has no total.

A clinic's web form counts "sometimes" on all six items [ASRS-BAD]; the threshold differs by item
(clinical.md 6.2).
"""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import AnsweredBy, Answers, Instrument, numbered, ungraded
from ajar.pathway.instruments.licences import slot
from ajar.pathway.instruments.outcome import Outcome, Unscored
from ajar.pathway.instruments.scoring import missing_items, scored, why_no_total
from ajar.pathway.instruments.screens import at_least

NEVER, RARELY, SOMETIMES, OFTEN, VERY_OFTEN = range(5)

PART_A: Final = (SOMETIMES, SOMETIMES, SOMETIMES, OFTEN, OFTEN, OFTEN)
"""The answer from which each of the six items of part A counts (clinical.md 6.2 [ASRS-FORM])."""

PART_B_SOMETIMES: Final = frozenset({9, 12, 16, 18})
"""Items of part B that count from "sometimes"; the others from "often" (from general knowledge, verify)."""


def _hits(instrument: Instrument, answers: Answers) -> Outcome:
    missing = missing_items(answers)
    if because := why_no_total(instrument, missing):
        return Unscored(instrument_id=instrument.id, missing=missing, because=because)
    given = [answer for answer in answers if answer is not None]
    part_b = sum(
        answer >= (SOMETIMES if number in PART_B_SOMETIMES else OFTEN)
        for number, answer in enumerate(given[6:], start=7)
    )
    note = f"Part B: {part_b} of 12 answers in the shaded area; it has no total (verify)."
    return scored(
        instrument,
        sum(answer >= threshold for answer, threshold in zip(given[:6], PART_A, strict=True)),
        notes=(note,) if len(given) > len(PART_A) else (),
    )


ASRS: Final = Instrument(
    id="asrs",
    version="1.1",
    name="ASRS v1.1",
    about="attention deficit in adults, parts A and B",
    answered_by=AnsweredBy.SELF,
    recall="6 months",
    recall_window=timedelta(days=182),
    least_interval=timedelta(weeks=1),
    items=numbered(18, highest=4),
    highest_total=6,
    scoring=_hits,
    bands=ungraded(6),
    bands_source="clinical.md 6.1: screen only",
    screen=at_least(4, source="clinical.md 6.1 [ASRS-FORM] [ASRS-BIO]", what="Part A hits"),
    licence=slot(
        "© New York University and Harvard; free, must not be altered in options, scoring or shading.",
        source="clinical.md 6.4 [ASRS-LC]",
        verified=True,
    ),
    source="clinical.md 6.1 and 6.2 [ASRS-FORM]",
)


ASRS_6: Final = Instrument(
    id="asrs-6",
    version="1.1",
    name="ASRS v1.1 screener",
    about="attention deficit in adults, part A alone",
    answered_by=AnsweredBy.SELF,
    recall="6 months",
    recall_window=timedelta(days=182),
    least_interval=timedelta(weeks=1),
    items=numbered(6, highest=4),
    highest_total=6,
    scoring=_hits,
    bands=ungraded(6),
    bands_source="clinical.md 6.1: screen only",
    screen=at_least(4, source="clinical.md 6.1 [ASRS-FORM] [ASRS-BIO]", what="Part A hits"),
    licence=ASRS.licence,
    source="clinical.md 6.1 and 6.2 [ASRS-FORM]",
)
