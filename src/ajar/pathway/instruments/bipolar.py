"""Bipolar disorder: the MDQ, whose three parts must all be met, and the HCL-32.

A page that scores the MDQ positive at 7 alone is wrong [MDQ-BAD] (clinical.md 6.2).
"""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import AnsweredBy, Answers, Instrument, Item, numbered, ungraded
from ajar.pathway.instruments.licences import slot
from ajar.pathway.instruments.outcome import Outcome, Scored, Screening, Unscored
from ajar.pathway.instruments.scoring import missing_items, scored, summed, why_no_total
from ajar.pathway.instruments.screens import at_least, verdict
from ajar.pathway.patients.facts import Sex

SYMPTOMS: Final = 13
SAME_TIME, PROBLEM = 14, 15
MODERATE: Final = 2
MDQ_CUT: Final = 7


def _mdq(instrument: Instrument, answers: Answers) -> Outcome:
    """The number of yes; parts 2 and 3 are asked after more than one."""
    symptoms = answers[:SYMPTOMS]
    missing = missing_items(symptoms)
    if not missing and sum(answer or 0 for answer in symptoms) > 1:
        missing = tuple(number for number in (SAME_TIME, PROBLEM) if answers[number - 1] is None)
    if because := why_no_total(instrument, missing):
        return Unscored(instrument_id=instrument.id, missing=missing, because=because)
    return scored(instrument, sum(answer or 0 for answer in symptoms))


def _three_parts(answers: Answers, found: Scored, _sex: Sex | None) -> Screening:
    together = answers[SAME_TIME - 1] == 1
    serious = (answers[PROBLEM - 1] or 0) >= MODERATE
    return verdict(
        found.total >= MDQ_CUT and together and serious,
        f"7 yes or more ({found.total:g}), at the same time ({'yes' if together else 'no'}), and a "
        f"moderate or serious problem ({'yes' if serious else 'no'}): all three. (An alternative cut is 5.)",
        source="clinical.md 6.1 and 6.2 [MDQ-ME]",
    )


MDQ: Final = Instrument(
    id="mdq",
    version="1",
    name="MDQ",
    about="bipolar disorder",
    answered_by=AnsweredBy.SELF,
    recall="lifetime",
    recall_window=timedelta(days=36500),
    least_interval=timedelta(weeks=1),
    items=(
        *numbered(SYMPTOMS, highest=1),
        Item(id="14 at the same time", highest=1),
        Item(id="15 how much of a problem", highest=3),
    ),
    highest_total=13,
    scoring=_mdq,
    bands=ungraded(13),
    bands_source="clinical.md 6.1: screen only",
    screen=_three_parts,
    licence=slot("Cite its authors; permission, verify."),
    source="clinical.md 6.1 and 6.2 [MDQ-ME]",
)


HCL_32: Final = Instrument(
    id="hcl-32",
    version="1",
    name="HCL-32",
    about="hypomania",
    answered_by=AnsweredBy.SELF,
    recall="lifetime",
    recall_window=timedelta(days=36500),
    least_interval=timedelta(weeks=1),
    items=numbered(32, highest=1),
    highest_total=32,
    scoring=summed(),
    bands=ungraded(32),
    bands_source="clinical.md 6.1: screen only",
    screen=at_least(14, source="clinical.md 6.1; from general knowledge, verify", verified=False),
    licence=slot("Cite its authors; permission, verify."),
    source="clinical.md 6.1; from general knowledge, verify",
)
