"""The effect site as a sum of exponentials: three modes of the body, its own, and three of each group of
depots.

By partial fractions, a unit bolus into a port gives mode x of the site the weight

    ke0 / (ke0 - x) · P(x) · J(x) · F        (and the residue of what has its pole there)

where P is the body's transfer at -x, J the depots' and F the share that passes the liver. Two rates nearer
than `APART` are moved apart by so much, which changes a concentration by as much and no more.
"""

from math import acos, cos, pi, sqrt
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import fast, holding
from ajar.pharmacology.lanes.propagate import CL, ESCAPES, KA, KE0, KG, KT, Q2, Q3, V1, V2, V3

SITE: Final = 3
SHARED: Final = 4
MODES: Final = 7
"""Modes of a port's weights: three of the body and the site's; then ka, kg and kt of its depots."""

APART: Final = 1e-6
"""Least difference of two rates, as a share of them."""


@fast
def three_rates(a: float, b: float, c: float, into: FloatArray) -> None:
    """Roots of x³ - a x² + b x - c, all real and positive, largest first: by cosines, polished by Newton."""
    third = a / 3.0
    p, q = third * third - b / 3.0, (a * b / 3.0 - c) / 2.0 - third * third * third
    turn = acos(min(1.0, max(-1.0, -q / (p * sqrt(p))))) / 3.0
    for root in range(2):
        x = third + 2.0 * sqrt(p) * cos(turn - 2.0 * pi * root / 3.0)
        for _ in range(2):
            x -= (((x - a) * x + b) * x - c) / ((3.0 * x - 2.0 * a) * x + b)
        into[root] = x
    into[2] = c / (into[0] * into[1])


@fast
def shared_rates(p: FloatArray, rates: FloatArray) -> None:
    """The rates of the modes that every port has, 1/h."""
    k10, k12, k13 = p[CL] / p[V1], p[Q2] / p[V1], p[Q3] / p[V1]
    k21, k31 = p[Q2] / p[V2], p[Q3] / p[V3]
    three_rates(
        k10 + k12 + k13 + k21 + k31,
        k10 * k21 + k10 * k31 + k12 * k31 + k13 * k21 + k21 * k31,
        k10 * k21 * k31,
        rates,
    )
    rates[SITE] = moved_apart(p[KE0], rates, SITE)


@fast
def moved_apart(rate: float, others: FloatArray, count: int) -> float:
    """This rate, or one just above it that is not too near any of the others."""
    again = True
    while again:
        again = False
        for other in range(count):
            if abs(rate - others[other]) < APART * rate:
                rate = float(others[other]) * (1.0 + 2.0 * APART)
                again = True
    return rate


@fast
def body_at(p: FloatArray, rates: FloatArray, x: float) -> float:
    """Transfer of the three-compartment body at -x: concentration (mg/L) for what comes in (mg/h)."""
    above: float = (p[Q2] / p[V2] - x) * (p[Q3] / p[V3] - x) / p[V1]
    return float(above / ((rates[0] - x) * (rates[1] - x) * (rates[2] - x)))


@fast
def blood_weights(p: FloatArray, rates: FloatArray, weights: FloatArray) -> None:
    """A unit bolus into blood."""
    ke0 = rates[SITE]
    for one in range(SITE):
        x, other, third = rates[one], rates[(one + 1) % 3], rates[(one + 2) % 3]
        residue = (p[Q2] / p[V2] - x) * (p[Q3] / p[V3] - x) / ((other - x) * (third - x)) / p[V1]
        weights[one] = residue * ke0 / (ke0 - x)
    weights[SITE] = ke0 * body_at(p, rates, ke0)


@fast
def depot_weights(p: FloatArray, rates: FloatArray, depots: FloatArray, weights: FloatArray) -> None:
    """A unit bolus into each of the two ports of a group of depots: `weights` [3, MODES], after that of
    blood.
    """
    ka, kg, kt, escapes, ke0 = depots[KA], depots[KG], depots[KT], depots[ESCAPES], rates[SITE]
    for one in range(SHARED):
        x = rates[one]
        weights[1, one] = weights[0, one] * ka / (ka - x)
        if kg > 0.0:
            weights[2, one] = weights[0, one] * escapes * kg * kt / ((kg - x) * (kt - x))
    weights[1, SHARED] = ka * body_at(p, rates, ka) * ke0 / (ke0 - ka)
    if kg > 0.0:
        through = escapes * kg * kt / (kt - kg)
        weights[2, SHARED + 1] = through * body_at(p, rates, kg) * ke0 / (ke0 - kg)
        weights[2, SHARED + 2] = -through * body_at(p, rates, kt) * ke0 / (ke0 - kt)


@holding
def people_sites(
    dispositions: FloatArray,
    depots: FloatArray,
    per_ng_ml: float,
    rates: FloatArray,
    own: FloatArray,
    weights: FloatArray,
) -> None:
    """The modes of many people's effect sites, ng/mL for a mg.

    `rates` [n, 2, SHARED]; `own` [n, groups, 3], the depots' rates moved apart; `weights` [n, 2, ports,
    MODES].
    """
    known, ports, moved = np.empty(2 * SHARED + 1), np.zeros((3, MODES)), np.empty(4)
    for one in range(len(dispositions)):
        for enantiomer in range(2):
            shared_rates(dispositions[one, enantiomer], rates[one, enantiomer])
            known[enantiomer * SHARED : (enantiomer + 1) * SHARED] = rates[one, enantiomer]
        for group in range(depots.shape[2]):
            for depot in range(3):
                own[one, group, depot] = moved_apart(depots[one, 0, group, depot], known, 2 * SHARED)
            known[2 * SHARED] = own[one, group, KG]
            own[one, group, KT] = moved_apart(own[one, group, KT], known, 2 * SHARED + 1)
        for enantiomer in range(2):
            p = dispositions[one, enantiomer]
            ports[:] = 0.0
            blood_weights(p, rates[one, enantiomer], ports[0])
            weights[one, enantiomer, 0] = ports[0] * per_ng_ml
            for group in range(depots.shape[2]):
                moved[:3] = own[one, group]
                moved[ESCAPES] = depots[one, enantiomer, group, ESCAPES]
                ports[1:] = 0.0
                depot_weights(p, rates[one, enantiomer], moved, ports)
                weights[one, enantiomer, 1 + 2 * group] = ports[1] * per_ng_ml
                weights[one, enantiomer, 2 + 2 * group] = ports[2] * per_ng_ml
