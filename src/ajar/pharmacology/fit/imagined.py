"""People who do not exist: a history's records as U1 would have them for somebody of known parameters.

For tests of a fit, which must find those parameters again, and for examples.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import exp
from typing import Final

import numpy as np

from ajar.pharmacology.chance import STANDARD, deviates
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.fit.likelihood import Likelihood
from ajar.pharmacology.fit.predictor import Predictor
from ajar.pharmacology.fit.prior import Prior
from ajar.pharmacology.fit.records import LEVELS, RANGES, VITALS, WHOLE, History, Kind, Record
from ajar.pharmacology.u1 import acute_table
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION

_STREAM: Final = f"{MODEL_ID} {VERSION} imagined"


def imagined_deviates(prior: Prior, *, seed: int) -> FloatArray:
    """Somebody of this prior. The same for the same seed, anywhere."""
    standard = deviates(version=_STREAM, seed=seed, index=0, session=0, count=len(prior.parameters))
    return np.asarray(np.linalg.cholesky(prior.correlation) @ np.array(standard))


def imagined(history: History, predictor: Predictor, at: FloatArray, *, seed: int) -> History:
    """The same times and kinds of records, with the values that somebody of these deviates would give."""
    likelihood = Likelihood.of(history)
    scaled = likelihood.scaled(predictor(at[np.newaxis]))[0]
    chance = deviates(version=_STREAM, seed=seed, index=1, session=0, count=len(scaled))
    left = _left(likelihood, chance)
    records = [
        _seen(record, float(scaled[row]), left[row], chance[row])
        for row, record in enumerate(history.records)
    ]
    return replace(history, records=tuple(records))


def _left(likelihood: Likelihood, chance: Sequence[float]) -> FloatArray:
    """What is left over of each record: vitals of a session go together, as the likelihood says."""
    left = likelihood.sd * np.array(chance)
    vitals = likelihood.places[VITALS]
    together = likelihood.whitening.undone(np.array(chance)[vitals])
    left[vitals] = likelihood.sd[vitals] * together
    return np.asarray(left)


def _seen(record: Record, scaled: float, left: float, chance: float) -> Record:
    lowest, highest = RANGES[record.kind]
    value = _value(record.kind, scaled, left, STANDARD.cdf(chance))
    value = min(max(value, lowest), highest)
    whole = record.kind in WHOLE or record.kind in VITALS
    return replace(record, value=float(round(value)) if whole else value)


def _value(kind: Kind, scaled: float, left: float, share: float) -> float:
    """A value of one kind: `left` is added on the scale of its likelihood, or `share` decides."""
    if kind is Kind.CADSS:
        return max(scaled + left, 0.0) ** 2
    if kind in LEVELS:
        return exp(scaled + left)
    if kind is Kind.NAUSEA:
        return float(share < _probability(scaled))
    if kind is Kind.SEDATION:
        light, deep = _probability(scaled), _probability(scaled + acute_table.DEEPER_LOGIT.value)
        return 5.0 - (share < light) - (share < deep)
    return scaled + left


def _probability(logit: float) -> float:
    return 1.0 / (1.0 + exp(-logit))
