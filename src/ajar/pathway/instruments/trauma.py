"""Post-traumatic stress: the PCL-5. It has a cut-off and a symptom rule, and no severity bands.

Old copies show a cut of 38 [PCL-WRIISC] and public code invents bands [FS-PCL] (clinical.md 6.2).
"""

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
from ajar.pathway.instruments.licences import US_GOVERNMENT
from ajar.pathway.instruments.outcome import Scored, Screening
from ajar.pathway.instruments.scoring import summed
from ajar.pathway.instruments.screens import verdict
from ajar.pathway.patients.facts import Sex

CLUSTERS: Final = {"B": range(1, 6), "C": range(6, 8), "D": range(8, 15), "E": range(15, 21)}
"""Items of each cluster of symptoms."""

NEEDED: Final = {"B": 1, "C": 1, "D": 2, "E": 2}
"""Items at 2 ("moderately") or more that the symptom rule asks for, by cluster (clinical.md 6.2 [PCL-AU])."""

COUNTS_FROM: Final = 2
CUT: Final = 31


def symptom_rule_met(answers: Answers) -> bool:
    """Enough symptoms in every cluster?"""
    return all(
        sum((answers[number - 1] or 0) >= COUNTS_FROM for number in items) >= NEEDED[name]
        for name, items in CLUSTERS.items()
    )


def _provisional(answers: Answers, found: Scored, _sex: Sex | None) -> Screening:
    """Positive by either way to a provisional diagnosis; the rule says by which."""
    met = symptom_rule_met(answers)
    above = found.total >= CUT
    return verdict(
        above or met,
        f"A total from {CUT} (31 to 33) on: {'yes' if above else 'no'}, it is {found.total:g}. "
        f"One B, one C, two D and two E symptoms: {'yes' if met else 'no'}.",
        source="clinical.md 6.2 [PCL-AU]",
    )


PCL5: Final = Instrument(
    id="pcl-5",
    version="1",
    name="PCL-5",
    about="post-traumatic stress",
    answered_by=AnsweredBy.SELF,
    recall="past month",
    recall_window=timedelta(days=30),
    least_interval=timedelta(weeks=1),
    items=numbered(20, highest=4),
    highest_total=80,
    scoring=summed(subscales=CLUSTERS),
    bands=ungraded(80),
    bands_source="clinical.md 6.1 [PCL-AU]: no empirical severity bands",
    missing=MissingRule(
        at_most=4,
        never=frozenset(),
        source="clinical.md 6.2: no official rule; not scored if more than 20 % is missing, design default",
        verified=False,
    ),
    screen=_provisional,
    change=ChangeRule(
        response_fall_percent=Sourced(value=50, source="clinical.md MBC-3 [ELEKTD]"),
        reliable_points=Sourced(value=5, source="clinical.md 6.1 [PCL-TA]"),
        important_points=Sourced(value=10, source="clinical.md 6.1 [PCL-TA]"),
    ),
    licence=US_GOVERNMENT,
    source="clinical.md 6.1 and 6.2 [PCL-AU] [PCL-TA]",
)
