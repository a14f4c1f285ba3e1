"""What commands say on the terminal."""

import sys
from typing import TextIO


def say(words: str, *, to: TextIO | None = None) -> None:
    """Write one line at once."""
    stream = to or sys.stdout
    stream.write(f"{words}\n")
    stream.flush()


def complain(words: str) -> None:
    """Write one line to standard error."""
    say(words, to=sys.stderr)


class Progress:
    """A counter that redraws itself on a terminal and keeps to a line a tenth elsewhere."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done = what, total, 0
        self.redraws = sys.stdout.isatty()

    def step(self, words: str = "") -> None:
        """One more done."""
        self.done += 1
        tenth = max(self.total // 10, 1)
        if self.redraws:
            sys.stdout.write(f"\r  {self.what}: {self.done}/{self.total} {words:<40.40}")
            if self.done == self.total:
                sys.stdout.write("\n")
            sys.stdout.flush()
        elif self.done % tenth == 0 or self.done == self.total:
            say(f"  {self.what}: {self.done}/{self.total}")
