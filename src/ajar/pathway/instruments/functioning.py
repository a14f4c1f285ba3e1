"""How life goes on: the SDS, the WSAS, the WHODAS 2.0 and the WHO-5, of which more is better."""

from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import (
    AnsweredBy,
    Answers,
    ChangeRule,
    Instrument,
    MissingRule,
    Sourced,
    numbered,
    ungraded,
)
from ajar.pathway.instruments.licences import slot
from ajar.pathway.instruments.outcome import Band, Outcome, Scored, Screening, Unscored
from ajar.pathway.instruments.scoring import missing_items, scored, summed, why_no_total
from ajar.pathway.instruments.screens import verdict
from ajar.pathway.patients.facts import Sex

DOMAINS: Final = {"work": (1,), "social": (2,), "family": (3,)}
IMPAIRED_FROM: Final = 5


def _any_domain(answers: Answers, _found: Scored, _sex: Sex | None) -> Screening:
    worst = max(answer or 0 for answer in answers)
    return verdict(
        worst >= IMPAIRED_FROM,
        f"Any domain at {IMPAIRED_FROM} or more; the worst is {worst}.",
        source="clinical.md 6.1; from general knowledge, verify",
        verified=False,
    )


SDS: Final = Instrument(
    id="sds",
    version="1",
    name="SDS",
    about="disability at work, socially and in the family",
    answered_by=AnsweredBy.SELF,
    recall="past week or month, by version",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(3, highest=10),
    highest_total=30,
    scoring=summed(subscales=DOMAINS),
    bands=ungraded(30),
    bands_source="clinical.md 6.1: none",
    screen=_any_domain,
    change=ChangeRule(
        remission_below=Sourced(
            value=7, source="clinical.md 6.1: 6 or less; from general knowledge, verify", verified=False
        )
    ),
    licence=slot(
        "Sheehan: paper and PDF by licence, not electronic (as its sister scales say).",
        source="clinical.md 6.4 [SHEEHAN]",
    ),
    source="clinical.md 6.1 [SDS-SPS]; from general knowledge, verify",
)


WSAS: Final = Instrument(
    id="wsas",
    version="1",
    name="WSAS",
    about="work and social adjustment",
    answered_by=AnsweredBy.SELF,
    recall="now",
    recall_window=timedelta(days=7),
    least_interval=timedelta(weeks=1),
    items=numbered(5, highest=8),
    highest_total=40,
    scoring=summed(),
    bands=(
        Band(id="subclinical", label="subclinical", lowest=0, highest=9),
        Band(id="significant", label="significant", lowest=10, highest=20),
        Band(id="moderately_severe", label="moderately severe or worse", lowest=21, highest=40),
    ),
    bands_source="clinical.md 6.1 [WSAS-SC] [MUNDT02]",
    missing=MissingRule(
        at_most=1,
        never=frozenset(),
        source="clinical.md 6.2 [WSAS-NHS]: one missing or not applicable; [WSAS-SC] forbids it",
        verified=True,
    ),
    change=ChangeRule(
        important_points=Sourced(
            value=8, source="clinical.md 6.1; from general knowledge, verify", verified=False
        )
    ),
    licence=slot("By permission of I. Marks; free in practice.", source="clinical.md 6.4 [GREEN]"),
    source="clinical.md 6.1 and 6.2",
)


WHODAS_12: Final = Instrument(
    id="whodas-12",
    version="2.0, simple scoring",
    name="WHODAS 2.0, 12 items",
    about="disability, simple sum",
    answered_by=AnsweredBy.SELF,
    recall="30 days",
    recall_window=timedelta(days=30),
    least_interval=timedelta(weeks=1),
    items=numbered(12, highest=4),
    highest_total=48,
    scoring=summed(),
    bands=ungraded(48),
    bands_source="clinical.md 6.1: one provider's bands of the complex score [WHODAS-SP]",
    missing=MissingRule(
        at_most=1,
        never=frozenset(),
        source="clinical.md 6.2; from general knowledge, verify",
        verified=False,
    ),
    licence=slot(
        "© WHO; online licence; permission to reproduce.",
        source="clinical.md 6.4 [WHODAS-MAN]",
        verified=True,
    ),
    source="clinical.md 6.1 and 6.2 [WHODAS-BWHO]",
)


WHO5_TIMES: Final = 4
WHO5_LOW_RAW: Final = 13
WHO5_LOW_ITEM: Final = 1


def _who5(instrument: Instrument, answers: Answers) -> Outcome:
    """Raw 0 to 25, shown as 0 to 100."""
    missing = missing_items(answers)
    if because := why_no_total(instrument, missing):
        return Unscored(instrument_id=instrument.id, missing=missing, because=because)
    raw = sum(answer or 0 for answer in answers)
    return scored(instrument, WHO5_TIMES * raw, subscales={"raw": float(raw)})


def _low_well_being(answers: Answers, found: Scored, _sex: Sex | None) -> Screening:
    raw = found.subscales["raw"]
    lowest = min(answer or 0 for answer in answers)
    return verdict(
        raw < WHO5_LOW_RAW or lowest <= WHO5_LOW_ITEM,
        f"A raw score below {WHO5_LOW_RAW} ({raw:g}) or any item at {WHO5_LOW_ITEM} or less ({lowest}).",
        source="clinical.md 6.2 [WHO5-MA]",
    )


WHO_5: Final = Instrument(
    id="who-5",
    version="1",
    name="WHO-5",
    about="well-being",
    answered_by=AnsweredBy.SELF,
    recall="2 weeks",
    recall_window=timedelta(weeks=2),
    least_interval=timedelta(weeks=1),
    items=numbered(5, highest=5),
    highest_total=100,
    scoring=_who5,
    bands=(
        Band(id="poor", label="poor well-being", lowest=0, highest=50),
        Band(id="good", label="well-being not poor", lowest=51, highest=100),
    ),
    bands_source="clinical.md 6.1 [WHO5-MA] [WHO5-VAL]: raw below 13",
    screen=_low_well_being,
    change=ChangeRule(important_points=Sourced(value=10, source="clinical.md 6.1: 10 percentage points")),
    higher_is_better=True,
    licence=slot("Free with attribution; now CC BY-NC-SA."),
    source="clinical.md 6.1 and 6.2 [WHO5-MA]",
)
