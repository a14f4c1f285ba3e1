"""A number in print beside the same quantity by a model, with the error and what it means in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ajar.pharmacology.calibration.datum import Computation, Datum, Use
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION
from ajar.pharmacology.validation.crowd import CROWD_READINGS, Crowd, crowd_of
from ajar.pharmacology.validation.plasma import PLASMA_READINGS, Run, plasma_scenario, run_of
from ajar.pharmacology.validation.trials import ARMS, TRIAL_READINGS, Trial, trial_of

NEAR: Final = (0.8, 1.25)
"""Where a number has no interval: the usual limits of bioequivalence, as a ratio of model to observed."""

PEOPLE: Final = 300
"""People in a population of acute effects: a share of 50 % is then known to 3 points (SD)."""

TRIAL_PEOPLE: Final = 4000
"""People in an arm: a share of 50 % is then known to 0.8 points (SD)."""

SEED: Final = 20210
"""Any number would do; it is kept so that the pages stay the same."""


FALLS: Final = ("change", "placebo_change", "difference")
"""Readings in which a lower number is a larger fall of the symptoms."""


class Verdict(StrEnum):
    """Where the model lies."""

    INSIDE = "inside"
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A datum and what a model gives for it: `seed` and `people` are None for a typical person.

    `assumed` says for whom, and for a trial with which drug and placebo terms, it was computed. `low` and
    `high` are what it is held against, and `against` says what that is.
    """

    datum: Datum
    model: str
    value: float
    assumed: str
    people: int | None
    seed: int | None
    low: float
    high: float
    against: str

    @property
    def judged(self) -> bool:
        """Whether it counts: recalled and doubtful numbers do not."""
        return self.datum.use is Use.JUDGED

    @property
    def verdict(self) -> Verdict:
        """Where the model's value lies against the limits. On a negative scale below is the larger change."""
        if self.value < self.low:
            return Verdict.BELOW
        return Verdict.ABOVE if self.value > self.high else Verdict.INSIDE

    @property
    def difference(self) -> float:
        """Model minus observed, in the datum's unit."""
        return self.value - self.datum.value

    @property
    def ratio(self) -> float | None:
        """Model over observed; None where their signs differ or the observed is zero."""
        same_side = self.value * self.datum.value > 0
        return self.value / self.datum.value if same_side else None

    @property
    def half_widths(self) -> float | None:
        """The error in half-widths of the interval, towards the side on which it lies; None without one."""
        if not self.datum.bounds():
            return None
        width = self.high - self.datum.value if self.difference > 0 else self.datum.value - self.low
        return self.difference / width if width > 0 else None


@dataclass(slots=True, kw_only=True, eq=False)
class Bench:
    """Runs each scenario once, whoever asks, and keeps it. Nothing else is remembered."""

    people: int = PEOPLE
    trial_people: int = TRIAL_PEOPLE
    seed: int = SEED
    _runs: dict[tuple[str, str], Run] = field(default_factory=dict)
    _crowds: dict[str, Crowd] = field(default_factory=dict)
    _trials: dict[str, Trial] = field(default_factory=dict)

    def run(self, scenario: str, model: str) -> Run:
        """The typical person of a scenario by a model."""
        if (scenario, model) not in self._runs:
            self._runs[scenario, model] = run_of(plasma_scenario(scenario), model)
        return self._runs[scenario, model]

    def crowd(self, scenario: str) -> Crowd:
        """The population of a scenario, by U1."""
        if scenario not in self._crowds:
            found = plasma_scenario(scenario)
            self._crowds[scenario] = crowd_of(found, people=self.people, seed=self.seed)
        return self._crowds[scenario]

    def trial(self, arm: str) -> Trial:
        """A trial, by U1.

        Raises:
            ValueError: no such arm.
        """
        if arm not in ARMS:
            raise ValueError(f"There is no arm {arm!r}; there are: {', '.join(ARMS)}.")
        if arm not in self._trials:
            self._trials[arm] = trial_of(ARMS[arm], people=self.trial_people, seed=self.seed)
        return self._trials[arm]

    def compared(self, datum: Datum) -> tuple[Comparison, ...]:
        """The datum by each model that its table names; none where nothing computes it."""
        if datum.computed is None:
            return ()
        return tuple(self._by(datum, datum.computed, model) for model in datum.computed.models)

    def _by(self, datum: Datum, how: Computation, model: str) -> Comparison:
        if how.reading in PLASMA_READINGS:
            run = self.run(how.scenario, model)
            value = PLASMA_READINGS[how.reading](run, datum)
            return _comparison(datum, model, value, run.scenario.words, None, None)
        if model != MODEL_ID:
            raise ValueError(f"{datum.name}: only {MODEL_ID} gives {how.reading!r}, not {model}.")
        if how.reading in CROWD_READINGS:
            crowd = self.crowd(how.scenario)
            value = CROWD_READINGS[how.reading](crowd, datum)
            return _comparison(datum, model, value, crowd.scenario.words, self.people, self.seed)
        if how.reading in TRIAL_READINGS:
            trial = self.trial(how.scenario)
            value = TRIAL_READINGS[how.reading](trial, datum)
            return _comparison(datum, model, value, _terms(trial, datum), self.trial_people, self.seed)
        raise ValueError(f"{datum.name}: there is no reading {how.reading!r}.")


