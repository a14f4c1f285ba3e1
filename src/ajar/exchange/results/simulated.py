"""What a table of results is made of: somebody's curves by a model, and what the whole table comes from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Self

from ajar.pharmacology.course import Course, Curve
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.published.card import PublishedModel

AS_PUBLISHED: Final = "as published"
"""The version of a published model: it is its paper's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """The curves of one person by one model."""

    id: str
    model: str
    model_version: str
    times_h: FloatArray
    curves: Mapping[str, Curve]

    def __post_init__(self) -> None:
        if not self.curves:
            raise ValueError(f"{self.id} has no curves.")
        for name, curve in self.curves.items():
            if curve.values.shape != self.times_h.shape:
                raise ValueError(
                    f"{name} of {self.id} has {curve.values.shape} values at {self.times_h.shape} times."
                )

    @classmethod
    def course(cls, course: Course, *, identity: str) -> Self:
        """A simulated course, under this ID."""
        return cls(
            id=identity,
            model=course.model_id,
            model_version=course.model_version,
            times_h=course.times_h,
            curves=course.curves,
        )

    @classmethod
    def published(
        cls, model: PublishedModel, seen: Mapping[str, FloatArray], times_h: FloatArray, *, identity: str
    ) -> Self:
        """What a published model gave, under this ID, with its own labels and status."""
        curves = {
            output.name: Curve(
                label=f"{output.analyte.capitalize()}, {output.site}",
                unit="ng/mL",
                status=output.status,
                values=seen[output.name],
            )
            for output in model.outputs
        }
        return cls(id=identity, model=model.name, model_version=AS_PUBLISHED, times_h=times_h, curves=curves)

    def only(self, outputs: Sequence[str]) -> Self:
        """The same with these outputs alone, in this order.

        Raises:
            ValueError: it has no such output; the message lists those it has.
        """
        for name in outputs:
            if name not in self.curves:
                raise ValueError(f"There is no output {name!r}; there are: {', '.join(self.curves)}.")
        return type(self)(
            id=self.id,
            model=self.model,
            model_version=self.model_version,
            times_h=self.times_h,
            curves={name: self.curves[name] for name in outputs},
        )


def first_and_all(many: Iterable[Simulated]) -> tuple[Simulated, Iterator[Simulated]]:
    """The first, which says what the columns are, and all of them in order, the first included.

    Raises:
        ValueError: there is none.
    """
    rest = iter(many)
    first = next(rest, None)
    if first is None:
        raise ValueError("A table of results needs at least one simulated person.")
    return first, chain([first], rest)


def refuse_other_columns(one: Simulated, first: Simulated) -> None:
    """In a table with one column an output, everyone has the same outputs of the same model.

    Raises:
        ValueError: this one has others.
    """
    if list(one.curves) != list(first.curves) or one.model != first.model:
        raise ValueError(
            f"{one.id} by {one.model} has other outputs than {first.id} by {first.model}; "
            "a table with one row a value can hold both."
        )
