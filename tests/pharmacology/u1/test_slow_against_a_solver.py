"""The fixed-step chain against a tight-tolerance solver of the same equations, written out plainly."""

from math import log

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from ajar.pharmacology.molecules import Drug, Enantiomer
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import intravenous, repeated
from ajar.pharmacology.simulate import Circumstances, simulate
from ajar.pharmacology.u1.disposition import typical_at_70_kg
from ajar.pharmacology.u1.symptoms import Symptoms

DAYS = (0.0, 3.0, 7.0)
INFUSION_H = 40 / 60
NAMES = {
    "G": "glutamate_excess",
    "T": "ampa_bdnf_drive",
    "M": "mtorc1_translation",
    "P1": "maturation_early",
    "P2": "maturation_late",
    "S": "synaptic_gain",
    "F": "fast_circuit",
    "A": "acute_mood",
    "I": "cytokines_share",
}


def parent(p, x, rate_mg_h):
    a1, a2, a3, ce = x
    leaving = (p.cl_l_h + p.q2_l_h + p.q3_l_h) / p.v1_l
    return [
        rate_mg_h - leaving * a1 + p.q2_l_h / p.v2_l * a2 + p.q3_l_h / p.v3_l * a3,
        p.q2_l_h * (a1 / p.v1_l - a2 / p.v2_l),
        p.q3_l_h * (a1 / p.v1_l - a3 / p.v3_l),
        p.ke0_per_h * (a1 / p.v1_l - ce),
    ]


def chain(y, ce_s, ce_r, stress):
    g, t, m, p1, p2, s, f, a, i = y
    x = 0.55 * (ce_s / 237.73 / 0.30 + ce_r / 237.73 / 1.4)
    b, c, ln2 = x / (1 + x), ce_s + 0.15 * ce_r, log(2)
    return [
        ln2 / 0.25 * (0.6 * b * max(1 - b / 0.95, -1) - g),
        ln2 / 0.4 * (max(g - 0.01, 0) - t),
        ln2 / 0.5 * (t / (t + 0.02) - m),
        ln2 / 4 * (m - p1),
        ln2 / 4 * (p1 - p2),
        0.06 * p2 * (1 - s) - ln2 / 108 * (1 + stress) * s,
        0.45 * m * (1 - f) - ln2 / 36 * f,
        ln2 / 1.5 * (c / (121 + c) - a),
        ln2 / 6 * ((1 - 0.5 * b) - i),
    ]


def solved(amount_mg, times_h, stress):
    s, r = typical_at_70_kg(Enantiomer.S), typical_at_70_kg(Enantiomer.R)

    def rates(_, y, rate_mg_h):
        slow = chain(y[8:], 1000 * y[3], 1000 * y[7], stress)
        return [*parent(s, y[:4], rate_mg_h), *parent(r, y[4:8], rate_mg_h), *slow]

    y, seen, now_h = np.array([0.0] * 16 + [1.0]), {}, 0.0
    stops = sorted({*times_h, *(24 * day for day in DAYS[1:]), *(24 * day + INFUSION_H for day in DAYS)})
    for stop_h in stops:
        running = any(24 * day <= now_h < 24 * day + INFUSION_H - 1e-9 for day in DAYS)
        rate_mg_h = amount_mg / 2 / INFUSION_H if running else 0.0
        y = solve_ivp(
            rates, (now_h, stop_h), y, method="DOP853", rtol=1e-9, atol=1e-12, max_step=0.1, args=(rate_mg_h,)
        ).y[:, -1]
        now_h = stop_h
        seen[stop_h] = y
    return np.array([seen[time_h][8:] for time_h in times_h]).T


@pytest.mark.parametrize(("amount_mg", "stress"), [(35.0, 0.0), (140.0, 0.7)])
def test_every_state_agrees_with_a_tight_tolerance_solver(amount_mg, stress):
    times_h = [0.5, 1.0, 2.0, 4.0, 12.5, 24.0, 73.0, 100.0, 170.0, 240.0]
    judged = dict(zip(NAMES, solved(amount_mg, times_h, stress), strict=True))
    regimen = repeated(
        intravenous(drug=Drug.RACEMATE, amount_mg=amount_mg, duration_h=INFUSION_H), on_days=DAYS
    )
    circumstances = Circumstances(
        symptoms=Symptoms(madrs_baseline=33.0, response_e=1.0, placebo_share=0.0, stress=stress)
    )
    ours = simulate(regimen, Person(weight_kg=70.0), times_h=np.asarray(times_h), circumstances=circumstances)
    improved = 0.17 * judged["F"] + 0.85 * judged["S"] + 0.22 * judged["A"]
    assert ours["drug_improvement_share"] == pytest.approx(improved, rel=0, abs=1e-5)
    for state, name in NAMES.items():
        assert ours[name] == pytest.approx(judged[state], rel=0, abs=5e-5 * np.abs(judged[state]).max()), name
