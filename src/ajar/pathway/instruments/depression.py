"""Depression beside the PHQ-9: the QIDS-SR16, the MADRS and its self-rated form.

The QIDS-SR16 is not the sum of its items: of sleep, appetite and weight, and restlessness, only the highest
answer counts (clinical.md 6.2 [CLIOT] [GLC-QIDS]).
"""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import (
    AnsweredBy,
    Answers,
    ChangeRule,
    Instrument,
    MissingRule,
    SafetyItem,
    Sourced,
    numbered,
    ungraded,
)
from ajar.pathway.instruments.licences import NOT_STATED, slot
from ajar.pathway.instruments.outcome import Band, Outcome, Unscored
from ajar.pathway.instruments.scoring import scored, summed, why_no_total

QIDS_DOMAINS: Final = ((1, 2, 3, 4), (5,), (6, 7, 8, 9), (10,), (11,), (12,), (13,), (14,), (15, 16))
"""Items of each domain; a domain counts its highest answer. Of 6 and 7 only one is asked, and of 8 and 9."""

ASKED_ONE_OF: Final = ((6, 7), (8, 9))


def _qids(instrument: Instrument, answers: Answers) -> Outcome:
    given = {number for number, answer in enumerate(answers, start=1) if answer is not None}
    missing = tuple(
        number
        for number in range(1, len(answers) + 1)
        if number not in given and not any(number in pair and given & set(pair) for pair in ASKED_ONE_OF)
    )
    if because := why_no_total(instrument, missing):
        return Unscored(instrument_id=instrument.id, missing=missing, because=because)
    return scored(
        instrument, sum(max(answers[number - 1] or 0 for number in domain) for domain in QIDS_DOMAINS)
    )


QIDS_SR16: Final = Instrument(
    id="qids-sr16",
    version="1",
    name="QIDS-SR16",
    about="depression",
    answered_by=AnsweredBy.SELF,
    recall="7 days",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(16, highest=3),
    highest_total=27,
    scoring=_qids,
    bands=(
        Band(id="none", label="none", lowest=0, highest=5),
        Band(id="mild", label="mild", lowest=6, highest=10),
        Band(id="moderate", label="moderate", lowest=11, highest=15),
        Band(id="severe", label="severe", lowest=16, highest=20),
        Band(id="very_severe", label="very severe", lowest=21, highest=27),
    ),
    bands_source="clinical.md 6.1 [IDSQIDS] [HIBOOP] [CLIOT]",
    missing=MissingRule(
        at_most=0, never=frozenset({12}), source="clinical.md MBC-4; otherwise design default", verified=False
    ),
    safety_items=(
        SafetyItem(
            number=12,
            about="thoughts of death or suicide",
            fires_at=1,
            urgent_at=2,
            rule_id="QIDS-ITEM12",
            source="clinical.md 6.2: item 12, thresholds as PHQ-9 item 9, design default",
        ),
    ),
    change=ChangeRule(
        response_fall_percent=Sourced(value=50, source="clinical.md MBC-3 [ELEKTD]"),
        remission_below=Sourced(value=6, source="clinical.md 6.1: 5 or less"),
    ),
    licence=slot(
        "Free for clinicians; electronic or commercial use through the rights holder's distributor."
    ),
    source="clinical.md 6.1 and 6.2 [CLIOT] [GLC-QIDS]",
)


MADRS: Final = Instrument(
    id="madrs",
    version="1",
    name="MADRS",
    about="depression",
    answered_by=AnsweredBy.CLINICIAN,
    recall="about 7 days",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(10, highest=6),
    highest_total=60,
    scoring=summed(),
    bands=(
        Band(id="normal", label="normal", lowest=0, highest=6),
        Band(id="mild", label="mild", lowest=7, highest=19),
        Band(id="moderate", label="moderate", lowest=20, highest=34),
        Band(id="severe", label="severe", lowest=35, highest=60),
    ),
    bands_source="clinical.md 6.1 [MADRS-WIKI]; another split puts severe from 31 [MULLER03]",
    missing=MissingRule(
        at_most=0, never=frozenset({10}), source="clinical.md MBC-4; otherwise design default", verified=False
    ),
    safety_items=(
        SafetyItem(
            number=10,
            about="suicidal thoughts",
            fires_at=4,
            urgent_at=5,
            rule_id="MADRS-ITEM10",
            source="clinical.md 6.2: item 10 at 4 or more asks for a C-SSRS, design default",
        ),
    ),
    change=ChangeRule(
        response_fall_percent=Sourced(value=50, source="clinical.md MBC-3 [ELEKTD]"),
        remission_below=Sourced(
            value=13,
            source="clinical.md 6.1: 12 or less (esketamine trials; verify); KetECT took 10 [KETECT]",
            verified=False,
        ),
        important_points=Sourced(
            value=2, source="clinical.md 6.1; from general knowledge, verify", verified=False
        ),
    ),
    licence=slot("Free in clinical use; the journal holds the copyright, the interview guide is separate."),
    source="clinical.md 6.1 and 6.2",
)


MADRS_S: Final = Instrument(
    id="madrs-s",
    version="1",
    name="MADRS-S",
    about="depression; not interchangeable with the MADRS",
    answered_by=AnsweredBy.SELF,
    recall="3 days",
    recall_window=timedelta(days=3),
    least_interval=timedelta(days=3),
    items=numbered(9, highest=6),
    highest_total=54,
    scoring=summed(),
    bands=ungraded(54),
    bands_source="clinical.md 6.1: none",
    missing=MissingRule(
        at_most=0, never=frozenset({9}), source="clinical.md MBC-4; otherwise design default", verified=False
    ),
    safety_items=(
        SafetyItem(
            number=9,
            about="zest for life",
            fires_at=4,
            urgent_at=5,
            rule_id="MADRS-S-ITEM9",
            source="clinical.md MBC-4; threshold as MADRS item 10, design default; item number, verify",
        ),
    ),
    change=ChangeRule(response_fall_percent=Sourced(value=50, source="clinical.md MBC-3 [ELEKTD]")),
    licence=NOT_STATED,
    source="clinical.md 6.1 [MADRS-WIKI]; recall from general knowledge, verify",
)
