"""A number that remembers how it was computed, so that one definition of a model gives its printed equations.

A model's equations are plain functions of its parameter values. Called with written numbers in place of
plain ones they return the same values, and with each the formula it came from:

    volume, flow = Written(10.0, "volume_l"), Written(5.0, "flow_l_h")
    rate = flow / volume
    float(rate), rate.text                          # 0.5, "(flow_l_h / volume_l)"

The four operations and a change of sign are followed. Anything else (a power, an exponential) gives a plain
number, which then stands in a formula as that number.
"""

from typing import Self


class Written(float):
    """A float with the formula that gives it."""

    text: str

    def __new__(cls, value: float, text: str) -> Self:
        """This value, written like this."""
        made = super().__new__(cls, value)
        made.text = text
        return made

    def __neg__(self) -> "Written":
        return Written(-float(self), f"-{self.text}")

    def __add__(self, other: float) -> "Written":
        if float(other) == 0.0:  # a sum starts at zero, which nobody writes
            return self
        return Written(float(self) + float(other), f"({self.text} + {text_of(other)})")

    def __radd__(self, other: float) -> "Written":
        if float(other) == 0.0:
            return self
        return Written(float(other) + float(self), f"({text_of(other)} + {self.text})")

    def __sub__(self, other: float) -> "Written":
        return Written(float(self) - float(other), f"({self.text} - {text_of(other)})")

    def __rsub__(self, other: float) -> "Written":
        return Written(float(other) - float(self), f"({text_of(other)} - {self.text})")

    def __mul__(self, other: float) -> "Written":
        return Written(float(self) * float(other), f"({self.text} * {text_of(other)})")

    def __rmul__(self, other: float) -> "Written":
        return Written(float(other) * float(self), f"({text_of(other)} * {self.text})")

    def __truediv__(self, other: float) -> "Written":
        return Written(float(self) / float(other), f"({self.text} / {text_of(other)})")

    def __rtruediv__(self, other: float) -> "Written":
        return Written(float(other) / float(self), f"({text_of(other)} / {self.text})")


def text_of(number: float) -> str:
    """How a number is written in a formula: as it came about, or every digit of it, without a unit."""
    return number.text if isinstance(number, Written) else f"{float(number)!r} dimensionless"
