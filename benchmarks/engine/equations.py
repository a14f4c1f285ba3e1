"""U1 by infusion, once, as equations in text; each peer gets them translated into what it reads.

Three systems: a session (both enantiomers, five outputs each), the same for three outputs, and a course,
which keeps only what MADRS needs.
A peer never carries a state that its task does not ask for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.courses import numbers
from ajar.pharmacology.u1 import slow_table as table
from ajar.pharmacology.u1.pk import NG_ML_PER_MG_L
from ajar.pharmacology.u1.slow import LN2

ENANTIOMERS: Final = ("s", "r")

DISPOSITION: Final = {
    "A1": "rate_{e} - out_{e}*A1_{e} + k21_{e}*A2_{e} + k31_{e}*A3_{e}",
    "A2": "k12_{e}*A1_{e} - k21_{e}*A2_{e}",
    "A3": "k13_{e}*A1_{e} - k31_{e}*A3_{e}",
    "Ce": "into_ce_{e}*A1_{e} - ke0_{e}*Ce_{e}",
}
METABOLITES: Final = {
    "Cv": "into_cv_{e}*A1_{e} - kv_{e}*Cv_{e}",
    "M1": "cleared_{e}*A1_{e} - km_{e}*M1_{e}",
    "M2": "km_{e}*M1_{e} - km_{e}*M2_{e}",
    "N1": "made_n_{e}*M2_{e} - out_n_{e}*N1_{e} + n21_{e}*N2_{e}",
    "N2": "n12_{e}*N1_{e} - n21_{e}*N2_{e}",
    "H1": "made_h_{e}*N1_{e} - out_h_{e}*H1_{e} + h21_{e}*H2_{e}",
    "H2": "h12_{e}*H1_{e} - h21_{e}*H2_{e}",
}

RATES: Final[Mapping[str, Callable[[Mapping[str, FloatArray]], FloatArray]]] = {
    "out": lambda p: (p["cl_l_h"] + p["q2_l_h"] + p["q3_l_h"]) / p["v1_l"],
    "k12": lambda p: p["q2_l_h"] / p["v1_l"],
    "k21": lambda p: p["q2_l_h"] / p["v2_l"],
    "k13": lambda p: p["q3_l_h"] / p["v1_l"],
    "k31": lambda p: p["q3_l_h"] / p["v3_l"],
    "into_ce": lambda p: NG_ML_PER_MG_L * p["ke0_per_h"] / p["v1_l"],
    "ke0": lambda p: p["ke0_per_h"],
    "into_cv": lambda p: NG_ML_PER_MG_L * p["kv_per_h"] / p["v1_l"],
    "kv": lambda p: p["kv_per_h"],
    "cleared": lambda p: p["cl_l_h"] / p["v1_l"],
    "km": lambda p: 2.0 / p["mtt_h"],
    "made_n": lambda p: p["fm"] * 2.0 / p["mtt_h"],
    "out_n": lambda p: (p["cln_l_h"] + p["qn_l_h"]) / p["vn1_l"],
    "n12": lambda p: p["qn_l_h"] / p["vn1_l"],
    "n21": lambda p: p["qn_l_h"] / p["vn2_l"],
    "made_h": lambda p: p["fh"] * p["cln_l_h"] / p["vn1_l"],
    "out_h": lambda p: (p["clh_l_h"] + p["qh_l_h"]) / p["vh1_l"],
    "h12": lambda p: p["qh_l_h"] / p["vh1_l"],
    "h21": lambda p: p["qh_l_h"] / p["vh2_l"],
}
"""The rates of one enantiomer (1/h) from its disposition, as in `u1.pk.model_of`. Cv and Ce in ng/mL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Ordered equations: parameters, intermediate quantities, and the rate of each state."""

    parameters: tuple[str, ...]
    between: Mapping[str, str]
    rates: Mapping[str, str]

    @property
    def states(self) -> tuple[str, ...]:
        """In the order of their equations."""
        return tuple(self.rates)

    def as_python(self, name: str, positive: object) -> Callable[..., None]:
        """A function `(t, y, dy, p)` that fills `dy`. `positive(x)` is x above zero and zero below."""
        lines = [f"def {name}(t, y, dy, p):"]
        lines += [f"    {state} = y[{row}]" for row, state in enumerate(self.states)]
        lines += [f"    {parameter} = p[{row}]" for row, parameter in enumerate(self.parameters)]
        lines += [f"    {quantity} = {text}" for quantity, text in self.between.items()]
        lines += [f"    dy[{row}] = {text}" for row, text in enumerate(self.rates.values())]
        space: dict[str, Any] = {"positive": positive}
        exec("\n".join(lines), space)  # noqa: S102 - the equations of this file
        made: Callable[..., None] = space[name]
        return made

    def evaluated(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """Each rate as whatever the operators of the things named make of it (symbols)."""
        space = dict(names)
        for quantity, text in self.between.items():
            space[quantity] = eval(text, space)  # noqa: S307 - the equations of this file
        return {state: eval(text, dict(space)) for state, text in self.rates.items()}  # noqa: S307


def _both(equations: Mapping[str, str]) -> dict[str, str]:
    return {f"{state}_{e}": text.format(e=e) for e in ENANTIOMERS for state, text in equations.items()}


def _parameters(*, until: str) -> tuple[str, ...]:
    names = tuple(RATES)
    some = names[: names.index(until) + 1]
    return (*(f"rate_{e}" for e in ENANTIOMERS), *(f"{name}_{e}" for e in ENANTIOMERS for name in some))


def _slow() -> tuple[dict[str, str], dict[str, str]]:
    """The chain of pharmacology.md 4.3. The lower bound of glutamate's inverted U is left out: no block of
    less than 1 reaches it, and no peer pays for it.
    """
    n = [repr(float(number)) for number in numbers()]
    potency, of_s, of_r, gain, zero, _, threshold, half, synapse, circuit, circuit_loss, c50, _ = n
    k = {
        state: repr(LN2 / estimate.value)
        for state, estimate in (
            ("G", table.GLUTAMATE_HALF_LIFE),
            ("T", table.DRIVE_HALF_LIFE),
            ("M", table.TRANSLATION_HALF_LIFE),
            ("P", table.MATURATION_HALF_LIFE),
            ("S", table.SYNAPSE_HALF_LIFE),
            ("A", table.MOOD_HALF_LIFE),
        )
    }
    between = {"x": f"{of_s}*Ce_s + {of_r}*Ce_r", "B": "x/(1.0 + x)", "c": f"Ce_s + {potency}*Ce_r"}
    rates = {
        "G": f"{k['G']}*({gain}*B*(1.0 - B/{zero}) - G)",
        "T": f"{k['T']}*(positive(G - {threshold}) - T)",
        "M": f"{k['M']}*(T/(T + {half}) - M)",
        "P1": f"{k['P']}*(M - P1)",
        "P2": f"{k['P']}*(P1 - P2)",
        "S": f"{synapse}*P2*(1.0 - S) - {k['S']}*S",
        "F": f"{circuit}*M*(1.0 - F) - {circuit_loss}*F",
        "A": f"{k['A']}*(c/({c50} + c) - A)",
    }
    return between, rates


FEW: Final = System(
    parameters=_parameters(until="n21"),
    between={},
    rates=_both(DISPOSITION | {state: METABOLITES[state] for state in ("Cv", "M1", "M2", "N1", "N2")}),
)
SESSION: Final = System(
    parameters=_parameters(until="h21"), between={}, rates=_both(DISPOSITION | METABOLITES)
)
BETWEEN, CHAIN = _slow()
COURSE: Final = System(parameters=_parameters(until="ke0"), between=BETWEEN, rates=_both(DISPOSITION) | CHAIN)
THRESHOLD: Final = table.DRIVE_THRESHOLD.value
