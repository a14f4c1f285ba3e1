"""How much of a medicine is taken a day, out of a dose in words: "0.5 mg bid", "2 mg at night prn".

A small reader that understands all of a text or none of it. Every number and every word must have a
place; one that has none ("taper", "weekly", a second strength) makes the daily dose unknown, and somebody
is asked. What is taken when needed, and the upper end of a range, count as if they were always taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ajar.pathway.evaluation.formulary.index import NAMES

NUMBER: Final = r"(\d+(?:\.\d+)?)"
UNIT: Final = r"(?:tablets?|tabs?|capsules?|caps?|pills?)"
MG_OF_UNIT: Final = {"mg": 1.0, "mcg": 0.001, "ug": 0.001, "µg": 0.001, "μg": 0.001, "g": 1000.0}

REWRITTEN: Final[Sequence[tuple[re.Pattern[str], str]]] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"(\d),(\d{1,2})(?!\d)", r"\1.\2"),
        (r"½|\bhalf an?\b|\bhalf\b|(?<!\d)1/2\b", "0.5"),
        (r"\bone\b", "1"),
        (r"\btwo\b", "2"),
        (r"\bthree\b", "3"),
        (r"\bfour\b", "4"),
        (r"\bonce\b", "1 time"),
        (r"\btwice\b", "2 times"),
        (r"\bthrice\b", "3 times"),
        (r"\b([bt]|q)\.\s?i\.\s?d\.?", r"\1id"),
        (r"\bp\.\s?r\.\s?n\.?|\b(?:as|when|if) (?:needed|required)\b", " prn "),
        (rf"{NUMBER} ?mg\b", r"\1 mg"),
        (rf"{NUMBER} ?{UNIT} ?\({NUMBER} mg total\)", r"\2 mg"),
        (rf"(?<![\d.])1 ?{UNIT} ?\({NUMBER} mg\)", r"\1 mg"),
    )
)
"""Other ways to write the same, in the order in which they are made alike."""

RATES: Final[Sequence[tuple[re.Pattern[str], float]]] = tuple(
    (re.compile(pattern), times)
    for pattern, times in (
        (r"\bbid\b", 2.0),
        (r"\btid\b", 3.0),
        (r"\bqid\b", 4.0),
        (r"\b1 times? (?:daily|an? day|per (?:1 )?d(?:ay)?|each day|every day)\b", 1.0),
        (r"\b2 ?(?:times|x) ?(?:daily|an? day|per (?:1 )?d(?:ay)?|each day|every day|/ ?d(?:ay)?)\b", 2.0),
        (r"\b3 ?(?:times|x) ?(?:daily|an? day|per (?:1 )?d(?:ay)?|each day|every day|/ ?d(?:ay)?)\b", 3.0),
        (r"\b4 ?(?:times|x) ?(?:daily|an? day|per (?:1 )?d(?:ay)?|each day|every day|/ ?d(?:ay)?)\b", 4.0),
        (r"\b(?:daily|every day|each day|a day|per day|qd|od)\b|/ ?d(?:ay)?\b", 1.0),
    )
)
EVERY_HOURS: Final = re.compile(
    rf"\b(?:every|q|1 times? per) ?{NUMBER}(?: ?(?:-|–|to) ?\d+)? ?h(?:ours?|rs?)?\b"
)
MOMENTS: Final[Sequence[re.Pattern[str]]] = tuple(
    re.compile(rf"\b(?:(?:in the|every|each|at|before) (?:{named})|{alone})\b")
    for named, alone in (
        ("morning|breakfast", "qam|mornings?"),
        ("noon|midday|lunch", "noon"),
        ("afternoon", "afternoons?"),
        ("evening|dinner|supper", "qpm|evenings?"),
        ("night|bedtime|bed", "nightly|bedtime|qhs|hs"),
    )
)
"""Times of day; "every night at bedtime" is one."""
RANGE: Final = re.compile(rf"{NUMBER} ?(?:mg)? ?(?:-|–|to) ?{NUMBER}(?= ?(?:mg|mcg|{UNIT}))")
AMOUNT: Final = re.compile(rf"{NUMBER} ?(mg|mcg|ug|µg|μg|g|{UNIT})\b")
STRENGTH: Final = re.compile(rf"{NUMBER} ?mg\b(?! ?/ ?(?:ml|actuat|hr|h\b|\d))")
LEFT_OVER: Final = re.compile(r"[a-zµ]+|\d+|[^\sa-z\d]")
WHAT_IS_PASSED_OVER: Final = """
take takes taken by mouth po oral orally sublingual sl dose of with food and a an the up to max maximum prn
for anxiety panic sleep insomnia seizures tablet tablets tab tabs capsule capsules , . ; + &
"""
FILLERS: Final = frozenset(WHAT_IS_PASSED_OVER.split())
UPPER: Final = re.compile(r"\b(?:prn|up to|max|maximum)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyDose:
    """What is taken a day, in mg; `at_most`: where it is taken when needed or in a range."""

    mg: float
    at_most: bool


@lru_cache(maxsize=4096)
def daily_dose(dose_text: str, display: str = "") -> DailyDose | None:
    """The daily dose that a text states; None where it states none that can be read as a whole.

    `display` is the recorded name: a strength in it tells how much a tablet holds.
    """
    text = dose_text.casefold()
    for pattern, replacement in REWRITTEN:
        text = pattern.sub(replacement, text)
    highest = RANGE.sub(lambda found: max(found.groups(), key=float), text)
    amounts = list(AMOUNT.finditer(highest))
    if not amounts or _left_over(highest[: amounts[0].start()]):
        return None
    ends = [*(later.start() for later in amounts[1:]), len(highest)]
    parts = [
        _mg_per_day(amount, highest[amount.end() : end], display)
        for amount, end in zip(amounts, ends, strict=True)
    ]
    known = [mg for mg in parts if mg is not None]
    if len(known) < len(parts):
        return None
    return DailyDose(mg=sum(known), at_most=highest != text or UPPER.search(highest) is not None)


def _mg_per_day(amount: re.Match[str], rest: str, display: str) -> float | None:
    holds_mg = MG_OF_UNIT.get(amount[2]) or _strength_mg(display)
    times = _times_a_day(rest)
    if holds_mg is None or times is None:
        return None
    return float(amount[1]) * holds_mg * times or None


def _strength_mg(display: str) -> float | None:
    """What one tablet of this product holds, where its name says it once."""
    strengths = STRENGTH.findall(display.casefold())
    return float(strengths[0]) if len(strengths) == 1 else None


def _times_a_day(text: str) -> float | None:
    """How often a day; None where that is not said, said twice, or said beside something unknown."""
    left, rates = text, list[float]()
    for hours in EVERY_HOURS.findall(left):
        rates.append(24 / float(hours) if float(hours) else 0.0)
    left = EVERY_HOURS.sub(" ", left)
    moments = 0
    for moment in MOMENTS:
        left, found = moment.subn(" ", left)
        moments += found > 0
    for pattern, times in RATES:
        left, found = pattern.subn(" ", left)
        rates.extend([times] * found)
    if _left_over(left) or len(rates) > 1:
        return None
    rate = rates[0] if rates else float(moments)
    return rate if moments in (0, rate) else None


def _left_over(text: str) -> list[str]:
    """What of a text has no place in a dose."""
    return [piece for piece in LEFT_OVER.findall(text) if piece not in FILLERS and piece not in NAMES]