def _terms(trial: Trial, datum: Datum) -> str:
    """What a trial's arm is made of, in points of MADRS."""
    placebo, both = (TRIAL_READINGS[name](trial, datum) for name in ("placebo_change", "change"))
    scale = "no drug" if trial.arm.regimen is None else f"E_scale {trial.arm.e_scale.value:g}"
    return f"{scale}; {both:.1f} in the arm, {placebo:.1f} in the control"


def _comparison(
    datum: Datum, model: str, value: float, assumed: str, people: int | None, seed: int | None
) -> Comparison:
    low, high, against = datum.bounds() or _near(datum.value)
    return Comparison(
        datum=datum,
        model=model,
        value=value,
        assumed=assumed,
        people=people,
        seed=seed,
        low=low,
        high=high,
        against=against,
    )


def _near(value: float) -> tuple[float, float, str]:
    ends = sorted(share * value for share in NEAR)
    return ends[0], ends[1], f"{NEAR[0]:g}-{NEAR[1]:g} times the observed"


def in_words(comparison: Comparison) -> str:
    """What the numbers say, in a sentence without a full stop."""
    datum = comparison.datum
    if not comparison.judged:
        return f"not judged: {datum.note if datum.tag.verified else datum.tag}"
    if comparison.verdict is Verdict.INSIDE:
        return f"inside ({comparison.against})"
    return f"**off**, {_side(comparison)} ({comparison.against}): {_by_how_much(comparison)}"


def _side(comparison: Comparison) -> str:
    how = comparison.datum.computed
    if how is None or how.reading not in FALLS:
        return comparison.verdict
    return "a larger fall" if comparison.verdict is Verdict.BELOW else "a smaller fall"


def _by_how_much(comparison: Comparison) -> str:
    parts = []
    if comparison.ratio is not None:
        parts.append(f"{comparison.ratio:.2f} times the observed")
    else:
        parts.append("of the other sign")
    if comparison.half_widths is not None:
        parts.append(f"{abs(comparison.half_widths):.1f} half-widths away")
    return ", ".join(parts)


def model_label(model: str) -> str:
    """A model with its version, where it has one."""
    return f"{model} {VERSION}" if model == MODEL_ID else model


def counts(comparisons: Sequence[Comparison]) -> Mapping[str, tuple[int, int]]:
    """For each model, how many judged comparisons there are and how many of them lie inside."""
    found: dict[str, tuple[int, int]] = {}
    for each in comparisons:
        if each.judged:
            judged, inside = found.get(each.model, (0, 0))
            found[each.model] = (judged + 1, inside + (each.verdict is Verdict.INSIDE))
    return found
