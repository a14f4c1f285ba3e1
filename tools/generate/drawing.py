"""The drawing of the stages: one column downwards, moves that skip or return beside it.

The layout follows from the table alone: the column is the path of first moves, a stage off that path
stands to the left, and moves with one name into one stage share a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ajar.pathway.dosing.stage import TRANSITIONS, Move, Stage

WIDTH: Final = 680
STEP: Final = 96
BOX: Final = (150, 44)
MIDDLE: Final = 330
SIDE: Final = 90
LANE: Final = 42
TOP: Final = 40

HEAD: Final = (
    '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
)
STYLE: Final = """
  text { font: 14px system-ui, "Noto Sans", sans-serif; fill: #26211c; }
  .move { font-size: 13px; fill: #5a5148; }
  rect { fill: #fffdf9; stroke: #5f3b6b; stroke-width: 1.5; }
  rect.end { fill: #efe5f0; }
  path { fill: none; stroke: #857a6c; stroke-width: 1.5; }
  marker path { fill: #857a6c; stroke: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0e8dc; } .move { fill: #c0b5a7; }
    rect { fill: #201b18; stroke: #cfb0df; } rect.end { fill: #3a2a42; }
    path { stroke: #938677; } marker path { fill: #938677; }
  }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """Moves of one name from some stages into one."""

    move: Move
    sources: tuple[Stage, ...]
    target: Stage


def column() -> list[Stage]:
    """The path that a session takes when nothing goes otherwise: the first way onward from each stage."""
    path = [next(iter(TRANSITIONS))]
    while onward := [stage for stage in TRANSITIONS[path[-1]].values() if stage not in path]:
        path.append(onward[0])
    return path


def arrows() -> list[Arrow]:
    """Every move of the table, those of one name into one stage together; loops stand alone."""
    sources: dict[tuple[Move, Stage, bool], list[Stage]] = {}
    for source, moves in TRANSITIONS.items():
        for move, target in moves.items():
            sources.setdefault((move, target, source is target), []).append(source)
    return [Arrow(move=m, sources=tuple(s), target=t) for (m, t, _), s in sources.items()]


def places() -> Mapping[Stage, tuple[int, int]]:
    """The middle of each stage's box; a stage off the path stands left, one row below its last source."""
    path = column()
    found = {stage: (MIDDLE, TOP + STEP * row) for row, stage in enumerate(path)}
    for stage in TRANSITIONS:
        if stage not in found:
            rows = [path.index(source) for source, moves in TRANSITIONS.items() if stage in moves.values()]
            found[stage] = (SIDE, TOP + STEP * (max(rows) + 1))
    return found


def lines(at: Mapping[Stage, tuple[int, int]]) -> Iterator[str]:
    """Every arrow with its words."""
    lane = 0
    for arrow in arrows():
        (x, y), sources = at[arrow.target], [at[source] for source in arrow.sources]
        if arrow.sources == (arrow.target,):
            yield from loop(arrow.move.words, x, y)
        elif x == SIDE:
            yield from into_the_side(arrow.move.words, x, y, sources)
        elif len(sources) == 1 and y - sources[0][1] == STEP:
            yield from down(arrow.move.words, sources[0][1], y)
        elif all(source_y > y for _, source_y in sources):
            yield from back(arrow.move.words, y, sources)
        else:
            lane += 1
            yield from around(arrow.move.words, y, sources, lane)


def drawn(d: str, *, head: bool) -> str:
    """A line, with an arrow head or without."""
    return f'<path d="{d}"{" marker-end=" + chr(34) + "url(#head)" + chr(34) if head else ""}/>'


def words(text: str, x: int, y: int, anchor: str = "start") -> str:
    """A label."""
    return f'<text class="move" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'


def down(text: str, y_from: int, y_to: int) -> Iterator[str]:
    """To the next stage of the column."""
    half = BOX[1] // 2
    yield drawn(f"M{MIDDLE},{y_from + half} V{y_to - half - 2}", head=True)
    yield words(text, MIDDLE + 10, (y_from + y_to) // 2 + 4)


def loop(text: str, x: int, y: int) -> Iterator[str]:
    """Back into the same stage."""
    right = x + BOX[0] // 2
    yield drawn(f"M{right},{y - 16} h26 v16 h-24", head=True)
    yield words(text, right + 32, y - 14)


def back(text: str, y: int, sources: list[tuple[int, int]]) -> Iterator[str]:
    """To an earlier stage, on the left."""
    left = MIDDLE - BOX[0] // 2
    for _, source_y in sources:
        yield drawn(f"M{left},{source_y - 8} h-{LANE} V{y + 8} h{LANE - 2}", head=True)
        yield words(text, left - LANE - 8, (source_y + y) // 2 + 4, "end")


def around(text: str, y: int, sources: list[tuple[int, int]], lane: int) -> Iterator[str]:
    """Past other stages, on the right."""
    right = MIDDLE + BOX[0] // 2
    far = right + LANE * (lane + 2)
    for _, source_y in sources:
        yield drawn(f"M{right},{source_y + 10} H{far} V{y}", head=False)
    yield drawn(f"M{far},{y} H{right + 2}", head=True)
    yield words(text, far + 8, (sources[0][1] + y) // 2)


def into_the_side(text: str, x: int, y: int, sources: list[tuple[int, int]]) -> Iterator[str]:
    """Into a stage beside the column."""
    left = MIDDLE - BOX[0] // 2
    for _, source_y in sources:
        yield drawn(f"M{left},{source_y} H{x} V{y - BOX[1] // 2 - 2}", head=True)
    yield words(text, x + 10, sources[0][1] - 8)


def box(stage: Stage, x: int, y: int) -> str:
    """A stage."""
    kind = ' class="end"' if not TRANSITIONS[stage] else ""
    corner = f'x="{x - BOX[0] // 2}" y="{y - BOX[1] // 2}"'
    return (
        f'<rect{kind} {corner} width="{BOX[0]}" height="{BOX[1]}" rx="8"/>'
        f'<text x="{x}" y="{y + 5}" text-anchor="middle">{stage.value}</text>'
    )


def svg() -> str:
    """The whole drawing."""
    at = places()
    height = TOP + max(y for _, y in at.values())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
        '     aria-label="The stages of a dosing session and the moves between them">',
        f"<style>{STYLE}</style>",
        f'<defs>{HEAD}<path d="M0,0 L8,4 L0,8 z"/></marker></defs>',
        *lines(at),
        *(box(stage, x, y) for stage, (x, y) in at.items()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
