"""Bladder: the pain score that long-term ketamine is watched with, and the interstitial cystitis indices."""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import (
    AnsweredBy,
    ChangeRule,
    Instrument,
    Item,
    Sourced,
    numbered,
    ungraded,
)
from ajar.pathway.instruments.licences import slot
from ajar.pathway.instruments.outcome import Band
from ajar.pathway.instruments.scoring import summed
from ajar.pathway.instruments.screens import at_least

BPIC_HIGHEST: Final = (4, 4, 4, 4, 4, 4, 4, 10)
"""Highest answers that make 38 points; the split between items is from general knowledge, verify."""

BPIC_SS: Final = Instrument(
    id="bpic-ss",
    version="1",
    name="BPIC-SS",
    about="bladder pain",
    answered_by=AnsweredBy.SELF,
    recall="past week",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=tuple(
        Item(id=str(number), highest=highest) for number, highest in enumerate(BPIC_HIGHEST, start=1)
    ),
    highest_total=38,
    scoring=summed(),
    bands=ungraded(38),
    bands_source="clinical.md 6.1: a cut, no bands",
    screen=at_least(
        19, source="clinical.md 6.1 [BPICSS]; numbers from general knowledge, verify", verified=False
    ),
    licence=slot("May need permission; verify."),
    source="clinical.md 6.1 [BPICSS]",
)


ICSI: Final = Instrument(
    id="icsi",
    version="1",
    name="ICSI",
    about="bladder symptoms",
    answered_by=AnsweredBy.SELF,
    recall="past month",
    recall_window=timedelta(days=30),
    least_interval=timedelta(weeks=1),
    items=numbered(4, highest=5),
    highest_total=20,
    scoring=summed(),
    bands=(
        Band(id="mild", label="mild", lowest=0, highest=6),
        Band(id="moderate", label="moderate", lowest=7, highest=14),
        Band(id="severe", label="severe", lowest=15, highest=20),
    ),
    bands_source="clinical.md 6.1; from general knowledge, verify",
    bands_verified=False,
    change=ChangeRule(important_points=Sourced(value=4, source="clinical.md 6.1", verified=False)),
    licence=slot("May need permission; verify."),
    source="clinical.md 6.1 [ALPF]",
)


ICPI: Final = Instrument(
    id="icpi",
    version="1",
    name="ICPI",
    about="how much of a problem the bladder is",
    answered_by=AnsweredBy.SELF,
    recall="past month",
    recall_window=timedelta(days=30),
    least_interval=timedelta(weeks=1),
    items=numbered(4, highest=4),
    highest_total=16,
    scoring=summed(),
    bands=ungraded(16),
    bands_source="clinical.md 6.1: none",
    change=ChangeRule(important_points=Sourced(value=4, source="clinical.md 6.1", verified=False)),
    licence=slot("May need permission; verify."),
    source="clinical.md 6.1 [ALPF]",
)
