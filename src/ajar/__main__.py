"""`python -m ajar` is `ajar`."""

import sys

from ajar.cli import main

if __name__ == "__main__":
    sys.exit(main())
