"""How the loops of this package are compiled."""

from typing import Final

import numba

LANES: Final = 8
"""People advanced together in a course: one AVX-512 register of float64."""

exact = numba.njit(cache=True, nogil=True, error_model="numpy")
"""Operation by operation as written, so that a draw is the same number as in plain Python."""

fast = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"})
"""Multiply-adds may be fused and divisions are not checked for zero, or nothing would vectorise."""

within = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"}, inline="always")
"""As `fast`, written into whoever calls it: for what is too small to be worth a call."""
