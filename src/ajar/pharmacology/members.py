"""The curves of many people who look like one person, as arrays: what forecasts and populations are made of.

The compiled kernels answer where they can (`ajar.pharmacology.lanes.members`, imported when first asked, so
that importing this module does not import a compiler); the readable model answers the rest, one person at a
time. Both draw the same people.
"""

import importlib
from dataclasses import dataclass
from typing import Final

import numpy as np

from ajar.pharmacology.course import Course
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.simulate import Circumstances, checked_times, simulate, simulate_member
from ajar.pharmacology.u1.absorption import refuse_unknown

KERNELS: Final = "ajar.pharmacology.lanes.members"

GLANCE_H: Final = 0.01
"""How long a simulation lasts that is made only to read what its curves are called."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """Which outputs, of whom, with which regimen, at which times (h)."""

    regimen: Regimen
    person: Person
    seed: int
    times_h: FloatArray
    outputs: tuple[str, ...]
    circumstances: Circumstances

    def __post_init__(self) -> None:
        refuse_unknown(self.regimen, self.person)
        object.__setattr__(self, "times_h", checked_times(self.times_h, self.regimen))
        if not self.outputs or len(set(self.outputs)) != len(self.outputs):
            raise ValueError(f"Ask for at least one output, each once, got {list(self.outputs)}.")


def glanced(asked: Asked) -> Course:
    """A moment of the typical person: what the curves are called, and the notes. Its values are of no use.

    Raises:
        KeyError: an output that U1 does not have in these circumstances; the message lists those it has.
    """
    first_h = asked.regimen.sessions[0].start_h
    glance = simulate(
        asked.regimen,
        asked.person,
        times_h=np.array([first_h, first_h + GLANCE_H]),
        circumstances=asked.circumstances,
    )
    for name in asked.outputs:
        glance[name]
    return glance


def curves_of(asked: Asked, *, start: int, count: int) -> dict[str, FloatArray]:
    """Each output of people `start` to `start + count - 1` [count, times]. A person is the same in any chunk.

    Raises:
        KeyError: an output that U1 does not have.
        ValueError: a seed or an index out of range.
    """
    kernels = importlib.import_module(KERNELS)
    if kernels.answers(asked):
        seen: dict[str, FloatArray] = kernels.member_curves(asked, start=start, count=count)
        return seen
    return one_by_one(asked, start=start, count=count)


def one_by_one(asked: Asked, *, start: int, count: int) -> dict[str, FloatArray]:
    """The same by the readable model."""
    seen = [
        simulate_member(
            asked.regimen,
            asked.person,
            seed=asked.seed,
            index=index,
            times_h=asked.times_h,
            circumstances=asked.circumstances,
        )
        for index in range(start, start + count)
    ]
    return {name: np.stack([one[name] for one in seen]) for name in asked.outputs}
