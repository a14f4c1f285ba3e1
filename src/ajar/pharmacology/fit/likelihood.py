"""How likely the records are where something else was expected (pharmacology.md 4.5).

Every record has its own scale, on which its likelihood is log-concave: the square root of CADSS, the
logarithm of a level, the logit of sedation and nausea, and the value itself of everything else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import erfc, log, pi, sqrt
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.fit import table
from ajar.pharmacology.fit.records import LEVELS, RANGES, SCORES, VITALS, History, Kind
from ajar.pharmacology.u1 import acute_table

RESIDUAL_SD: Final[Mapping[Kind, float]] = {
    Kind.SYSTOLIC: table.SYSTOLIC_SD.value,
    Kind.DIASTOLIC: table.DIASTOLIC_SD.value,
    Kind.HEART_RATE: table.HEART_RATE_SD.value,
    Kind.CADSS: table.SQUARE_ROOT_CADSS_SD.value,
    Kind.MADRS: table.MADRS_SD.value,
    Kind.PHQ9: table.PHQ9_SD.value,
}

DISSOCIATION: Final = frozenset({Kind.CADSS})

LEAST_LEVEL_NG_ML: Final = 1e-9
"""What is expected before a dose, so that its logarithm is a number."""

FAR_BELOW: Final = -35.0
"""Standard deviates below which `erfc` has no digits left, and its leading term is as good."""

FAR_ABOVE: Final = 9.0
"""Standard deviates above which everything is below, to the last digit."""

NUDGE: Final = 1e-3
"""Step by which the curvature of a likelihood is read on its own scale."""


def _log_normal_below(z: float) -> float:
    if z < FAR_BELOW:
        return -0.5 * z * z - log(-z * sqrt(2.0 * pi))
    return log(0.5 * erfc(-z / sqrt(2.0)))


_log_below_each = np.frompyfunc(_log_normal_below, 1, 1)


def log_below(z: FloatArray) -> FloatArray:
    """Logarithm of the probability that a standard normal number is below z, to the far tail."""
    logs = np.zeros_like(z)
    some = z < FAR_ABOVE
    logs[some] = _log_below_each(z[some])
    return logs


def log_between(lowest: FloatArray, highest: FloatArray) -> FloatArray:
    """Logarithm of the probability that it lies between; mirrored where both are positive, to keep digits."""
    mirrored = lowest > 0
    low, high = np.where(mirrored, -highest, lowest), np.where(mirrored, -lowest, highest)
    of_low, of_high = log_below(low), log_below(high)
    return np.asarray(of_high + np.log1p(-np.exp(of_low - of_high)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Whitening:
    """From what is left of the vitals to independent numbers of variance 1, and back: AR(1) within a session.

    By the order of the readings, as 4.5 says it; how long lies between them is not asked. `before` is the
    reading before in the same series, or the same reading, whose `share` is then 0. As a matrix it would be
    nearly empty, and too large to multiply by on one core.
    """

    own: FloatArray
    before: NDArray[np.intp]
    share: FloatArray

    @classmethod
    def of(cls, history: History) -> Self:
        """That of a history's vitals."""
        kept = table.READING_TO_READING.value
        vitals = [record for record in history.records if record.kind in VITALS]
        before, last = np.arange(len(vitals)), dict[tuple[Kind, int], int]()
        for row, record in enumerate(vitals):
            series = (record.kind, history.session_of(record))
            before[row] = last.get(series, row)
            last[series] = row
        follows = before != np.arange(len(vitals))
        rest = sqrt(1.0 - kept**2)
        return cls(
            own=np.where(follows, 1.0 / rest, 1.0), before=before, share=np.where(follows, -kept / rest, 0.0)
        )

    def __call__(self, left: FloatArray) -> FloatArray:
        """Independent numbers [..., vitals] of what is left, in standard deviations [..., vitals]."""
        return self.own * left + self.share * left[..., self.before]

    def undone(self, independent: FloatArray) -> FloatArray:
        """What is left [vitals], of independent numbers [vitals]."""
        left = np.zeros_like(independent)
        for row, before in enumerate(self.before):
            left[row] = (independent[row] - self.share[row] * left[before]) / self.own[row]
        return left


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Likelihood:
    """The records as arrays [records], and how what is left of vitals is made independent."""

    kinds: tuple[Kind, ...]
    values: FloatArray
    below: NDArray[np.bool_]
    sd: FloatArray
    whitening: Whitening
    places: Mapping[frozenset[Kind], NDArray[np.intp]]

    @classmethod
    def of(cls, history: History) -> Self:
        """The likelihood of a history."""
        records = history.records
        return cls(
            kinds=tuple(record.kind for record in records),
            places={
                kinds: np.flatnonzero([record.kind in kinds for record in records])
                for kinds in (VITALS, *COSTS)
            },
            values=np.array([_on_scale(record.kind, record.value) for record in records], dtype=np.float64),
            below=np.array([record.below for record in records], dtype=np.bool_),
            sd=np.array(
                [
                    sqrt(table.LEVEL_LOG_SD.value**2 + record.assay_cv**2)
                    if record.kind in LEVELS
                    else RESIDUAL_SD.get(record.kind, 1.0)
                    for record in records
                ],
                dtype=np.float64,
            ),
            whitening=Whitening.of(history),
        )

    def scaled(self, expected: FloatArray) -> FloatArray:
        """What is expected [n, records], each on the scale of its likelihood."""
        scaled = np.array(expected, dtype=np.float64)
        cadss, levels = self.places[DISSOCIATION], self.places[LEVELS]
        scaled[:, cadss] = np.sqrt(scaled[:, cadss])
        scaled[:, levels] = np.log(np.maximum(scaled[:, levels], LEAST_LEVEL_NG_ML))
        return scaled

    def costs(self, scaled: FloatArray) -> FloatArray:
        """Minus the logarithm of each record's likelihood [n, records], but for what never changes."""
        costs = np.empty_like(scaled)
        vitals = self.places[VITALS]
        left = (self.values[vitals] - scaled[:, vitals]) / self.sd[vitals]
        costs[:, vitals] = 0.5 * self.whitening(left) ** 2
        for kinds, cost in COSTS.items():
            columns = self.places[kinds]
            if len(columns):
                costs[:, columns] = cost(self, scaled[:, columns], columns)
        return costs

    def minus_log(self, expected: FloatArray) -> FloatArray:
        """Minus the logarithm of the likelihood of all records [n], where this is expected [n, records]."""
        return np.asarray(self.costs(self.scaled(expected)).sum(axis=1))

    def information(self, jacobian: FloatArray, scaled: FloatArray) -> FloatArray:
        """How sharply the records hold parameters [parameters, parameters], where this is expected [records].

        `jacobian` [parameters, records] says how what is expected, on its scale, goes with them.
        """
        before, at, after = self.costs(scaled + np.array([[-NUDGE], [0.0], [NUDGE]]))
        sharpness = np.maximum((after - 2.0 * at + before) / NUDGE**2, 0.0)
        vitals = self.places[VITALS]
        sharpness[vitals] = 0.0
        white = self.whitening(jacobian[:, vitals] / self.sd[vitals])
        return np.asarray((jacobian * sharpness) @ jacobian.T + white @ white.T)


