"""Rules by which an instrument screens: at or above a total, by sex, or by a function of its own."""

from ajar.pathway.instruments.instrument import Answers, Screen
from ajar.pathway.instruments.outcome import Scored, Screening, Verdict
from ajar.pathway.patients.facts import Sex


def verdict(positive: bool, rule: str, *, source: str, verified: bool = True) -> Screening:  # noqa: FBT001
    """A verdict with its rule."""
    found = Verdict.POSITIVE if positive else Verdict.NEGATIVE
    return Screening(verdict=found, rule=rule, source=source, verified=verified)


def at_least(total: float, *, source: str, verified: bool = True, what: str = "A total") -> Screen:
    """Positive from this total on."""

    def screen(_answers: Answers, scored: Scored, _sex: Sex | None) -> Screening:
        rule = f"{what} of {total:g} or more; here {scored.total:g}."
        return verdict(scored.total >= total, rule, source=source, verified=verified)

    return screen


def at_least_by_sex(totals: dict[Sex, float], *, source: str) -> Screen:
    """Positive from a total that depends on sex; unknown sex decides only where every threshold agrees."""

    def screen(_answers: Answers, scored: Scored, sex: Sex | None) -> Screening:
        words = ", ".join(f"{one.value} {total:g}" for one, total in totals.items())
        rule = f"A total from ({words}) on; here {scored.total:g}."
        known = sex if sex in totals else None
        found = {scored.total >= total for one, total in totals.items() if known in (None, one)}
        if len(found) > 1:
            return Screening(
                verdict=Verdict.NEEDS_INFORMATION, rule=f"{rule} It depends on sex.", source=source
            )
        return verdict(found.pop(), rule, source=source)

    return screen
