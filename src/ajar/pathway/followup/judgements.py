"""What a course of scores says by definition: response, remission, reliable change, worsening, relapse.

Each judgement names its rule, its definition with the numbers of this instrument, its source, and the
version of the rulebook. Where a source gives no number, or there is nothing to compare, it cannot be
judged; that is never "no".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ajar.pathway.followup.scores import CourseOfScores, ScorePoint
from ajar.pathway.instruments.change import Change
from ajar.pathway.instruments.instrument import Instrument, Sourced
from ajar.pathway.instruments.outcome import total_text

RULEBOOK_VERSION: Final = "follow-up 2026.2"
NO_NUMBER: Final = "No source at hand gives a number for this instrument."


class Says(StrEnum):
    """What a rule says of a course."""

    YES = "yes"
    ONCE = "once, to be confirmed"
    NO = "no"
    CANNOT = "cannot be judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One definition and what it says here."""

    id: str
    name: str
    says: Says
    because: str
    definition: str
    rule_id: str
    source: str
    verified: bool
    rulebook_version: str = ""  # of the policy; `judgements` says it

    @property
    def calls(self) -> bool:
        """Should a clinician look at it now?"""
        return self.id in ("worsening", "relapse") and self.says in (Says.YES, Says.ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePolicy:
    """What a clinic may set about judging a course. Instruments by id. Each judgement keeps `version`."""

    relapse_totals: tuple[tuple[str, Sourced], ...]
    relapse_confirmed_by: Sourced  # how many scores in a row
    reliable_points: tuple[tuple[str, Sourced], ...]  # a clinic's own, where an instrument has none
    version: str = RULEBOOK_VERSION

    def reliable(self, instrument: Instrument) -> Sourced | None:
        """The smallest reliable difference, in points."""
        return instrument.change.reliable_points or dict(self.reliable_points).get(instrument.id)

    def relapse_total(self, instrument: Instrument) -> Sourced | None:
        """The total from which a person who had responded counts as relapsed."""
        return dict(self.relapse_totals).get(instrument.id)


DEFAULT_POLICY: Final = CoursePolicy(
    relapse_totals=(("madrs", Sourced(value=22, source="evidence.md 2.6, MR1 and MR7: MADRS 22 or more")),),
    relapse_confirmed_by=Sourced(
        value=2, source="evidence.md 2.6, MR7: twice; for other scales a design default", verified=False
    ),
    reliable_points=(),
)

Rule = Callable[[Instrument, CourseOfScores, CoursePolicy], Judgement]


def judgements(
    instrument: Instrument, course: CourseOfScores, policy: CoursePolicy = DEFAULT_POLICY
) -> tuple[Judgement, ...]:
    """Every definition in its order."""
    found = (rule(instrument, course, policy) for rule in RULES)
    return tuple(replace(one, rulebook_version=policy.version) for one in found)


def _response(instrument: Instrument, course: CourseOfScores, _policy: CoursePolicy) -> Judgement:
    number = instrument.change.response_fall_percent
    return _judged(
        "response", "Response", "MBC-3", number,
        definition=f"A fall of at least {_value(number)} % from baseline.",
        answer=course.change.response if course.change else None,
        because=_fall_words(course),
    )  # fmt: skip


def _partial(instrument: Instrument, course: CourseOfScores, _policy: CoursePolicy) -> Judgement:
    number, full = instrument.change.partial_fall_percent, instrument.change.response_fall_percent
    return _judged(
        "partial", "Partial response", "MBC-3", number,
        definition=f"A fall of at least {_value(number)} %, but less than {_value(full)} %.",
        answer=course.change.partial if course.change else None,
        because=_fall_words(course),
    )  # fmt: skip


def _remission(instrument: Instrument, course: CourseOfScores, _policy: CoursePolicy) -> Judgement:
    number = instrument.change.remission_below
    return _judged(
        "remission", "Remission", "6.1", number,
        definition=f"A total below {_value(number)} after a baseline.",
        answer=course.change.remission if course.change else None,
        because=_fall_words(course),
    )  # fmt: skip


def _important(instrument: Instrument, course: CourseOfScores, _policy: CoursePolicy) -> Judgement:
    number = instrument.change.important_points
    return _judged(
        "important", "Change that people notice", "6.1", number,
        definition=f"A difference of at least {_value(number)} points from baseline.",
        answer=course.change.important if course.change else None,
        because=_fall_words(course),
    )  # fmt: skip


def _reliable(instrument: Instrument, course: CourseOfScores, policy: CoursePolicy) -> Judgement:
    number, change = policy.reliable(instrument), course.change
    moved = abs(change.fall_points) >= number.value if number and change else None
    return _judged(
        "reliable", "Reliable change", "RCI", number,
        definition=f"At least {_value(number)} points from baseline, more than measurement error explains.",
        answer=moved,
        because=_fall_words(course),
    )  # fmt: skip


def _worsening(instrument: Instrument, course: CourseOfScores, policy: CoursePolicy) -> Judgement:
    """Against the person's own baseline, never against a population (features.md H10)."""
    number, change = policy.reliable(instrument), course.change
    worse = None if change is None or number is None else _worse_points(instrument, change) >= number.value
    return _judged(
        "worsening", "Reliable worsening", "RCI", number,
        definition=f"At least {_value(number)} points worse than the person's own baseline.",
        answer=worse,
        because=_fall_words(course),
    )  # fmt: skip


def _relapse(instrument: Instrument, course: CourseOfScores, policy: CoursePolicy) -> Judgement:
    """After a response: the line of the trials where the scale has one, else the response lost."""
    response, line = instrument.change.response_fall_percent, policy.relapse_total(instrument)
    definition = (
        f"After a response, a total of {_value(line)} or more again"
        if line
        else f"After a response, less than {_value(response)} % below baseline again"
    )
    needed = int(policy.relapse_confirmed_by.value)
    source = line or response
    return Judgement(
        id="relapse",
        name="Relapse",
        says=_relapsed(course, response, line, needed),
        because=_relapse_words(course, response),
        definition=f"{definition}, in {needed} scores in a row." if response else "",
        rule_id="MR7" if line else "MR4",
        source=f"{line.source if line else 'evidence.md 2.6, MR4: loss of response'}; "
        f"{policy.relapse_confirmed_by.source}",
        verified=bool(source) and policy.relapse_confirmed_by.verified,
    )


RULES: Final[tuple[Rule, ...]] = (
    _response,
    _partial,
    _remission,
    _reliable,
    _important,
    _worsening,
    _relapse,
)


def _judged(  # the columns of one row
    name_id: str,
    name: str,
    rule_id: str,
    number: Sourced | None,
    *,
    definition: str,
    answer: bool | None,
    because: str,
) -> Judgement:
    says = Says.CANNOT if answer is None or number is None else Says.YES if answer else Says.NO
    return Judgement(
        id=name_id,
        name=name,
        says=says,
        because=because if number else NO_NUMBER,
        definition=definition if number else "",
        rule_id=rule_id,
        source=number.source if number else "clinical.md 6.1",
        verified=number.verified if number else True,
    )


def _value(number: Sourced | None) -> str:
    return total_text(number.value) if number else "?"


def _fall_words(course: CourseOfScores) -> str:
    change = course.change
    if change is None:
        return "There is nothing to compare yet." if course.baseline else course.baseline_because
    words = f"{total_text(change.earlier)} at baseline, {total_text(change.later)} now"
    if change.fall_percent is None:
        return f"{words}; a baseline of 0 cannot fall."
    verb = "fall" if change.fall_percent >= 0 else "rise"
    return f"{words}: a {verb} of {total_text(abs(change.fall_percent))} %."


def _worse_points(instrument: Instrument, change: Change) -> float:
    return change.fall_points if instrument.higher_is_better else -change.fall_points


def _relapsed(course: CourseOfScores, response: Sourced | None, line: Sourced | None, needed: int) -> Says:
    after = _after_response(course, response)
    if after is None or course.baseline is None or response is None:
        return Says.CANNOT
    baseline = course.baseline.total or 0.0
    run = 0
    for total in reversed(after):
        lost = total >= line.value if line else not _responds(baseline, total, response)
        if not lost:
            break
        run += 1
    return Says.YES if run >= needed else Says.ONCE if run else Says.NO


def _after_response(course: CourseOfScores, response: Sourced | None) -> Sequence[float] | None:
    """The totals after the first one that was a response; None where there was none."""
    if course.baseline is None or response is None or not course.baseline.total:
        return None
    totals = _totals_since(course.points, course.baseline)
    for place, total in enumerate(totals):
        if _responds(course.baseline.total, total, response):
            return totals[place + 1 :]
    return None


def _totals_since(points: Sequence[ScorePoint], baseline: ScorePoint) -> list[float]:
    return [
        point.total
        for point in points
        if point.total is not None and point.answered_at > baseline.answered_at
    ]


def _responds(baseline: float, total: float, response: Sourced) -> bool:
    return (baseline - total) * 100 >= response.value * baseline


def _relapse_words(course: CourseOfScores, response: Sourced | None) -> str:
    if response is None:
        return NO_NUMBER
    after = _after_response(course, response)
    if after is None:
        return "There was no response to lose."
    if not after:
        return "No score since the response."
    return f"Since the first response: {', '.join(total_text(total) for total in after)}."
