"""The lozenge at home: refused unless each condition is met (clinical.md SL-06 to SL-08, section 7 row 2).

What nobody recorded is not met. These are asked when the course is ordered; those of each day are rules of
the day (`ajar.pathway.dosing.home`), but for the risk, which both ask.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.careplan.guard import Guard, hard, soft
from ajar.pathway.evaluation.home_rules import DEFAULT_HOME, HomeRules
from ajar.pathway.instruments.outcome import Level

RISK_SOURCE: Final = "clinical.md 7, row 2: no home route at red or orange C-SSRS"
HOME_LEVELS: Final = frozenset({Level.NONE, Level.YELLOW})


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """What is known when a course at home is ordered. None: nobody has recorded it.

    `taken_at_home` counts doses taken there; `symptoms` holds the latest PHQ-9 and GAD-7.
    """

    first_dose_on_site_at: datetime | None
    taken_at_home: int
    chaperone: str
    video_check_in: bool | None
    cuff_at_home: bool | None
    doses_per_dispense: int | None
    risk: Level | None
    risk_at: datetime | None
    symptoms: Mapping[str, float] = field(default_factory=dict)


Condition = Callable[[HomeFacts, HomeRules, datetime], Guard | None]


def why_not_home(facts: HomeFacts, rules: HomeRules = DEFAULT_HOME, *, now: datetime) -> tuple[Guard, ...]:
    """Every condition of a course at home that is not met; empty when it may be ordered."""
    found = (condition(facts, rules, now) for condition in CONDITIONS)
    return tuple(guard for guard in found if guard is not None)


def risk_at_home(level: Level | None) -> Guard | None:
    """PRT-2: nothing is taken at home at red or orange, or where nobody asked (None)."""
    if level in HOME_LEVELS:
        return None
    told = "not recorded" if level is None else level.value
    return hard("PRT-2", f"The C-SSRS is {told}: nothing is taken at home.", RISK_SOURCE)


def _on_site(facts: HomeFacts, rules: HomeRules, _: datetime) -> Guard | None:
    if facts.first_dose_on_site_at is not None:
        return None
    return hard("SL-07", "No lozenge dose on site is recorded; the first is never at home.", rules.source)


def _chaperone(facts: HomeFacts, rules: HomeRules, _: datetime) -> Guard | None:
    if facts.chaperone.strip():
        return None
    return hard("SL-07", "No adult chaperone is named who is there before the dose.", rules.source)


def _video(facts: HomeFacts, rules: HomeRules, _: datetime) -> Guard | None:
    if facts.video_check_in:
        return None
    return hard("SL-07", "No video check-in before each dose is agreed.", rules.source)


def _cuff(facts: HomeFacts, rules: HomeRules, _: datetime) -> Guard | None:
    if facts.cuff_at_home:
        return None
    return hard("SL-07", "No blood-pressure cuff is at home; a reading comes before each dose.", rules.source)


def _dispensed(facts: HomeFacts, rules: HomeRules, _: datetime) -> Guard | None:
    most = rules.most_doses(taken_at_home=facts.taken_at_home)
    if facts.doses_per_dispense is None or facts.doses_per_dispense < 1:
        return hard("SL-07", "It is not said how many doses are dispensed at a time.", rules.source)
    if facts.doses_per_dispense <= most:
        return None
    because = f"At most {most} may be dispensed at a time."
    if facts.taken_at_home < rules.stable_after_doses:
        because += (
            f" More from {rules.stable_after_doses} doses taken at home on; recorded so far: "
            f"{facts.taken_at_home}."
        )
    return hard("SL-07", because, f"{rules.source}; what stable means is a design default")


def _risk_known(facts: HomeFacts, rules: HomeRules, now: datetime) -> Guard | None:
    if facts.risk is None or facts.risk_at is None:
        return hard("PRT-2", "No C-SSRS is recorded; without one nothing is taken at home.", RISK_SOURCE)
    if now - facts.risk_at > timedelta(days=rules.cssrs_at_most_days_old):
        because = f"The C-SSRS is older than {rules.cssrs_at_most_days_old} days."
        return hard("PRT-2", because, f"{RISK_SOURCE}; its age is a design default")
    return risk_at_home(facts.risk)


def _symptoms(facts: HomeFacts, rules: HomeRules, _: datetime) -> Guard | None:
    if any(total >= rules.symptoms_from for total in facts.symptoms.values()):
        return None
    because = (
        f"No PHQ-9 or GAD-7 of {rules.symptoms_from:g} or more is recorded: the home programme took these in."
    )
    return soft("SL-08", because, "clinical.md SL-08 [HULL-PA]")


CONDITIONS: Final[tuple[Condition, ...]] = (
    _on_site,
    _chaperone,
    _video,
    _cuff,
    _dispensed,
    _risk_known,
    _symptoms,
)
"""What a course at home needs, in the order in which it is told."""
