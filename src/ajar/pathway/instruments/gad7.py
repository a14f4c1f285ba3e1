"""The Generalized Anxiety Disorder scale, seven items (GAD-7), and its first two (GAD-2).

Free to use as the PHQ-9 is. The English wording is the developers' own, compared with a public copy
(ReproNim/reproschema-library, activities/GAD7). The Spanish of that copy mixes two versions, so none is here.
"""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from ajar.pathway.instruments.instrument import (
    AnsweredBy,
    ChangeRule,
    Instrument,
    MissingRule,
    Sourced,
    Wording,
    numbered,
    ungraded,
)
from ajar.pathway.instruments.licences import PFIZER
from ajar.pathway.instruments.outcome import Band
from ajar.pathway.instruments.phq9 import ENGLISH as PHQ9_ENGLISH
from ajar.pathway.instruments.scoring import summed
from ajar.pathway.instruments.screens import at_least

VERIFY: Final = "clinical.md 6.1; from general knowledge, verify"

ENGLISH: Final = replace(
    PHQ9_ENGLISH,
    title="Generalized Anxiety Disorder scale (GAD-7)",
    stem="Over the last 2 weeks, how often have you been bothered by the following problems?",
    items=(
        "Feeling nervous, anxious or on edge",
        "Not being able to stop or control worrying",
        "Worrying too much about different things",
        "Trouble relaxing",
        "Being so restless that it is hard to sit still",
        "Becoming easily annoyed or irritable",
        "Feeling afraid as if something awful might happen",
    ),
    source="Pfizer, GAD-7, English; Spitzer 2006, Arch Intern Med 166:1092",
)


def _first_two(wording: Wording) -> Wording:
    return replace(wording, title="GAD-2", items=wording.items[:2], closing="", closing_options=())


GAD7: Final = Instrument(
    id="gad-7",
    version="Pfizer 2006",
    name="GAD-7",
    about="anxiety",
    answered_by=AnsweredBy.SELF,
    recall="2 weeks",
    recall_window=timedelta(weeks=2),
    least_interval=timedelta(weeks=1),  # clinical.md MBC-5, design default
    items=numbered(7, highest=3),
    highest_total=21,
    scoring=summed(),
    bands=(
        Band(id="minimal", label="minimal", lowest=0, highest=4),
        Band(id="mild", label="mild", lowest=5, highest=9),
        Band(id="moderate", label="moderate", lowest=10, highest=14),
        Band(id="severe", label="severe", lowest=15, highest=21),
    ),
    bands_source=VERIFY,
    bands_verified=False,
    missing=MissingRule(at_most=2, never=frozenset(), source=VERIFY.replace("6.1", "6.2"), verified=False),
    screen=at_least(10, source=VERIFY, verified=False),
    change=ChangeRule(
        response_fall_percent=Sourced(value=50, source="clinical.md MBC-3 [ELEKTD]"),
        remission_below=Sourced(value=5, source="clinical.md 6.1"),
        important_points=Sourced(value=4, source="clinical.md 6.1 [TOUS20]; newer anchors 3.3 [BAUER21]"),
    ),
    wordings=MappingProxyType({"en": ENGLISH}),
    panel_loinc="69737-5",
    total_loinc="70274-6",
    licence=PFIZER,
    source="clinical.md 6.1 [BAUER21] [KOUN22] [TOUS20]",
)

GAD2: Final = Instrument(
    id="gad-2",
    version="Pfizer 2006",
    name="GAD-2",
    about="anxiety, first two items of the GAD-7",
    answered_by=AnsweredBy.SELF,
    recall="2 weeks",
    recall_window=timedelta(weeks=2),
    least_interval=timedelta(weeks=1),
    items=GAD7.items[:2],
    highest_total=6,
    scoring=summed(),
    bands=ungraded(6),
    bands_source="clinical.md 6.1: screen only",
    screen=at_least(3, source="clinical.md 6.1 [FS-GAD2]"),
    wordings=MappingProxyType({"en": _first_two(ENGLISH)}),
    licence=PFIZER,
    source="clinical.md 6.1 [FS-GAD2]; LOINC not confirmed (6.5)",
)
