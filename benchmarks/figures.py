"""Quantiles in words."""

from collections.abc import Sequence
from statistics import quantiles


def spread_ms(seconds: Sequence[float]) -> str:
    """Median, 99th percentile and maximum in milliseconds, with the count."""
    if len(seconds) < 2:
        return f"{len(seconds)} measured, too few to say"
    cuts = quantiles(seconds, n=100)
    return (
        f"p50 {cuts[49] * 1000:6.1f} ms   p99 {cuts[98] * 1000:6.1f} ms   "
        f"max {max(seconds) * 1000:6.1f} ms   n {len(seconds)}"
    )
