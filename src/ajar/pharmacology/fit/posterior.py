"""The posterior of one person by Laplace's approximation: what was learned of each parameter.

history = History(person=person, regimen=regimen, records=records, circumstances=circumstances)
seen = posterior_of(history)
for one in seen.estimates:
    print(one.label, one.median, one.low, one.high, one.informed_share)
"""

from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Final

import numpy as np

from ajar.pharmacology.chance import deviates
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.fit.likelihood import Likelihood
from ajar.pharmacology.fit.predictor import Predictor, U1Predictor
from ajar.pharmacology.fit.prior import Held, Parameter, Prior, prior_of
from ajar.pharmacology.fit.records import LEVELS, SCORES, VITALS, History
from ajar.pharmacology.fit.search import Mode, Objective, mode_of, near_mode
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION

EDGE: Final = NormalDist().inv_cdf(0.95)
"""Of an interval that holds 90 %."""

NEXT_TO_NOTHING: Final = 0.05
"""Share informed below which the records are said to have said next to nothing."""

AT_ODDS_SHARE: Final = -0.25
"""Below this a parameter is less well known than before, by more than a bend at the mode explains."""

NOT_RECORDED: Final = "not recorded: as wide as among people like this one"
AT_ODDS: Final = (
    "the records are at odds with each other or with the model about it: less is known than of people like "
    "this one"
)
SAID_LITTLE: Final = "the records say next to nothing about it: nearly as wide as among people like this one"

FIRST_READING: Final = "Usual pressure and pulse are looked for around the first reading of each."
SYMPTOMS_AS_GIVEN: Final = "The MADRS before the first dose is taken as it was given, without error."
FEW_SCORES: Final = (
    "Scores tell what the drug does from what goes without it only by their timing; intervals of the two are "
    "up to a third too narrow where there is but a score a week."
)
ONE_UPTAKE: Final = "Absorption is taken to be alike in every session of the past."
NOT_MEASURED: Final = (
    "No blood level: concentrations are those of people like this one, not measured in this person. "
    "Sensitivity and clearance cannot be told apart."
)
MEASURED: Final = "Concentrations rest on {count} blood level{plural} of this person."
LAPLACE: Final = (
    "Intervals are Laplace's approximation at the mode; parts of the model behind them are hypothetical. "
    "Research and teaching; not dosing advice."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One parameter of this person: median and 90 % interval, and how far the records narrowed it.

    `informed_share` is the share of the prior's variance that is gone, on the parameter's own scale;
    `shrinkage` is the posterior SD over the prior SD. `because` says why little was learned; empty otherwise.
    """

    name: str
    label: str
    unit: str
    median: float
    low: float
    high: float
    prior_median: float
    informed_share: float
    shrinkage: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """What is known of a person: a normal posterior of deviates, with how the mode was reached."""

    history: History
    prior: Prior
    mode: Mode
    covariance: FloatArray

    @property
    def model_id(self) -> str:
        """The model whose parameters these are."""
        return MODEL_ID

    @property
    def model_version(self) -> str:
        """Its version."""
        return VERSION

    @property
    def estimates(self) -> tuple[Told, ...]:
        """Every free parameter, in order."""
        return tuple(self._told(row, one) for row, one in enumerate(self.prior.parameters))

    @property
    def untold(self) -> tuple[Held, ...]:
        """What the records could not inform, and why."""
        little = tuple(Held(label=one.label, because=one.because) for one in self.estimates if one.because)
        return little + self.prior.held

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said wherever this posterior is shown."""
        count = len(self.history.records)
        levels = sum(record.kind in LEVELS for record in self.history.records)
        plural = "" if levels == 1 else "s"
        scored = self.history.kinds & SCORES
        return (
            f"{count} records used, model {MODEL_ID} {VERSION}.",
            MEASURED.format(count=levels, plural=plural) if levels else NOT_MEASURED,
            *((FIRST_READING,) if self.history.kinds & VITALS else ()),
            *((SYMPTOMS_AS_GIVEN, FEW_SCORES) if scored else ()),
            ONE_UPTAKE,
            LAPLACE,
        )

    def __getitem__(self, name: str) -> Told:
        """One parameter.

        Raises:
            KeyError: it is not free in this fit; the message lists those that are.
        """
        names = self.prior.names
        if name not in names:
            raise KeyError(f"There is no free parameter {name!r}; there are: {', '.join(names)}.")
        row = names.index(name)
        return self._told(row, self.prior.parameters[row])

    def draws(self, *, count: int, seed: int) -> FloatArray:
        """Deviates [count, parameters] drawn from the posterior. The same for the same seed, anywhere.

        Raises:
            ValueError: fewer than one, or a seed out of range.
        """
        if count < 1:
            raise ValueError(f"A posterior is drawn from at least once, got {count}.")
        size = len(self.mode.deviates)
        standard = np.array(
            [
                deviates(version=_STREAM, seed=seed, index=index, session=0, count=size)
                for index in range(count)
            ]
        )
        return np.asarray(self.mode.deviates + standard @ np.linalg.cholesky(self.covariance).T)

    def _told(self, row: int, parameter: Parameter) -> Told:
        middle, sd = self.mode.deviates[row], float(np.sqrt(self.covariance[row, row]))
        low, median, high = parameter.values(np.array([middle - EDGE * sd, middle, middle + EDGE * sd]))
        share = 1.0 - sd**2
        because = ""
        if not parameter.informed_by & self.history.kinds:
            because = NOT_RECORDED
        elif share < AT_ODDS_SHARE:
            because = AT_ODDS
        elif share < NEXT_TO_NOTHING:
            because = SAID_LITTLE
        return Told(
            name=parameter.name,
            label=parameter.label,
            unit=parameter.unit,
            median=float(median),
            low=float(low),
            high=float(high),
            prior_median=parameter.typical,
            informed_share=share,
            shrinkage=sd,
            because=because,
        )


_STREAM: Final = f"{MODEL_ID} {VERSION} posterior"


def posterior_of(history: History, *, predictor: Predictor | None = None) -> Posterior:
    """The posterior of a person with this history; `predictor` stands in for U1 over the same parameters.

    Raises:
        ValueError: nothing was recorded.
        NoMode: the search did not settle.
    """
    if not history.records:
        raise ValueError("A fit needs at least one record.")
    prior = prior_of(history)
    start, before = np.zeros(len(prior.parameters)), 0
    if predictor is None:
        model = U1Predictor.of(history, prior)
        start, before = near_mode(objective_of(history, prior, model), start=start)
        predictor = model.rooted(start)
    mode = mode_of(objective_of(history, prior, predictor), start=start)
    mode = replace(mode, steps=before + mode.steps)
    return Posterior(history=history, prior=prior, mode=mode, covariance=inverse(mode.curvature))


def inverse(matrix: FloatArray) -> FloatArray:
    """The inverse of a matrix."""
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def objective_of(history: History, prior: Prior, predictor: Predictor) -> Objective:
    """What the mode of a history minimises."""
    return Objective(
        predictor=predictor,
        likelihood=Likelihood.of(history),
        precision=inverse(prior.correlation),
    )
