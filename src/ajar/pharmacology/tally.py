"""Quantiles of more people than fit in memory: exact counts on a grid that never changes.

A number falls into a place by its sign, its exponent and the first nine bits of its fraction, so that every
doubling has 512 places. Counts are whole numbers: in which order people come, in which chunks and from which
process cannot change a result. A quantile read from them is within `RELATIVE_ERROR` of the true one, or
within `SMALLEST` where it is smaller than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray

FRACTION_BITS: Final = 9
SMALLEST_EXPONENT: Final = -20
SMALLEST: Final = 2.0**SMALLEST_EXPONENT
"""Numbers nearer to zero than this (1e-6 of any unit here) are counted as zero."""

RELATIVE_ERROR: Final = 2.0 ** -(FRACTION_BITS + 1)
"""How far the middle of a place is from its edges at most, as a share of the number: 0.1 %."""

SHIFT: Final = 52 - FRACTION_BITS
FIRST_PLACE: Final = (1023 + SMALLEST_EXPONENT) << FRACTION_BITS
PLACES_AT_ONCE: Final = 512
PER_UNIT: Final = 2.0**20
"""Means are sums of whole millionths (2**-20), which can be added in any order."""

LARGEST_COUNT: Final = 2**31 - 1
"""People that a tally can hold: half the bytes of a longer count, and so half of what travels."""

Places = NDArray[np.int64]
Counts = NDArray[np.int32]


class Summary(Protocol):
    """What many people are reduced to, at each time: their quantiles and their mean."""

    def add(self, values: FloatArray, *, start: int) -> None:
        """Take in people from number `start` on, [people, times]."""
        ...

    def absorb(self, other: Self) -> None:
        """Take in those of another summary."""
        ...

    def quantiles(self, shares: Sequence[float]) -> FloatArray:
        """[shares, times]."""
        ...

    def means(self) -> FloatArray:
        """[times]."""
        ...


def places_of(values: FloatArray) -> Places:
    """Where numbers fall: 0 for zero, and from there on both ways."""
    size = (np.abs(values).view(np.int64) >> SHIFT) - (FIRST_PLACE - 1)
    np.maximum(size, 0, out=size)
    return np.where(values < 0.0, -size, size)


def middles_of(places: Places) -> FloatArray:
    """The number in the middle of each place."""
    size = np.abs(places)
    bits = ((size + (FIRST_PLACE - 1)) << SHIFT) + (1 << (SHIFT - 1))
    return np.where(size == 0, 0.0, np.sign(places) * bits.view(np.float64))


@dataclass(slots=True, kw_only=True, eq=False)
class Tally:
    """Counts of people by place at each time. `counts` [times, places] starts at place `lowest`."""

    lowest: int = 0
    people: int = 0
    counts: Counts = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int32))
    totals: Places = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    least: FloatArray = field(default_factory=lambda: np.zeros(0))
    most: FloatArray = field(default_factory=lambda: np.zeros(0))

    def __getstate__(self) -> tuple[Any, ...]:
        """Only the places that anybody is in: one in twenty, and the tally of a chunk travels."""
        filled = np.flatnonzero(self.counts)
        held = (self.counts.shape, filled, self.counts.reshape(-1)[filled])
        return (self.lowest, self.people, held, self.totals, self.least, self.most)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """As it was."""
        self.lowest, self.people, (shape, filled, counts), self.totals, self.least, self.most = state
        self.counts = np.zeros(shape, dtype=np.int32)
        self.counts.reshape(-1)[filled] = counts

    def add(self, values: FloatArray, *, start: int) -> None:
        """Take in people, [people, times]; which ones they are plays no part.

        Raises:
            ValueError: a number that is not finite.
        """
        if not np.isfinite(values).all():
            raise ValueError(f"A population has finite outputs only; one from person {start} on is not.")
        places = places_of(values)
        self._widen(values.shape[1], int(places.min()), int(places.max()))
        width = self.counts.shape[1]
        flat = places - self.lowest + width * np.arange(values.shape[1])
        np.add.at(self.counts.reshape(-1), flat.reshape(-1), 1)
        self.people += len(values)
        self.totals += np.rint(values * PER_UNIT).astype(np.int64).sum(axis=0)
        np.minimum(self.least, values.min(axis=0), out=self.least)
        np.maximum(self.most, values.max(axis=0), out=self.most)

    def absorb(self, other: Self) -> None:
        """Take in the people of another tally of the same times."""
        times, width = other.counts.shape
        self._widen(times, other.lowest, other.lowest + width - 1)
        first = other.lowest - self.lowest
        self.counts[:, first : first + width] += other.counts
        self.people += other.people
        self.totals += other.totals
        np.minimum(self.least, other.least, out=self.least)
        np.maximum(self.most, other.most, out=self.most)

    def _widen(self, times: int, lowest: int, highest: int) -> None:
        """Make room for these places; room is made in steps, so that it is seldom made."""
        if not len(self.counts):
            self.lowest = lowest
            self.counts = np.zeros((times, 0), dtype=np.int32)
            self.totals = np.zeros(times, dtype=np.int64)
            self.least, self.most = np.full(times, np.inf), np.full(times, -np.inf)
        before = max(self.lowest - lowest, 0)
        after = max(highest - (self.lowest + self.counts.shape[1] - 1), 0)
        if before or after:
            more = [-(-places // PLACES_AT_ONCE) * PLACES_AT_ONCE for places in (before, after)]
            self.counts = np.pad(self.counts, ((0, 0), (more[0], more[1])))
            self.lowest -= more[0]

    def quantiles(self, shares: Sequence[float]) -> FloatArray:
        """As `numpy.quantile`, from the middles of the places, kept between the least and the most seen."""
        below = self.counts.cumsum(axis=1, dtype=np.int64)
        rows = []
        for share in shares:
            rank = share * (self.people - 1)
            under, over = self._ranked(below, int(np.floor(rank))), self._ranked(below, int(np.ceil(rank)))
            rows.append(under + (rank - np.floor(rank)) * (over - under))
        return np.array(rows)

    def _ranked(self, below: Places, rank: int) -> FloatArray:
        """The number of the person of this rank, counted from 0; of the first and the last it is known."""
        if rank in (0, self.people - 1):
            return self.most if rank else self.least
        middles = middles_of(self.lowest + (below <= rank).sum(axis=1))
        return np.clip(middles, self.least, self.most)

    def means(self) -> FloatArray:
        """To a millionth of the unit."""
        return self.totals / (PER_UNIT * self.people)


@dataclass(slots=True, kw_only=True, eq=False)
class Kept:
    """Everyone's numbers, where they fit: exact."""

    parts: dict[int, FloatArray] = field(default_factory=dict)

    def add(self, values: FloatArray, *, start: int) -> None:
        """Take in people from number `start` on, [people, times]."""
        self.parts[start] = values

    def absorb(self, other: Self) -> None:
        """Take in the people of another."""
        self.parts.update(other.parts)

    def quantiles(self, shares: Sequence[float]) -> FloatArray:
        """As `numpy.quantile`."""
        return np.quantile(self._everyone(), shares, axis=0)

    def means(self) -> FloatArray:
        """Added up in the order of the people."""
        mean: FloatArray = self._everyone().mean(axis=0)
        return mean

    def _everyone(self) -> FloatArray:
        return np.concatenate([self.parts[start] for start in sorted(self.parts)])
