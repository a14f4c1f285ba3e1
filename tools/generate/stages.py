"""docs/reference/stages.md: the stages of a dosing session."""

from ajar.pathway.dosing.stage import TRANSITIONS, Stage
from ajar.pathway.ledger.payload import payload_class
from tools.generate.markdown import first_line, page, table


def stages() -> str:
    """The drawing and the table it is made from."""
    rows = [
        [
            f"**{stage}**",
            move.words,
            f"`{move}`",
            str(target),
            first_line(payload_class(move.value, 1).__doc__),
        ]
        for stage, moves in TRANSITIONS.items()
        for move, target in moves.items()
    ]
    ends = ", ".join(f"**{stage}**" for stage in Stage if not TRANSITIONS[stage])
    return page(
        "Stages of a dosing session",
        "A session stands in one stage, computed from its entries. A move that is not in this table is "
        "refused with what is allowed now, and the stage does not change.",
        "![The stages of a dosing session and the moves between them](stages.svg)",
        table(["From", "Move", "Entry", "To", "What it says"], rows),
        f"Nothing follows {ends}.",
    )
