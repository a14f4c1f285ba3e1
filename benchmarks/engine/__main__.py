"""`python -m benchmarks.engine`: U1 beside general solvers, and the engine's figures beside their targets.

Everything is measured in this process, on one thread where the table says per core. Prints; asserts nothing.
"""

import os
import sys
from importlib import import_module
from typing import Final

ONE_THREAD: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
}
"""Set before any of the libraries is imported, which is when they look."""


def main() -> int:
    """The table of peers, then the figures."""
    os.environ.update(ONE_THREAD)
    for part in ("benchmarks.engine.table", "benchmarks.engine.promises"):
        for line in import_module(part).report():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
