"""The published models side by side: what each expects, how far they lie apart, why the rest do not apply."""

from dataclasses import dataclass
from typing import Final

from ajar.pharmacology.ensemble import Ensemble, Member, SummaryRow
from ajar.pharmacology.models import MODELS
from ajar.pharmacology.published.plasma import Analyte
from ajar.pharmacology.u1.parameters import MODEL_ID

PARENTS: Final = (Analyte.KETAMINE, Analyte.ESKETAMINE)
"""What was given, as laboratories measure it."""

SHOWN: Final = (*PARENTS, Analyte.ARKETAMINE, Analyte.NORKETAMINE)
"""And its other half, and its first product; later ones differ several-fold between papers and stay out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """The peak that one model expects of the typical person."""

    name: str
    measured: str
    peak_ng_ml: float
    at_min: float
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """How far models that may be compared lie apart."""

    measured: str
    models: int
    lowest_ng_ml: float
    highest_ng_ml: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """Where a model comes from and what to know when it is used here."""

    name: str
    source: str
    population: str
    people: int | None
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsTold:
    """Everything the page says about models. `declined` has (name, reasons)."""

    rows: tuple[ModelRow, ...]
    apart: tuple[Apart, ...]
    cards: tuple[ModelCard, ...]
    declined: tuple[tuple[str, tuple[str, ...]], ...]


def models_told(seen: Ensemble) -> ModelsTold:
    """The ensemble in words and plain numbers."""
    return ModelsTold(
        rows=tuple(_row(one) for one in seen.summary() if one.analyte in SHOWN),
        apart=tuple(
            Apart(
                measured=f"{group.analyte}, {group.site}",
                models=len(group.spread.models),
                lowest_ng_ml=group.spread.lowest_peak_ng_ml,
                highest_ng_ml=group.spread.highest_peak_ng_ml,
            )
            for group in seen.groups
            if group.spread is not None and group.analyte in PARENTS
        ),
        cards=tuple(_card(member) for member in seen.members),
        declined=tuple((readable(one.model), one.because) for one in seen.declined),
    )


def readable(name: str) -> str:
    """A model's name as papers are cited: "Perez Ruixo 2021", or Ajar's own."""
    return f"Ajar {MODEL_ID.upper()}" if name == MODEL_ID else name.replace("_", " ").title()


def _row(one: SummaryRow) -> ModelRow:
    return ModelRow(
        name=readable(one.model),
        measured=f"{one.analyte}, {one.site}",
        peak_ng_ml=one.cmax_ng_ml,
        at_min=one.tmax_h * 60.0,
        counted=one.counted,
    )


def _card(member: Member) -> ModelCard:
    published = MODELS.get(member.model)
    return ModelCard(
        name=readable(member.model),
        source=member.source,
        population=published.source.population if published else "",
        people=published.source.people if published else None,
        limits=(*member.cautions, *member.known_problems, *(published.not_offered if published else ())),
    )