def _on_scale(kind: Kind, value: float) -> float:
    if kind is Kind.CADSS:
        return sqrt(value)
    return log(value) if kind in LEVELS else value


def _of_cadss(likelihood: Likelihood, scaled: FloatArray, columns: NDArray[np.intp]) -> FloatArray:
    """Normal on the square root; a zero is anything that would have been at or below it."""
    left = (likelihood.values[columns] - scaled) / likelihood.sd[columns]
    costs = np.asarray(0.5 * left**2)
    nothing = likelihood.values[columns] == 0
    costs[:, nothing] = -log_below(left[:, nothing])
    return costs


def _of_levels(likelihood: Likelihood, scaled: FloatArray, columns: NDArray[np.intp]) -> FloatArray:
    left = (likelihood.values[columns] - scaled) / likelihood.sd[columns]
    costs = np.asarray(0.5 * left**2)
    below = likelihood.below[columns]
    costs[:, below] = -log_below(left[:, below])
    return costs


def _of_scores(likelihood: Likelihood, scaled: FloatArray, columns: NDArray[np.intp]) -> FloatArray:
    """Normal between the ends of the scale."""
    ends = np.array([RANGES[likelihood.kinds[column]] for column in columns])
    sd = likelihood.sd[columns]
    left = (likelihood.values[columns] - scaled) / sd
    return np.asarray(0.5 * left**2 + log_between((ends[:, 0] - scaled) / sd, (ends[:, 1] - scaled) / sd))


def _of_sedation(likelihood: Likelihood, scaled: FloatArray, columns: NDArray[np.intp]) -> FloatArray:
    """MOAA/S 5, 4, or 3 and less, by the logits of 4.2: that of 3 or less is `DEEPER_LOGIT` lower."""
    deeper = scaled + acute_table.DEEPER_LOGIT.value
    between = -log(1.0 - np.exp(acute_table.DEEPER_LOGIT.value))
    awake = np.logaddexp(0.0, scaled)
    light = np.logaddexp(0.0, -scaled) + np.logaddexp(0.0, deeper) + between
    deep = np.logaddexp(0.0, -deeper)
    values = likelihood.values[columns]
    return np.where(values == 5, awake, np.where(values == 4, light, deep))


def _of_nausea(likelihood: Likelihood, scaled: FloatArray, columns: NDArray[np.intp]) -> FloatArray:
    return np.asarray(np.logaddexp(0.0, np.where(likelihood.values[columns] == 1, -scaled, scaled)))


Costs = Callable[[Likelihood, FloatArray, NDArray[np.intp]], FloatArray]

COSTS: Final[Mapping[frozenset[Kind], Costs]] = {
    DISSOCIATION: _of_cadss,
    LEVELS: _of_levels,
    SCORES: _of_scores,
    frozenset({Kind.SEDATION}): _of_sedation,
    frozenset({Kind.NAUSEA}): _of_nausea,
}
