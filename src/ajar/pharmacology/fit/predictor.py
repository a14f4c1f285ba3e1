"""What each record should have been, for many guesses of the parameters at once.

A posterior asks nothing else of a model, so that another one can be put in this place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, Self, cast

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.fit.body import KINETIC, SENSITIVITY, body_of
from ajar.pharmacology.fit.prior import Prior, day_name
from ajar.pharmacology.fit.records import SCORES, History, Kind
from ajar.pharmacology.fit.site import site_of
from ajar.pharmacology.fit.weeks import Improvement, compiled, score_times
from ajar.pharmacology.molecules import Enantiomer
from ajar.pharmacology.u1 import acute, acute_table, slow_table, symptoms
from ajar.pharmacology.u1.acute import Sensitivity
from ajar.pharmacology.u1.individual import Individual

PEAK_H: Final = np.linspace(0.0, 6.0, 301)
"""Where the peak of a session is looked for, from its start: every route peaks within these hours."""

SITES_KEPT: Final = 1024


class Predictor(Protocol):
    """Anything that says what the records of a history should have been."""

    def __call__(self, deviates: FloatArray) -> FloatArray:
        """From deviates [n, parameters] to what is expected [n, records]; of sedation and nausea, a logit."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Levels:
    """One body at the times of the records: what counts for acute effects, and what is in a vein. ng/mL."""

    potent: FloatArray
    venous: FloatArray
    s_venous: FloatArray
    peaks: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weeks:
    """What scores are made of: the improvement at some times, and how each record averages over them."""

    times_h: FloatArray
    improvement: FloatArray
    since_start_h: FloatArray
    baseline: float
    rows: Mapping[Kind, FloatArray]
    unseen: Mapping[Kind, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class U1Predictor:
    """U1 at the records. Concentrations are solved again only for another body, and the chain not at all.

    The chain is that of one body, first the typical one: scores say nothing about concentrations (4.5). So is
    the moment of a session's peak, which nausea asks for. `rooted` is the same for another body, such as the
    one a search has come to.
    """

    history: History
    prior: Prior
    sessions: NDArray[np.intp]
    times_h: FloatArray
    weeks: Weeks | None
    places: Mapping[Kind, NDArray[np.intp]]
    improvement: Improvement
    peaks_h: FloatArray
    _seen: dict[bytes, Levels] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, history: History, prior: Prior, *, improvement: Improvement = compiled) -> Self:
        """U1 for a history; `improvement` runs the chain."""
        return cls(
            history=history,
            prior=prior,
            sessions=np.array([history.session_of(one) - 1 for one in history.records], dtype=np.intp),
            times_h=np.array([one.time_h for one in history.records], dtype=np.float64),
            weeks=_weeks(history, prior, improvement),
            improvement=improvement,
            peaks_h=_peaks_h(history, prior.typical),
            places={
                kind: np.flatnonzero([record.kind is kind for record in history.records]) for kind in Kind
            },
        )

    def __call__(self, deviates: FloatArray) -> FloatArray:
        """What is expected of every record, as `Predictor` says."""
        values = self.prior.values(deviates)
        guess = _Guess(self, values, self._levels(deviates, values))
        expected = np.empty((len(deviates), len(self.times_h)))
        for kind in self.history.kinds:
            rows = self.places[kind]
            expected[:, rows] = EXPECTED[kind](guess, rows)
        return expected

    def rooted(self, at: FloatArray) -> Self:
        """The same with the chain and the peaks of the body at these deviates [parameters]."""
        values = {name: float(of[0]) for name, of in self.prior.values(at[np.newaxis]).items()}
        body = body_of(self.prior, values, pressure_days=self.prior.typical.pressure_days)
        weeks = self.weeks
        if weeks is not None:
            share = _improved(self.history, body, self.improvement, weeks.times_h)
            weeks = replace(weeks, improvement=share)
        peaks_h = _peaks_h(self.history, body)
        solved = self._seen if np.array_equal(peaks_h, self.peaks_h) else {}
        return replace(self, weeks=weeks, peaks_h=peaks_h, _seen=solved)

    def since_h(self, rows: NDArray[np.intp]) -> FloatArray:
        """Hours from the start of its session to each record; none before it."""
        starts_h = np.array([session.start_h for session in self.history.regimen.sessions])
        return np.asarray(np.maximum(self.times_h[rows] - starts_h[self.sessions[rows]], 0.0))

    def _levels(self, deviates: FloatArray, values: Mapping[str, FloatArray]) -> Levels:
        """The concentrations of every guess, each different body solved once."""
        kinetic = [row for row, name in enumerate(self.prior.names) if name in KINETIC]
        keys = [row.tobytes() for row in deviates[:, kinetic]]
        places = {key: row for row, key in reversed(list(enumerate(keys)))}
        order = {key: place for place, key in enumerate(places)}
        which = np.array([order[key] for key in keys], dtype=np.intp)
        bodies = [
            self._of_body(deviates[row, kinetic], {name: float(of[row]) for name, of in values.items()})
            for row in places.values()
        ]
        return Levels(
            potent=np.stack([one.potent for one in bodies])[which],
            venous=np.stack([one.venous for one in bodies])[which],
            s_venous=np.stack([one.s_venous for one in bodies])[which],
            peaks=np.stack([one.peaks for one in bodies])[which],
        )

    def _of_body(self, kinetic: FloatArray, values: Mapping[str, float]) -> Levels:
        key = kinetic.tobytes()
        if key not in self._seen:
            if len(self._seen) >= SITES_KEPT:
                self._seen.clear()
            self._seen[key] = self._solved(values)
        return self._seen[key]

    def _solved(self, values: Mapping[str, float]) -> Levels:
        body = body_of(self.prior, values, pressure_days=self.prior.typical.pressure_days)
        count = len(self.times_h)
        potent, venous, s_venous = _reached(self.history, body, np.concatenate([self.times_h, self.peaks_h]))
        return Levels(
            potent=potent[:count], venous=venous[:count], s_venous=s_venous[:count], peaks=potent[count:]
        )


