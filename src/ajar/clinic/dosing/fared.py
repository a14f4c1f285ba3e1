"""Every forecast against what happened: a read model, and its sums by product and output."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from django.db.models import Count, Sum

from ajar.clinic.dosing.models import ForecastFared
from ajar.clinic.ledger.readmodels import register
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.forecast import ForecastScored, OutputScore
from ajar.pathway.ledger.entry import Entry

NEWEST: Final = 60
"""Rows of single sessions that the page shows."""


class ForecastsFared:
    """Feeds `ForecastFared`."""

    name = "forecasts and what happened"

    def follow(self, entries: Sequence[Entry]) -> None:
        """Take in entries of one patient, just appended, in order."""
        for entry in entries:
            if isinstance(entry.payload, ForecastScored) and entry.encounter_id is not None:
                keep(entry, entry.payload, entry.encounter_id)

    def clear(self) -> None:
        """Forget every score."""
        ForecastFared.objects.all().delete()

    def snapshot(self) -> object:
        """Every row, in a fixed order."""
        return list(ForecastFared.objects.order_by("id").values())


def keep(entry: Entry, scored: ForecastScored, encounter_id: UUID) -> None:
    """One row for each output."""
    site_id = Encounter.objects.values_list("site_id", flat=True).get(pk=encounter_id)
    ForecastFared.objects.bulk_create(
        ForecastFared(
            id=uuid5(entry.id, one.output),
            encounter_id=encounter_id,
            patient_id=entry.patient_id,
            site_id=site_id,
            product=scored.product,
            output=one.output,
            unit=one.unit,
            scale=one.scale,
            model=f"{scored.model} {scored.model_version}",
            scored_at=entry.happened_at,
            as_ordered=scored.as_ordered,
            number=one.number,
            inside_50=one.inside_50,
            inside_90=one.inside_90,
            error_sum=_sum_of(one, one.mean_error),
            score_sum=_sum_of(one, one.interval_score),
        )
        for one in scored.outputs
    )


def _sum_of(one: OutputScore, mean: float | None) -> float:
    return (mean or 0.0) * one.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How one output of one product fared, all sessions together; None where nothing was seen."""

    product: str
    output: str
    unit: str
    scale: str
    sessions: int
    number: int
    inside_50: int
    inside_90: int
    error_sum: float
    score_sum: float

    @property
    def share_50(self) -> float | None:
        """Of what was observed, how much lay inside the 50 % band."""
        return self.inside_50 / self.number if self.number else None

    @property
    def share_90(self) -> float | None:
        """Of what was observed, how much lay inside the 90 % band."""
        return self.inside_90 / self.number if self.number else None

    @property
    def mean_error(self) -> float | None:
        """Observed less expected middle."""
        return self.error_sum / self.number if self.number else None

    @property
    def score(self) -> float | None:
        """The mean weighted interval score."""
        return self.score_sum / self.number if self.number else None


def tallies(viewer: Account) -> list[Tally]:
    """By product and output, over the viewer's sites: doses that were given as ordered."""
    rows = (
        ForecastFared.objects.filter(site__in=viewer.sites.all(), as_ordered=True)
        .order_by("product", "output")
        .values("product", "output", "unit", "scale")
        .annotate(
            sessions=Count("pk"),
            n=Sum("number"),
            n_50=Sum("inside_50"),
            n_90=Sum("inside_90"),
            errors=Sum("error_sum"),
            scores=Sum("score_sum"),
        )
    )
    return [
        Tally(
            product=row["product"],
            output=row["output"],
            unit=row["unit"],
            scale=row["scale"],
            sessions=row["sessions"],
            number=row["n"],
            inside_50=row["n_50"],
            inside_90=row["n_90"],
            error_sum=row["errors"],
            score_sum=row["scores"],
        )
        for row in rows
    ]


def newest(viewer: Account) -> Iterable[ForecastFared]:
    """The sessions scored last, output by output, as far as anything was observed."""
    rows = ForecastFared.objects.select_related("patient").filter(site__in=viewer.sites.all(), number__gt=0)
    return rows[:NEWEST]


def changed_doses(viewer: Account) -> int:
    """How many forecasts were of a dose that was not given as ordered: they are left out of the shares."""
    rows = ForecastFared.objects.filter(site__in=viewer.sites.all(), as_ordered=False)
    return rows.values("encounter_id").distinct().count()


register(ForecastsFared())
