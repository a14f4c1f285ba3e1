"""Runs the compiled loops as plain Python, so that every line of them is seen to run."""

from contextlib import contextmanager
from inspect import getmembers

import numpy as np
from numba.core.registry import CPUDispatcher

from ajar.pharmacology.lanes import (
    acute,
    cascade,
    chain,
    courses,
    draws,
    exactly,
    exponentials,
    modal,
    parts,
    propagate,
    sessions,
    site,
    stores,
    totals,
    walk,
    waves,
)

MODULES = (
    draws, exactly, exponentials, cascade, parts, waves, stores,
    modal, propagate, sessions, totals, site, chain, walk,
    acute, courses,
)  # fmt: skip


@contextmanager
def plain_python():
    """Within it, every kernel is the function as written."""
    compiled = [
        (module, name, kernel)
        for module in MODULES
        for name, kernel in getmembers(module, lambda member: isinstance(member, CPUDispatcher))
    ]
    for module, name, kernel in compiled:
        setattr(module, name, kernel.py_func)
    try:
        with np.errstate(over="ignore"):  # whole numbers of 64 bits are meant to run over
            yield
    finally:
        for module, name, kernel in compiled:
            setattr(module, name, kernel)
