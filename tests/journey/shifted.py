"""The `ajar` command under another clock: `python -m tests.journey.shifted SECONDS serve …`.

Every clock of the process is that many seconds away from the machine's and goes on from there, so that
a journey of months, with hours of watching, is told in minutes and on the same days whenever it is run.
"""

import sys
import time

import time_machine

from ajar.cli import main

if __name__ == "__main__":
    seconds, *arguments = sys.argv[1:]
    time_machine.travel(time.time() + float(seconds), tick=True).start()
    sys.exit(main(arguments))
