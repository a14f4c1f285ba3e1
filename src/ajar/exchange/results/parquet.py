"""Results as Parquet, a person at a time. This module imports pyarrow: import it only where a file is made.

The schema carries what a reader needs: under `ajar` as JSON the model, its version, the seed and notes, and
the unit, label and status of every output; a column of numbers has its unit in its own metadata.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from ajar.exchange.results.simulated import Simulated, first_and_all, refuse_other_columns

KEY: Final = b"ajar"
WORD: Final = pa.dictionary(pa.int32(), pa.string())
ROWS_A_GROUP: Final = 1_000_000
"""Rows kept before they are written: some tens of megabytes, however many people there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a table comes from, beyond its model: the seed of its people, None for a typical person; notes."""

    seed: int | None
    notes: tuple[str, ...]


def write_tidy(sink: IO[bytes], many: Iterable[Simulated], *, origin: Origin) -> None:
    """One row a value: id, time_h, output, value, unit, status, model, model_version.

    Raises:
        ValueError: nobody was simulated.
    """
    first, everyone = first_and_all(many)
    words = [(name, WORD) for name in ("output", "unit", "status", "model", "model_version")]
    fields = [
        pa.field("id", pa.string()),
        _hours(),
        words[0],
        pa.field("value", pa.float64()),
    ]
    schema = pa.schema([*fields, *words[1:]]).with_metadata(_metadata(first, origin))
    _write(sink, schema, (_tidy(one, schema) for one in everyone))


def write_wide(sink: IO[bytes], many: Iterable[Simulated], *, origin: Origin) -> None:
    """One row a time, one column an output with its unit in its metadata.

    Raises:
        ValueError: nobody was simulated, or somebody has other outputs than the first.
    """
    first, everyone = first_and_all(many)
    outputs = [
        pa.field(
            name,
            pa.float64(),
            metadata={"unit": curve.unit, "label": curve.label, "status": curve.status.value},
        )
        for name, curve in first.curves.items()
    ]
    schema = pa.schema([pa.field("id", pa.string()), _hours(), *outputs])
    schema = schema.with_metadata(_metadata(first, origin))
    _write(sink, schema, (_wide(one, first, schema) for one in everyone))


def _hours() -> Any:
    return pa.field("time_h", pa.float64(), metadata={"unit": "h"})


def _metadata(first: Simulated, origin: Origin) -> dict[bytes, bytes]:
    said = {
        "model": first.model,
        "model_version": first.model_version,
        "seed": origin.seed,
        "notes": list(origin.notes),
        "units": {"time_h": "h"} | {name: curve.unit for name, curve in first.curves.items()},
        "labels": {name: curve.label for name, curve in first.curves.items()},
        "status": {name: curve.status.value for name, curve in first.curves.items()},
    }
    return {KEY: json.dumps(said, ensure_ascii=False).encode()}


def _tidy(one: Simulated, schema: Any) -> Any:
    curves, rows = list(one.curves.values()), len(one.times_h)
    columns = {
        "id": pa.repeat(one.id, rows * len(curves)),
        "time_h": np.tile(one.times_h, len(curves)),
        "value": np.concatenate([curve.values for curve in curves]),
        "output": _words(list(one.curves), rows),
        "unit": _words([curve.unit for curve in curves], rows),
        "status": _words([curve.status.value for curve in curves], rows),
        "model": _words([one.model] * len(curves), rows),
        "model_version": _words([one.model_version] * len(curves), rows),
    }
    return pa.table(columns, schema=schema)


def _words(words: Sequence[str], rows: int) -> Any:
    """A word for each curve, on each of its rows."""
    known = list(dict.fromkeys(words))
    codes = np.asarray([known.index(word) for word in words], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(np.repeat(codes, rows)), pa.array(known))


def _wide(one: Simulated, first: Simulated, schema: Any) -> Any:
    refuse_other_columns(one, first)
    columns = {"id": [one.id] * len(one.times_h), "time_h": one.times_h}
    columns |= {name: curve.values for name, curve in one.curves.items()}
    return pa.table(columns, schema=schema)


def _write(sink: IO[bytes], schema: Any, tables: Iterable[Any]) -> None:
    with parquet.ParquetWriter(sink, schema) as writer:
        kept: list[Any] = []
        for table in tables:
            kept.append(table)
            if sum(each.num_rows for each in kept) >= ROWS_A_GROUP:
                _flush(writer, kept)
                kept = []
        _flush(writer, kept)


def _flush(writer: Any, tables: Sequence[Any]) -> None:
    if tables:
        writer.write_table(pa.concat_tables(tables))
