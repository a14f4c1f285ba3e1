"""In the session: dissociation, sedation and recovery, all observed now."""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import AnsweredBy, Instrument, Item, ungraded
from ajar.pathway.instruments.licences import NOT_STATED, slot
from ajar.pathway.instruments.outcome import Band
from ajar.pathway.instruments.scoring import summed

CADSS_6: Final = Instrument(
    id="cadss-6",
    version="1",
    name="CADSS-6",
    about="dissociation, six items of the CADSS; its authors call it not yet validated",
    answered_by=AnsweredBy.CLINICIAN,
    recall="now",
    recall_window=timedelta(0),
    least_interval=timedelta(0),
    items=tuple(Item(id=number, highest=4) for number in ("1", "2", "6", "7", "15", "22")),
    highest_total=24,
    scoring=summed(),
    bands=ungraded(24),
    bands_source="clinical.md DIS-2: no cut-off, track change only",
    licence=slot("Cite its authors; permission, verify."),
    source="clinical.md 4.5 DIS-2 [RODR21]",
)


MOAA_S: Final = Instrument(
    id="moaa-s",
    version="0 to 5, adult",
    name="MOAA/S",
    about="sedation; 5 is alert",
    answered_by=AnsweredBy.CLINICIAN,
    recall="now",
    recall_window=timedelta(0),
    least_interval=timedelta(0),
    items=(Item(id="1", highest=5),),
    highest_total=5,
    scoring=summed(),
    bands=(
        Band(id="deep", label="deeply sedated", lowest=0, highest=2),
        Band(id="moderate", label="sedated", lowest=3, highest=4),
        Band(id="alert", label="alert", lowest=5, highest=5),
    ),
    bands_source="clinical.md 4.4: below 5 is sedation (verify); the split below is a design default",
    bands_verified=False,
    higher_is_better=True,
    licence=NOT_STATED,
    source="clinical.md 4.4 [MOAAS-BMC]",
)


ALDRETE: Final = Instrument(
    id="aldrete",
    version="oxygen saturation",
    name="Modified Aldrete",
    about="recovery, five domains",
    answered_by=AnsweredBy.CLINICIAN,
    recall="now",
    recall_window=timedelta(0),
    least_interval=timedelta(0),
    items=tuple(
        Item(id=name, highest=2)
        for name in ("activity", "respiration", "circulation", "consciousness", "saturation")
    ),
    highest_total=10,
    scoring=summed(),
    bands=(
        Band(id="not_ready", label="not recovered", lowest=0, highest=8),
        Band(id="ready", label="recovered", lowest=9, highest=10),
    ),
    bands_source="clinical.md 4.7 [ALD-WIKI]: 9; one table passes at 8 [ALD-OMICS]",
    higher_is_better=True,
    licence=NOT_STATED,
    source="clinical.md 4.7 Gate A [ALD-WJG]",
)
