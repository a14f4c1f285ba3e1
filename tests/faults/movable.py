"""The `ajar` command beside a clock that a test can move: `python -m tests.faults.movable FILE serve …`.

FILE holds by how many seconds every clock of the process is away from the machine's; it is looked at twenty
times a second. The counter that nobody can set is the machine's own.
"""

import sys
import threading
import time
from pathlib import Path

import time_machine

from ajar.cli import main

LOOK_EVERY_S = 0.05


def follow(said: Path) -> None:
    """Move the clocks whenever the file says so."""
    moved, by_s = None, 0.0
    while True:
        wanted_s = float(said.read_text() or 0)
        if wanted_s != by_s:
            if moved is not None:
                moved.stop()
            by_s = wanted_s
            moved = time_machine.travel(time.time() + by_s, tick=True)
            moved.start()
        time.sleep(LOOK_EVERY_S)


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    threading.Thread(target=follow, args=[Path(name)], daemon=True).start()
    sys.exit(main(arguments))
