"""Results as CSV, line by line: tidy (one row a value) or wide (one column an output, units in the heading).

id,time_h,output,value,unit,status,model,model_version
id,time_h,ketamine_venous_ng_ml [ng/mL],cadss [{score}]
"""

from collections.abc import Iterable, Iterator
from typing import Final

from ajar.exchange.results.simulated import Simulated, first_and_all, refuse_other_columns

TIDY: Final = ("id", "time_h", "output", "value", "unit", "status", "model", "model_version")
"""The columns of a tidy table. Times are hours; the unit of a value stands in its row (UCUM)."""


def tidy_lines(many: Iterable[Simulated]) -> Iterator[str]:
    """One row a value, each line with its end. Every digit is written.

    Raises:
        ValueError: nobody was simulated.
    """
    _, everyone = first_and_all(many)
    yield ",".join(TIDY) + "\n"
    for one in everyone:
        identity, times_h = _quoted(one.id), [repr(time_h) for time_h in one.times_h.tolist()]
        for name, curve in one.curves.items():
            tail = f"{_quoted(curve.unit)},{curve.status},{_quoted(one.model)},{_quoted(one.model_version)}\n"
            for time_h, value in zip(times_h, curve.values.tolist(), strict=True):
                yield f"{identity},{time_h},{name},{value!r},{tail}"


def wide_lines(many: Iterable[Simulated]) -> Iterator[str]:
    """One row a time and one column an output, each line with its end.

    Raises:
        ValueError: nobody was simulated, or somebody has other outputs than the first.
    """
    first, everyone = first_and_all(many)
    headings = [_quoted(f"{name} [{curve.unit}]") for name, curve in first.curves.items()]
    yield ",".join(("id", "time_h", *headings)) + "\n"
    for one in everyone:
        refuse_other_columns(one, first)
        columns = [one.times_h.tolist(), *(curve.values.tolist() for curve in one.curves.values())]
        identity = _quoted(one.id)
        for cells in zip(*columns, strict=True):
            yield f"{identity},{','.join(map(repr, cells))}\n"


def _quoted(text: str) -> str:
    """A cell as RFC 4180 asks, in quotes where it holds a comma, a quote or a line end."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if any(mark in text for mark in ',"\r\n') else text
