"""Suicidal thoughts and behaviour: the C-SSRS screener, the SIDAS and the Beck scale.

The screener sorts by urgency and has no total. One provider adds its answers up [CSSRS-RULA] and one
open-source map grades item 4 as moderate [SPIER]; both are rejected
(clinical.md 6.2 [CSSRS-BLU] [CSSRS-TRI]).
"""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import (
    AnsweredBy,
    Answers,
    ChangeRule,
    Instrument,
    Item,
    SafetyItem,
    Sourced,
    numbered,
    ungraded,
)
from ajar.pathway.instruments.licences import BECK, slot
from ajar.pathway.instruments.outcome import Band, Level, Outcome, Triaged, Unscored
from ajar.pathway.instruments.scoring import reversing, scored, summed, summed_after
from ajar.pathway.instruments.screens import at_least

C_SSRS_ITEMS: Final = ("1", "2", "3", "4", "5", "6 lifetime", "6 within 3 months")
"""Item 6 has two parts: ever, and in the last three months."""

WISH, THOUGHTS, METHOD, INTENT, PLAN, EVER, RECENT = range(1, 8)

COLOURS: Final = {
    WISH: Level.YELLOW,
    THOUGHTS: Level.YELLOW,
    METHOD: Level.ORANGE,
    INTENT: Level.RED,
    PLAN: Level.RED,
    EVER: Level.ORANGE,
    RECENT: Level.RED,
}
ORDER: Final = tuple(Level)

ACTIONS: Final = {
    Level.NONE: "No answer asks for action.",
    Level.YELLOW: "Refer to behavioural health at discharge.",
    Level.ORANGE: "Evaluate on the same day.",
    Level.RED: "Act at once: safety precautions, do not leave the person alone.",
}
C_SSRS_SOURCE: Final = "clinical.md 6.2 [CSSRS-BLU] [CSSRS-TRI]; names of the colours, verify"


def _triage(instrument: Instrument, answers: Answers) -> Outcome:
    """The most pressing colour among the answers; a red answer counts on an unfinished form."""
    found = [number for number, answer in enumerate(answers, start=1) if answer == 1]
    level = max((COLOURS[number] for number in found), key=ORDER.index, default=Level.NONE)
    missing = _unasked(answers)
    if missing and level is not Level.RED:
        return Unscored(
            instrument_id=instrument.id,
            missing=missing,
            because="Without every answer there is no colour; an unanswered item is never taken for a no.",
        )
    return Triaged(
        instrument_id=instrument.id,
        level=level,
        because=tuple(number for number in found if COLOURS[number] is level),
        action=ACTIONS[level],
        source=C_SSRS_SOURCE,
    )


def _unasked(answers: Answers) -> tuple[int, ...]:
    """Items that the form asks and nobody answered: 3 to 5 are asked after a yes to 2."""
    asked = [WISH, THOUGHTS, EVER]
    if answers[THOUGHTS - 1] == 1:
        asked += [METHOD, INTENT, PLAN]
    if answers[EVER - 1] == 1:
        asked.append(RECENT)
    return tuple(sorted(number for number in asked if answers[number - 1] is None))


C_SSRS: Final = Instrument(
    id="c-ssrs",
    version="screener, recent",
    name="C-SSRS screener",
    about="suicidal thoughts and behaviour",
    answered_by=AnsweredBy.CLINICIAN,
    recall="items 1 to 5 past month; 6 lifetime and 3 months",
    recall_window=timedelta(days=30),
    least_interval=timedelta(0),
    items=tuple(Item(id=name, highest=1) for name in C_SSRS_ITEMS),
    highest_total=7,
    scoring=_triage,
    bands=ungraded(7),
    bands_source="clinical.md 6.2: no total score [CSSRS-BLU]",
    safety_items=tuple(
        SafetyItem(
            number=number,
            about=f"item {C_SSRS_ITEMS[number - 1]} of the C-SSRS",
            fires_at=1,
            urgent_at=1 if colour is Level.RED else 2,
            rule_id=f"C-SSRS-ITEM{number}",
            source=C_SSRS_SOURCE,
        )
        for number, colour in COLOURS.items()
    ),
    panel_loinc="93373-9",
    total_loinc="93374-7",
    licence=slot(
        "Free in community and clinical use; training advised; electronic trials need a licence.",
        source="clinical.md 6.4 [SYMPT]; rest from general knowledge, verify",
    ),
    source="clinical.md 6.1 and 6.2 [CSSRS-BLU] [CSSRS-TRI]",
)


SIDAS_CONTROL: Final = 2
"""Controllability, the item that is turned round (clinical.md 6.2; from general knowledge, verify)."""


def _sidas(instrument: Instrument, answers: Answers) -> Outcome:
    """If the thoughts never come, the rest is not asked and the total is 0."""
    if answers[0] == 0:
        return scored(instrument, 0)
    return summed_after(reversing(SIDAS_CONTROL, within=10))(instrument, answers)


SIDAS: Final = Instrument(
    id="sidas",
    version="1",
    name="SIDAS",
    about="suicidal thoughts",
    answered_by=AnsweredBy.SELF,
    recall="past month",
    recall_window=timedelta(days=30),
    least_interval=timedelta(weeks=1),
    items=numbered(5, highest=10),
    highest_total=50,
    scoring=_sidas,
    bands=(
        Band(id="none", label="none", lowest=0, highest=0),
        Band(id="low", label="low", lowest=1, highest=20),
        Band(id="high", label="high risk", lowest=21, highest=50),
    ),
    bands_source="clinical.md 6.1 [SIDAS14] [SIDAS21]; the band 1-20, verify",
    bands_verified=False,
    screen=at_least(21, source="clinical.md 6.1 [SIDAS14] [SIDAS21]"),
    safety_items=(
        SafetyItem(
            number=1,
            about="how often thoughts of suicide come",
            fires_at=1,
            urgent_at=1,
            rule_id="SIDAS-ITEM1",
            source="clinical.md MBC-4; any frequency asks for contact, design default",
        ),
    ),
    licence=slot(
        "No permission required for SIDAS-M, cite; for the SIDAS, verify.", source="clinical.md 6.4 [SIDAS-M]"
    ),
    source="clinical.md 6.1 and 6.2",
)


def _first_nineteen(instrument: Instrument, answers: Answers) -> Outcome:
    """Items 20 and 21 ask about attempts and are not in the total."""
    return summed()(instrument, answers[:19])


BSS: Final = Instrument(
    id="bss",
    version="1",
    name="BSS",
    about="suicidal thoughts (Beck, self-rated)",
    answered_by=AnsweredBy.SELF,
    recall="past week",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(21, highest=2),
    highest_total=38,
    scoring=_first_nineteen,
    bands=ungraded(38),
    bands_source="clinical.md 6.1: no fixed cut; anything above 0 is reviewed",
    screen=at_least(
        1, source="clinical.md 6.1: any total above 0 is reviewed; structure, verify", verified=False
    ),
    change=ChangeRule(
        remission_below=Sourced(
            value=4,
            source="clinical.md 6.1: the clinician-rated SSI, one trial of 156 people [FLIP-ABB]",
            verified=False,
        )
    ),
    licence=BECK,
    source="clinical.md 6.1 [FLIP-ABB]; structure from general knowledge, verify",
)
