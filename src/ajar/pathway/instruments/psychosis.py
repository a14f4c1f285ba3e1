"""Psychosis risk: the PQ-16 and the PQ-B. Each symptom has a yes or no and how distressing it is.

Answers come as pairs: item 1, its distress, item 2, its distress … A distress after a "no" is not asked.
"""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import AnsweredBy, Answers, Instrument, Item, ungraded
from ajar.pathway.instruments.licences import slot
from ajar.pathway.instruments.outcome import Outcome, Scored, Screening, Unscored
from ajar.pathway.instruments.scoring import scored, why_no_total
from ajar.pathway.instruments.screens import at_least, verdict
from ajar.pathway.patients.facts import Sex


def _pairs(answers: Answers) -> list[tuple[int | None, int | None]]:
    return list(zip(answers[0::2], answers[1::2], strict=True))


def _missing(answers: Answers) -> tuple[int, ...]:
    """Places (counted from 1) that were asked and not answered."""
    missing = []
    for row, (symptom, distress) in enumerate(_pairs(answers)):
        if symptom is None:
            missing.append(2 * row + 1)
        elif symptom == 1 and distress is None:
            missing.append(2 * row + 2)
    return tuple(missing)


def _pairs_of(count: int, *, mildest: int, worst: int) -> tuple[Item, ...]:
    return tuple(
        item
        for number in range(1, count + 1)
        for item in (
            Item(id=str(number), highest=1),
            Item(id=f"{number} distress", lowest=mildest, highest=worst),
        )
    )


def _symptoms_and_distress(instrument: Instrument, answers: Answers) -> Outcome:
    """The PQ-16 counts symptoms; their distress is a subscale."""
    missing = _missing(answers)
    if because := why_no_total(instrument, missing):
        return Unscored(instrument_id=instrument.id, missing=missing, because=because)
    yes = [distress or 0 for symptom, distress in _pairs(answers) if symptom == 1]
    return scored(instrument, len(yes), subscales={"distress": float(sum(yes))})


def _distress(instrument: Instrument, answers: Answers) -> Outcome:
    """The PQ-B adds up distress; a reader needs to see the items (clinical.md 6.2)."""
    missing = _missing(answers)
    if because := why_no_total(instrument, missing):
        return Unscored(instrument_id=instrument.id, missing=missing, because=because)
    yes = [distress or 0 for symptom, distress in _pairs(answers) if symptom == 1]
    note = "Six times “yes, strongly disagree” already reaches the cut: look at the items."
    return scored(instrument, sum(yes), subscales={"symptoms": float(len(yes))}, notes=(note,))


def _pq16_screen(_answers: Answers, found: Scored, _sex: Sex | None) -> Screening:
    distress = found.subscales["distress"]
    return verdict(
        found.total >= 6 or distress >= 9,
        f"6 symptoms or more, or distress of 9 or more; here {found.total:g} and {distress:g}. "
        "(In general help-seekers: distress 8 and 5 symptoms.)",
        source="clinical.md 6.1 [PQ16-QX] [ISING12]",
    )


PQ_16: Final = Instrument(
    id="pq-16",
    version="1",
    name="PQ-16",
    about="psychosis risk",
    answered_by=AnsweredBy.SELF,
    recall="lifetime",
    recall_window=timedelta(days=36500),
    least_interval=timedelta(weeks=1),
    items=_pairs_of(16, mildest=0, worst=3),
    highest_total=16,
    scoring=_symptoms_and_distress,
    bands=ungraded(16),
    bands_source="clinical.md 6.1: screen only",
    screen=_pq16_screen,
    licence=slot("Cite its authors; permission, verify."),
    source="clinical.md 6.1 [PQ16-QX] [ISING12]",
)


PQ_B: Final = Instrument(
    id="pq-b",
    version="1",
    name="PQ-B",
    about="psychosis risk; what happened under substances does not count",
    answered_by=AnsweredBy.SELF,
    recall="past month",
    recall_window=timedelta(days=30),
    least_interval=timedelta(weeks=1),
    items=_pairs_of(21, mildest=1, worst=5),
    highest_total=105,
    scoring=_distress,
    bands=ungraded(105),
    bands_source="clinical.md 6.1: screen only",
    screen=at_least(6, source="clinical.md 6.1 [PQB-SF] [NAMI]", what="Distress"),
    licence=slot("Cite its authors; permission, verify."),
    source="clinical.md 6.1 and 6.2 [PQB-SF]",
)
