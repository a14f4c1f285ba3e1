"""Chance that can be repeated: a draw depends on model version, seed and index, and nothing else."""

from hashlib import blake2b
from math import log, sqrt
from statistics import NormalDist
from typing import Final

from numpy.random import Philox

BLOCKS_A_SUBJECT: Final = 2**64
"""Counter values kept for one subject, so that no two share a number."""

BLOCKS_A_SESSION: Final = 2**10
"""Counter values for what belongs to the person, and then for each session of theirs."""

NUMBERS_A_SESSION: Final = 4 * BLOCKS_A_SESSION
"""Philox gives four numbers a counter value."""

LARGEST_INDEX: Final = 2**63 - 1
STANDARD: Final = NormalDist()


def deviates(*, version: str, seed: int, index: int, session: int, count: int) -> list[float]:
    """Standard normal numbers of one subject: session 0 is the person, those from 1 on what a session adds.

    They come from a counter-based generator, so that they do not depend on who is drawn before, in which
    chunk or by which process; and by inversion of its raw output, which numpy keeps between its versions.

    Raises:
        ValueError: a seed, index or session that is negative or too large, or too many numbers.
    """
    _refuse("seed", seed, LARGEST_INDEX)
    _refuse("index", index, LARGEST_INDEX)
    _refuse("session", session, BLOCKS_A_SUBJECT // BLOCKS_A_SESSION - 1)
    _refuse("count", count, NUMBERS_A_SESSION)
    key = int.from_bytes(blake2b(f"{version}|{seed}".encode(), digest_size=16).digest(), "little")
    counter = index * BLOCKS_A_SUBJECT + session * BLOCKS_A_SESSION
    raw = Philox(key=key, counter=counter).random_raw(count).tolist()
    return [STANDARD.inv_cdf(((number >> 11) + 0.5) * 2.0**-53) for number in raw]


def _refuse(what: str, value: int, largest: int) -> None:
    if not 0 <= value <= largest:
        raise ValueError(f"The {what} of a draw is a whole number from 0 to {largest}, got {value}.")


def log_sd(cv: float) -> float:
    """Standard deviation of the logarithm of a log-normal number with this coefficient of variation."""
    return sqrt(log(1.0 + cv * cv))
