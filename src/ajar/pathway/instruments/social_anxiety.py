"""Social anxiety: the LSAS, fear and avoidance of 24 situations."""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import AnsweredBy, ChangeRule, Instrument, Item, Sourced, ungraded
from ajar.pathway.instruments.licences import NOT_STATED
from ajar.pathway.instruments.scoring import summed

LSAS: Final = Instrument(
    id="lsas",
    version="1",
    name="LSAS",
    about="social anxiety",
    answered_by=AnsweredBy.CLINICIAN,
    recall="past week",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=tuple(
        Item(id=f"{number} {part}", highest=3) for number in range(1, 25) for part in ("fear", "avoidance")
    ),
    highest_total=144,
    scoring=summed(subscales={"fear": range(1, 49, 2), "avoidance": range(2, 49, 2)}),
    bands=ungraded(144),
    bands_source="clinical.md 6.1: none",
    change=ChangeRule(
        response_fall_percent=Sourced(value=35, source="clinical.md MBC-3 [TAY18]: more than 35 %")
    ),
    licence=NOT_STATED,
    source="clinical.md 6.1 [TAY18]; structure from general knowledge, verify",
)
