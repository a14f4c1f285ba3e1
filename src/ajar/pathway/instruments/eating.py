"""Eating: the EDE-Q 6.0, a mean of means, and its short form for weekly use (clinical.md 6.2)."""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import (
    AnsweredBy,
    Answers,
    Instrument,
    Item,
    MissingRule,
    numbered,
    ungraded,
)
from ajar.pathway.instruments.licences import NOT_STATED, slot
from ajar.pathway.instruments.outcome import Outcome, Unscored
from ajar.pathway.instruments.scoring import missing_items, scored, summed
from ajar.pathway.instruments.screens import at_least

EDE_Q_PARTS: Final = {
    "restraint": (1, 2, 3, 4, 5),
    "eating concern": (7, 9, 19, 20, 21),
    "shape concern": (6, 8, 10, 11, 23, 26, 27, 28),
    "weight concern": (8, 12, 22, 24, 25),
}
"""Items of each subscale; item 8 counts twice. Items 13 to 18 are counts of days, reported as they are."""

COUNTS: Final = range(13, 19)
MOST_DAYS: Final = 999
FEWEST_PARTS: Final = 3
EDE_Q_RULE: Final = (
    "clinical.md 6.2; from general knowledge, verify; four subscales form the global [EDEQ-TAB]"
)


def _ede_q(instrument: Instrument, answers: Answers) -> Outcome:
    """A subscale needs more than half of its items, the global score three subscales."""
    parts: dict[str, float] = {}
    for name, numbers in EDE_Q_PARTS.items():
        given = [answer for number in numbers if (answer := answers[number - 1]) is not None]
        if 2 * len(given) > len(numbers):
            parts[name] = sum(given) / len(given)
    if len(parts) < FEWEST_PARTS:
        missing = tuple(number for number in missing_items(answers) if number not in COUNTS)
        because = (
            f"A global score needs {FEWEST_PARTS} subscales; {len(parts)} have more than half their items."
        )
        return Unscored(instrument_id=instrument.id, missing=missing, because=because, subscales=parts)
    return scored(instrument, sum(parts.values()) / len(parts), subscales=parts)


EDE_Q: Final = Instrument(
    id="ede-q",
    version="6.0",
    name="EDE-Q 6.0",
    about="eating disorder",
    answered_by=AnsweredBy.SELF,
    recall="28 days",
    recall_window=timedelta(days=28),
    least_interval=timedelta(days=28),
    items=tuple(
        Item(id=str(number), highest=MOST_DAYS if number in COUNTS else 6) for number in range(1, 29)
    ),
    highest_total=6,
    scoring=_ede_q,
    bands=ungraded(6),
    bands_source="clinical.md 6.1: cut-offs, no bands",
    missing=MissingRule(at_most=28, never=frozenset(), source=EDE_Q_RULE, verified=False),
    screen=at_least(
        2.8, source="clinical.md 6.1 [EDEQ-TAB]: 2.80 clinical, 2.30 in the community", what="A global score"
    ),
    licence=slot("© Fairburn; free for non-commercial use."),
    source="clinical.md 6.1 and 6.2 [EDEQ-TAB]",
)


EDE_QS: Final = Instrument(
    id="ede-qs",
    version="1",
    name="EDE-QS",
    about="eating disorder, short form for weekly use",
    answered_by=AnsweredBy.SELF,
    recall="7 days",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(12, highest=3),
    highest_total=36,
    scoring=summed(),
    bands=ungraded(36),
    bands_source="clinical.md 6.1: none",
    licence=NOT_STATED,
    source="clinical.md 6.1 [EDEQS20]; range from general knowledge, verify",
)
