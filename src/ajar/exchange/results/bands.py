"""A forecast as a tidy table: one row a quantile of an output at a time."""

from collections.abc import Iterator
from typing import Final

from ajar.pharmacology.forecast import Forecast

COLUMNS: Final = (
    "time_h",
    "output",
    "quantile",
    "value",
    "unit",
    "status",
    "model",
    "model_version",
    "people",
    "seed",
)


def band_lines(forecast: Forecast) -> Iterator[str]:
    """The table as CSV, each line with its end. Every digit is written."""
    yield ",".join(COLUMNS) + "\n"
    origin = f"{forecast.model_id},{forecast.model_version},{forecast.people},{forecast.seed}"
    for name, band in forecast.bands.items():
        times_h = band.times_h.tolist()
        for quantile, values in band.quantiles.items():
            for time_h, value in zip(times_h, values.tolist(), strict=True):
                yield f"{time_h!r},{name},{quantile!r},{value!r},{band.unit},{band.status},{origin}\n"
