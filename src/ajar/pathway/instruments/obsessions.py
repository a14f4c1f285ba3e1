"""Obsessions and compulsions: the OCI-R, the Y-BOCS, and the Y-BOCS-II, which is another scale."""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import (
    AnsweredBy,
    ChangeRule,
    Instrument,
    Sourced,
    numbered,
    ungraded,
)
from ajar.pathway.instruments.licences import slot
from ajar.pathway.instruments.outcome import Band
from ajar.pathway.instruments.scoring import summed
from ajar.pathway.instruments.screens import at_least

OCI_R_PARTS: Final = {
    "hoarding": (1, 7, 13),
    "checking": (2, 8, 14),
    "ordering": (3, 9, 15),
    "neutralising": (4, 10, 16),
    "washing": (5, 11, 17),
    "obsessing": (6, 12, 18),
}
"""From general knowledge, verify; six factors confirmed [ACE-OCIR] (clinical.md 6.2)."""

OCI_R: Final = Instrument(
    id="oci-r",
    version="1",
    name="OCI-R",
    about="obsessions and compulsions",
    answered_by=AnsweredBy.SELF,
    recall="past month",
    recall_window=timedelta(days=30),
    least_interval=timedelta(weeks=1),
    items=numbered(18, highest=4),
    highest_total=72,
    scoring=summed(subscales=OCI_R_PARTS),
    bands=(
        Band(id="mild", label="mild", lowest=0, highest=15),
        Band(id="moderate", label="moderate", lowest=16, highest=27),
        Band(id="severe", label="severe", lowest=28, highest=72),
    ),
    bands_source="clinical.md 6.1 [OCIR-MIX] [ABRAM20]",
    screen=at_least(21, source="clinical.md 6.1 [ABRAM06]; 14 separates best from other anxiety disorders"),
    change=ChangeRule(
        response_fall_percent=Sourced(
            value=35, source="clinical.md 6.1: no single accepted rule; design default", verified=False
        )
    ),
    licence=slot("© Foa; free for clinical use on request."),
    source="clinical.md 6.1 and 6.2",
)


Y_BOCS: Final = Instrument(
    id="y-bocs",
    version="1",
    name="Y-BOCS",
    about="obsessions and compulsions",
    answered_by=AnsweredBy.CLINICIAN,
    recall="7 days",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(10, highest=4),
    highest_total=40,
    scoring=summed(subscales={"obsessions": range(1, 6), "compulsions": range(6, 11)}),
    bands=(
        Band(id="subclinical", label="subclinical", lowest=0, highest=7),
        Band(id="mild", label="mild", lowest=8, highest=15),
        Band(id="moderate", label="moderate", lowest=16, highest=23),
        Band(id="severe", label="severe", lowest=24, highest=31),
        Band(id="extreme", label="extreme", lowest=32, highest=40),
    ),
    bands_source="clinical.md 6.1 [OCIR-MIX] [PBPSY]",
    change=ChangeRule(
        response_fall_percent=Sourced(value=35, source="clinical.md MBC-3 [ROD13]"),
        partial_fall_percent=Sourced(
            value=25, source="clinical.md 6.1; from general knowledge, verify", verified=False
        ),
        remission_below=Sourced(
            value=13, source="clinical.md 6.1: 12 or less; from general knowledge, verify", verified=False
        ),
    ),
    licence=slot("© Goodman and others; ask the author.", source="clinical.md 6.4 [CYBOCS2]", verified=True),
    source="clinical.md 6.1",
)


Y_BOCS_II: Final = Instrument(
    id="y-bocs-ii",
    version="1",
    name="Y-BOCS-II",
    about="obsessions and compulsions; never mixed with the Y-BOCS",
    answered_by=AnsweredBy.CLINICIAN,
    recall="7 days",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(10, highest=5),
    highest_total=50,
    scoring=summed(),
    bands=ungraded(50),
    bands_source="clinical.md 6.1: none",
    licence=slot("© Goodman and others; ask the author.", source="clinical.md 6.4 [CYBOCS2]", verified=True),
    source="clinical.md 6.1 [CYBOCS2]",
)