def _reached(
    history: History, body: Individual, times_h: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """What counts for acute effects, and both enantiomers and S in a vein, ng/mL."""
    s, r = (site_of(history.regimen, body, one, times_h=times_h) for one in (Enantiomer.S, Enantiomer.R))
    potent = acute.potent_ng_ml(s.effect_site_ng_ml, r.effect_site_ng_ml)
    return potent, s.venous_ng_ml + r.venous_ng_ml, s.venous_ng_ml


def _peaks_h(history: History, body: Individual) -> FloatArray:
    """When the effect site of a body peaks in the session of each record of nausea."""
    numbers = [history.session_of(record) for record in history.records if record.kind is Kind.NAUSEA]
    starts_h = np.array([history.regimen.sessions[number - 1].start_h for number in numbers])
    grid_h = starts_h[:, np.newaxis] + PEAK_H
    potent, _, _ = _reached(history, body, grid_h.ravel())
    return np.asarray(starts_h + PEAK_H[potent.reshape(grid_h.shape).argmax(axis=1)])


def _weeks(history: History, prior: Prior, improvement: Improvement) -> Weeks | None:
    """The chain of the typical body, and the recall of each score as a sum over its times."""
    given = history.circumstances.symptoms
    at_h = np.array([record.time_h for record in history.records if record.kind in SCORES])
    if given is None or not len(at_h):
        return None
    grid_h = score_times(history.regimen, at_h)
    first_h = history.regimen.sessions[0].start_h
    as_it_is = np.eye(len(grid_h))
    none = np.zeros(len(grid_h))
    averaged = np.array([symptoms.recalled(grid_h, one, baseline=0.0) for one in as_it_is]).T
    before = symptoms.recalled(grid_h, none, baseline=1.0)
    rows = {
        kind: np.searchsorted(
            grid_h, [record.time_h - 1e-8 for record in history.records if record.kind is kind]
        )
        for kind in SCORES
    }
    return Weeks(
        improvement=_improved(history, prior.typical, improvement, grid_h),
        times_h=grid_h,
        since_start_h=grid_h - first_h,
        baseline=given.madrs_baseline,
        rows={Kind.MADRS: as_it_is[rows[Kind.MADRS]], Kind.PHQ9: averaged[rows[Kind.PHQ9]]},
        unseen={Kind.MADRS: none[rows[Kind.MADRS]], Kind.PHQ9: before[rows[Kind.PHQ9]]},
    )


def _improved(
    history: History, body: Individual, improvement: Improvement, times_h: FloatArray
) -> FloatArray:
    given = history.circumstances.symptoms
    if times_h[-1] <= history.regimen.sessions[0].start_h:
        return np.zeros(len(times_h))
    return improvement(history.regimen, body, times_h=times_h, stress=given.stress if given else 0.0)


class _Guess:
    """Guesses [n] with their levels, and each kind of record made of them [n, rows]."""

    def __init__(self, predictor: U1Predictor, values: Mapping[str, FloatArray], levels: Levels) -> None:
        self.at, self.values, self.levels = predictor, values, levels
        typical = predictor.prior.typical.sensitivity
        column = {name: values[name][:, np.newaxis] for name in SENSITIVITY}
        together = column["systolic_maximum_mmhg"] / typical.systolic_maximum_mmhg
        column["diastolic_maximum_mmhg"] = typical.diastolic_maximum_mmhg * together
        # the maps of u1.acute take arrays as well
        self.body = Sensitivity(**{name: cast(float, of) for name, of in column.items()})

    def column(self, name: str) -> FloatArray:
        """A parameter as a column [n, 1]."""
        return self.values[name][:, np.newaxis]

    def pressure(self, rows: NDArray[np.intp], baseline: str, maximum_mmhg: float) -> FloatArray:
        """A pressure before anticipation."""
        days = np.stack([self.values[day_name(int(self.at.sessions[row]) + 1)] for row in rows], axis=1)
        rise = acute.pressure_rise_mmhg(
            self.levels.potent[:, rows], maximum_mmhg=maximum_mmhg, opposing_norketamine_ng_ml=np.zeros(1)
        )
        return np.asarray(self.column(baseline) + days * rise)

    def systolic(self, rows: NDArray[np.intp]) -> FloatArray:
        """Systolic pressure, mmHg."""
        usual = acute_table.ANTICIPATORY_SYSTOLIC.value
        before = acute.anticipatory_systolic_mmhg(self.at.since_h(rows)) / usual
        drug = self.pressure(rows, "sbp_baseline_mmhg", self.body.systolic_maximum_mmhg)
        return drug + self.column("anticipatory_systolic_mmhg") * before

    def diastolic(self, rows: NDArray[np.intp]) -> FloatArray:
        """Diastolic pressure, mmHg."""
        return self.pressure(rows, "dbp_baseline_mmhg", self.body.diastolic_maximum_mmhg)

    def heart_rate(self, rows: NDArray[np.intp]) -> FloatArray:
        """Heart rate, per minute."""
        rise = acute.heart_rate_rise_per_min(self.levels.potent[:, rows], self.body)
        return np.asarray(self.column("heart_rate_baseline_per_min") + rise)

    def cadss(self, rows: NDArray[np.intp]) -> FloatArray:
        """Dissociation, CADSS points."""
        starts_h = [session.start_h for session in self.at.history.regimen.sessions]
        earlier = np.array(acute.earlier_sessions(starts_h))[self.at.sessions[rows]]
        left = [np.ravel(acute.attenuation(float(one), self.body)) for one in earlier]
        return acute.cadss(self.levels.potent[:, rows], self.body, attenuated=np.stack(left, axis=1))

    def sedation(self, rows: NDArray[np.intp]) -> FloatArray:
        """Logit of MOAA/S 4 or less."""
        slope = acute_table.SEDATION_PER_NG_ML.value
        return np.asarray(self.body.sedation_logit + slope * self.levels.potent[:, rows])

    def nausea(self, rows: NDArray[np.intp]) -> FloatArray:
        """Logit of nausea in the session."""
        given = self.at.history.circumstances
        own = acute.nausea_logit(self.body, nausea_before=given.nausea_before, antiemetic=given.antiemetic)
        return np.asarray(own + acute_table.NAUSEA_PER_NG_ML.value * self.levels.peaks)

    def ketamine(self, rows: NDArray[np.intp]) -> FloatArray:
        """Both enantiomers in a vein, ng/mL."""
        return self.levels.venous[:, rows]

    def s_ketamine(self, rows: NDArray[np.intp]) -> FloatArray:
        """S-ketamine in a vein, ng/mL."""
        return self.levels.s_venous[:, rows]

    def recalled(self, kind: Kind) -> FloatArray:
        """MADRS of the moment, or averaged as a PHQ-9 is. Past an end of the scale it goes on: the likelihood
        knows the ends, and what it is given has no corners.
        """
        seen = cast(Weeks, self.at.weeks)
        answer = self.values.get("response_e", np.zeros(1))[:, np.newaxis]
        share = self.values.get("placebo_share", np.zeros(1))[:, np.newaxis]
        placebo = symptoms.placebo_improvement(seen.since_start_h, placebo_share=cast(float, share))
        total = seen.baseline * (1.0 - answer * seen.improvement - placebo)
        return np.asarray(total @ seen.rows[kind].T + seen.baseline * seen.unseen[kind])

    def madrs(self, rows: NDArray[np.intp]) -> FloatArray:
        """MADRS total."""
        return self.recalled(Kind.MADRS)

    def phq9(self, rows: NDArray[np.intp]) -> FloatArray:
        """PHQ-9 total, of the weeks before."""
        return np.asarray(
            slow_table.PHQ9_PER_MADRS.value * self.recalled(Kind.PHQ9) + slow_table.PHQ9_OFFSET.value
        )


EXPECTED: Final[Mapping[Kind, Callable[[_Guess, NDArray[np.intp]], FloatArray]]] = {
    Kind.SYSTOLIC: _Guess.systolic,
    Kind.DIASTOLIC: _Guess.diastolic,
    Kind.HEART_RATE: _Guess.heart_rate,
    Kind.CADSS: _Guess.cadss,
    Kind.SEDATION: _Guess.sedation,
    Kind.NAUSEA: _Guess.nausea,
    Kind.MADRS: _Guess.madrs,
    Kind.PHQ9: _Guess.phq9,
    Kind.KETAMINE_LEVEL: _Guess.ketamine,
    Kind.S_KETAMINE_LEVEL: _Guess.s_ketamine,
}
