"""`python -m benchmarks`: appends a second, the board under load, a reading's way to a browser.

Runs on the database in AJAR_DATABASE_URL, or on a SQLite file of its own. Prints one table; asserts nothing.
"""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main() -> int:
    """Build a clinic of running sessions, measure, print."""
    with tempfile.TemporaryDirectory(prefix="ajar-bench-") as folder:
        os.environ["AJAR_DATA_DIR"] = folder
        os.environ["AJAR_DEMO"] = "off"
        os.environ["DJANGO_SETTINGS_MODULE"] = "ajar.clinic.settings"
        import_module("django").setup()
        report: list[str] = import_module("benchmarks.run").measure_all(Path(folder))
    sys.stdout.write("\n".join(report) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
