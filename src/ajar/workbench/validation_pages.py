"""A page of the validation report: the numbers of one subject beside what the models give."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ajar.pharmacology.calibration.datum import Datum, Use
from ajar.pharmacology.calibration.tables import TABLES
from ajar.pharmacology.validation.compare import (
    Comparison,
    Verdict,
    counts,
    in_words,
    model_label,
)
from ajar.pharmacology.validation.trials import PHASE_3, SINGLE_DOSE

NOTICE: Final = "<!-- Written by `ajar validate`. Change the models or the tables, not this page. -->"

FIGURES: Final = {
    "intravenous": (("kamp.svg", "S- and R-ketamine in arterial plasma: measured, and by U1."),),
    "nasal": (("nasal.svg", "Esketamine in venous plasma after 84 mg in the nose, by each model."),),
    "outcomes": (("daly.svg", "Change of MADRS in Daly 2018, measured with its 95 % CI, and by U1."),),
}
"""The figures of a page: file and caption."""

_TYPICAL: Final = "Each model answers for a typical person of the weight that the study gives, or 70 kg."

HOW: Final = {
    "intravenous": _TYPICAL,
    "injection": "U1 answers for a person of 70 kg. Nothing here was read again, so nothing is judged.",
    "mouth": _TYPICAL,
    "oral": _TYPICAL,
    "nasal": "Each model answers for a typical person of 74 kg and 45 years who is not Asian.",
    "acute": """\
Means, shares and correlations are of a seeded population around one person. What the drug does is
compared with what the drug did: U1 says nothing of dissociation or pressure without it.""",
    "outcomes": f"""\
A trial's arm is drug, placebo, expectancy, care and chance together. U1's arm is a drug term,
scaled by E_scale ({SINGLE_DOSE.value:g} as in single-dose trials, {PHASE_3.value:g} as in phase 3
on day 28), and a placebo term set to the outpatients of Daly 2018. Functional unblinding, hospital
care and a new antidepressant are not in it. Where the control did much better than that term, the
change on the drug and the change on the control are both off, and their difference is what may be
compared. The body is typical; people differ in their response E, their placebo share and the noise
of the scale.""",
}
"""How the numbers of a page were computed, and what that leaves out."""

Rows = Sequence[tuple[Datum, tuple[Comparison, ...]]]


def subject_page(name: str, rows: Rows) -> str:
    """One page, whole."""
    comparisons = [each for _, found in rows for each in found]
    figures = [f"![{caption}]({file})\n\n*{caption}*" for file, caption in FIGURES.get(name, ())]
    return page(
        TABLES[name],
        f"{HOW[name]} [All pages](README.md).",
        tally(comparisons),
        *targets(comparisons),
        *figures,
        "## Every number",
        table(HEAD, (line(each) for each in comparisons)),
        *_not_compared(rows),
    )


def tally(comparisons: Sequence[Comparison]) -> str:
    """How many of the judged comparisons lie inside, model by model."""
    lines = [
        f"- **{model_label(model)}**: {inside} of {judged} inside"
        for model, (judged, inside) in counts(comparisons).items()
    ]
    return "\n".join(lines) if lines else "Nothing here is judged."


TARGET: Final = re.compile(r"target (T\d+) of ")
NOT_COMPUTED: Final = """\
Not computed: T1 (its numbers are recalled, and shown below), T9, T11, T12, T13 and T15 (relapse as an
event, an active comparator, missing scores, a tablet that U1 has not: see the end of the page)."""


def targets(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """The targets that the knowledge base sets (evidence.md 2.13), and how many of their numbers are met."""
    met: dict[str, list[bool]] = {}
    for each in comparisons:
        named = TARGET.search(each.against)
        if named:
            met.setdefault(named.group(1), []).append(each.verdict is Verdict.INSIDE)
    if not met:
        return ()
    lines = (
        (name, f"{sum(met[name])} of {len(met[name])}", "yes" if all(met[name]) else "**no**")
        for name in sorted(met, key=lambda name: int(name[1:]))
    )
    return ("## Targets of evidence.md 2.13", table(("Target", "Inside", "Met"), lines), NOT_COMPUTED)


HEAD: Final = ("Study and dose", "Quantity", "Observed", "Model", "It gives", "Error", "In words", "Source")


def line(comparison: Comparison) -> tuple[str, ...]:
    """One comparison as cells."""
    datum = comparison.datum
    return (
        f"{datum.study}; {datum.product}, {datum.dose}{f'; n {datum.people}' if datum.people else ''}",
        _quantity(datum),
        f"{_observed(datum)} {unit(datum)}".rstrip(),
        f"{model_label(comparison.model)}; {_who(comparison)}{comparison.assumed}",
        shown(comparison.value),
        _error(comparison),
        in_words(comparison),
        f"{datum.source} [{datum.tag.name}]{_note(datum)}",
    )


def _who(comparison: Comparison) -> str:
    return "" if comparison.people is None else f"{comparison.people} people; "


def _note(datum: Datum) -> str:
    """The note, unless the words of the verdict are the note already."""
    said = datum.use is Use.SHOWN and datum.tag.verified
    return f"; {datum.note}" if datum.note and not said else ""


def _quantity(datum: Datum) -> str:
    when = "" if datum.time_h is None else f", at {datum.time_h:.3g} h"
    return f"{datum.quantity}{f', {datum.site}' if datum.site else ''}{when}"


def _observed(datum: Datum) -> str:
    bounds = datum.bounds()
    return shown(datum.value) + (f" ({shown(bounds[0])} to {shown(bounds[1])})" if bounds else "")


def unit(datum: Datum) -> str:
    """The unit as people write it."""
    return {"1": "", "{score}": "points", "mm[Hg]": "mmHg", "{SD}": "SD"}.get(datum.unit, datum.unit)


def _error(comparison: Comparison) -> str:
    ratio = "" if comparison.ratio is None else f"x {comparison.ratio:.2f}, "
    return f"{ratio}{'+' if comparison.difference > 0 else ''}{shown(comparison.difference)}"


def shown(value: float) -> str:
    """Three significant digits, without an exponent."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _not_compared(rows: Rows) -> tuple[str, ...]:
    left = [datum for datum, _ in rows if datum.use is Use.NOT_COMPARED]
    if not left:
        return ()
    lines = (
        (
            f"{datum.study}; {datum.product}, {datum.dose}",
            datum.quantity,
            f"{_observed(datum)} {unit(datum)}".rstrip(),
            datum.note,
            f"{datum.source} [{datum.tag.name}]",
        )
        for datum in left
    )
    head = ("Study and dose", "Quantity", "Observed", "Why not", "Source")
    return ("## Not compared", table(head, lines))


def off(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Those judged and not inside."""
    return [each for each in comparisons if each.judged and each.verdict is not Verdict.INSIDE]


def page(title: str, *parts: str) -> str:
    """A whole page: the notice, the title, its parts."""
    return "\n\n".join([NOTICE, f"# {title}", *parts]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
