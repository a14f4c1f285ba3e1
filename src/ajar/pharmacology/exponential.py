"""The exponential of a small real matrix."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

PADE_13: Final = (
    64764752532480000.0,
    32382376266240000.0,
    7771770303897600.0,
    1187353796428800.0,
    129060195264000.0,
    10559470521600.0,
    670442572800.0,
    33522128640.0,
    1323241920.0,
    40840800.0,
    960960.0,
    16380.0,
    182.0,
    1.0,
)
"""Coefficients of the [13/13] Padé approximant (Higham 2005, SIAM J Matrix Anal Appl 26:1179, section 2)."""

LARGEST_NORM: Final = 5.371920351148152
"""1-norm up to which that approximant is exact to double precision (Higham 2005, table 2.3)."""


def matrix_exponential(matrix: FloatArray) -> FloatArray:
    """The exponential of a square matrix, by scaling, a [13/13] Padé approximant, and squaring."""
    norm = float(np.abs(matrix).sum(axis=0).max())
    squarings = max(0, int(np.ceil(np.log2(norm / LARGEST_NORM)))) if norm > 0 else 0
    result = _pade(matrix / 2.0**squarings)
    for _ in range(squarings):
        result = result @ result
    return result


def _pade(a: FloatArray) -> FloatArray:
    b = PADE_13
    one = np.eye(len(a))
    a2 = a @ a
    a4 = a2 @ a2
    a6 = a4 @ a2
    odd = a6 @ (b[13] * a6 + b[11] * a4 + b[9] * a2) + b[7] * a6 + b[5] * a4 + b[3] * a2 + b[1] * one
    even = a6 @ (b[12] * a6 + b[10] * a4 + b[8] * a2) + b[6] * a6 + b[4] * a4 + b[2] * a2 + b[0] * one
    u = a @ odd
    return np.asarray(np.linalg.solve(even - u, even + u), dtype=np.float64)
