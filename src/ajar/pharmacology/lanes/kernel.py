"""How the loops of this package are compiled, and where what was compiled is kept."""

from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numba

LANES: Final = 8
"""People advanced together in a course: one AVX-512 register of float64."""

HERE: Final = Path(__file__).parent
KEPT: Final = HERE / "__pycache__"


def folder_of(sources: Path) -> str:
    """A name for what these sources compile to. It changes with any of them.

    The compiler's own cache looks at the file of a kernel only, and would go on with one whose callee in
    another file has changed.
    """
    digest = blake2b(digest_size=8)
    for source in sorted(sources.glob("*.py")):
        digest.update(source.read_bytes())
    return f"compiled-{digest.hexdigest()}"


COMPILED: Final = KEPT / folder_of(HERE)
numba.config.CACHE_DIR = str(COMPILED)  # type: ignore[attr-defined]  # made at run time

exact = numba.njit(cache=True, nogil=True, error_model="numpy")
"""Operation by operation as written, so that a draw is the same number as in plain Python."""

holding = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"})
"""Multiply-adds may be fused and divisions are not checked for zero, or nothing would vectorise. For the
outermost loops, which make the work space."""

UNCOUNTED: Final[dict[str, Any]] = {"_nrt": False}
"""An option of the compiler that its types leave out."""

fast = holding  # the same type, which that option hides
fast = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"}, **UNCOUNTED)
"""The same for all other loops: arrays come from the caller, and nobody counts who holds one.

Counting is an operation that waits until all that was written is in memory: a third of the time of a session.
"""

within = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"}, inline="always")
"""As `fast`, written into whoever calls it: for what is too small to be worth a call."""
