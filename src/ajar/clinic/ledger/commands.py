"""`ajar verify` and `ajar rebuild` at the terminal."""

from argparse import Namespace

from ajar.clinic.ledger.upkeep import rebuild, verify
from ajar.clinic.terminal import Progress, complain, say


def verify_chains(_: Namespace) -> int:
    """Say whether every chain holds; exit code 1 and the first broken entry where one does not."""
    charts = broken = entries = 0
    for head, found in verify():
        charts += 1
        entries += head.position
        if found is not None:
            broken += 1
            entry = f"entry {found.entry_id}" if found.entry_id else "the head"
            complain(f"Chart {found.patient_id}: {entry} at position {found.position}: {found.because}.")
    if broken:
        complain(f"{broken} of {charts} charts do not verify.")
        return 1
    say(f"{charts} charts, {entries} entries: every chain holds.")
    return 0


def rebuild_read_models(_: Namespace) -> int:
    """Drop and recompute the read models."""
    counter: list[Progress] = []

    def progress(done: int, total: int) -> None:
        if done == 1:
            counter.append(Progress("charts", total))
        counter[0].step()

    charts = rebuild(progress)
    say(f"Read models computed again from {charts} charts.")
    return 0
