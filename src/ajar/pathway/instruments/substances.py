"""Alcohol and drugs: the AUDIT-C and the DAST-10.

The DAST-10 here is the wording in which item 3 asks whether one can always stop, so that a "no" scores.
Another version asks whether one is unable to stop, without reversal [DAST-AR]: it needs an instrument of its
own (clinical.md 6.2).
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import AnsweredBy, Answers, Instrument, numbered, ungraded
from ajar.pathway.instruments.licences import WHO_AUDIT, slot
from ajar.pathway.instruments.outcome import Band, Outcome, Scored
from ajar.pathway.instruments.scoring import reversing, scored, summed, summed_after
from ajar.pathway.instruments.screens import at_least_by_sex
from ajar.pathway.patients.facts import Sex

FREQUENCY_ONLY: Final = "All points come from how often: likely low risk, review (clinical.md 6.2, verify)."


def _audit_c(instrument: Instrument, answers: Answers) -> Outcome:
    found = summed()(instrument, answers)
    if isinstance(found, Scored) and found.total and not answers[1] and not answers[2]:
        return replace(found, notes=(FREQUENCY_ONLY,))
    return found


AUDIT_C: Final = Instrument(
    id="audit-c",
    version="1",
    name="AUDIT-C",
    about="alcohol",
    answered_by=AnsweredBy.SELF,
    recall="past year",
    recall_window=timedelta(days=365),
    least_interval=timedelta(days=30),
    items=numbered(3, highest=4),
    highest_total=12,
    scoring=_audit_c,
    bands=ungraded(12),
    bands_source="clinical.md 6.1: screen only",
    screen=at_least_by_sex({Sex.MALE: 4, Sex.FEMALE: 3}, source="clinical.md 6.1 [AUDC-CA]"),
    panel_loinc="72109-2",
    total_loinc="75626-2",
    licence=WHO_AUDIT,
    source="clinical.md 6.1 and 6.2 [AUDC-CA]",
)


CAN_STOP: Final = 3
"""Always able to stop: a "no" scores (clinical.md 6.2 [DAST-AU])."""

NON_USER: Final = "Item 1 is no: confirm that nothing is used; item 3 then does not score (design default)."


def _dast(instrument: Instrument, answers: Answers) -> Outcome:
    if answers[0] == 0 and not any(answer for answer in answers if answer is not None):
        return scored(instrument, 0, notes=(NON_USER,))
    return summed_after(reversing(CAN_STOP, within=1))(instrument, answers)


DAST_10: Final = Instrument(
    id="dast-10",
    version="item 3 reversed",
    name="DAST-10",
    about="drugs other than alcohol",
    answered_by=AnsweredBy.SELF,
    recall="12 months",
    recall_window=timedelta(days=365),
    least_interval=timedelta(days=30),
    items=numbered(10, highest=1),
    highest_total=10,
    scoring=_dast,
    bands=(
        Band(id="none", label="none", lowest=0, highest=0),
        Band(id="low", label="low", lowest=1, highest=2),
        Band(id="moderate", label="moderate", lowest=3, highest=5),
        Band(id="substantial", label="substantial", lowest=6, highest=8),
        Band(id="severe", label="severe", lowest=9, highest=10),
    ),
    bands_source="clinical.md 6.1 [DAST-AU]",
    panel_loinc="82666-9",
    total_loinc="82667-7",
    licence=slot(
        "© 1982 Skinner, CAMH, free for non-commercial use; some sites call it public domain.",
        source="clinical.md 6.4 [DAST-HARM] against [DAST-PA]: conflict",
    ),
    source="clinical.md 6.1 and 6.2 [DAST-AU]; panel code, verify",
)
