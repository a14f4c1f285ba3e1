"""Names that a misspelling may have meant. A suggestion is a question to a person, never a match.

Two words are alike when few letters are missing, added, changed or swapped (optimal string alignment).
Looked up by the words that remain when letters are left out, so that a list of names costs no search.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from ajar.pathway.evaluation.formulary.index import NAMES
from ajar.pathway.evaluation.formulary.words import PLAIN

LEAST_LETTERS: Final = 4  # design default: a shorter word is like too many names
TWO_EDITS_FROM: Final = 7  # design default: letters from which two edits may still be the same word
MOST: Final = 3  # design default: suggestions that one person can weigh


def edits_allowed(word: str) -> int:
    """How many edits two words of about this length may differ by; 0: none is suggested."""
    if len(word) < LEAST_LETTERS:
        return 0
    return 2 if len(word) >= TWO_EDITS_FROM else 1


def edits_between(one: str, other: str) -> int:
    """How many letters must be added, left out, changed or swapped with their neighbour."""
    before, row = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, row, above = row, [i], before
        for j, against in enumerate(other, start=1):
            changed = before[j - 1] + (letter != against)
            best = min(changed, before[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, above[j - 2] + 1)
            row.append(best)
    return row[-1]


@lru_cache(maxsize=4096)
def names_like(word: str) -> tuple[str, ...]:
    """The known names nearest to a word that is not one, the nearest first; at most three."""
    allowed = edits_allowed(word)
    if not allowed or word in PLAIN:
        return ()
    index = _by_remains()
    near = {name for remains in _remains({word}, allowed) for name in index.get(remains, ())}
    ranked = sorted((edits_between(word, name), name) for name in near)
    return tuple(name for edits, name in ranked if edits <= allowed)[:MOST]


@cache
def _by_remains() -> Mapping[str, tuple[str, ...]]:
    """Names by every word that is left of them when the allowed number of letters is left out."""
    found: dict[str, list[str]] = {}
    for name in sorted(name for name in NAMES if " " not in name):
        for remains in _remains({name}, edits_allowed(name)):
            found.setdefault(remains, []).append(name)
    return {remains: tuple(names) for remains, names in found.items()}


def _remains(words: Iterable[str], letters: int) -> set[str]:
    """The words, and what is left of each when up to so many letters are left out."""
    left = set(words)
    for _ in range(letters):
        left |= {word[:at] + word[at + 1 :] for word in left for at in range(len(word))}
    return left
