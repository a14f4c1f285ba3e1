"""`ajar fit`: what an event table of one person says about them, at a terminal, in words or as JSON."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from ajar.exchange.event_tables.subjects import Censoring, Observation, Subject
from ajar.pharmacology.fit.posterior import Posterior, Told, posterior_of
from ajar.pharmacology.fit.records import LEVELS, SCORES, History, Kind, Record
from ajar.pharmacology.u1.model import Circumstances
from ajar.pharmacology.u1.slow_table import PHQ9_OFFSET, PHQ9_PER_MADRS, PLACEBO_SHARE, RESPONSE_E
from ajar.pharmacology.u1.symptoms import Symptoms
from ajar.workbench.next_session import next_session, next_session_words
from ajar.workbench.subjects import subject_in

FITTED: Final = 0
REFUSED: Final = 1


def fit(arguments: Namespace) -> int:
    """Print the posterior of one subject of an event table; 1 and a reason where that cannot be.

    `arguments` has `table`, `id` (empty: the table's only subject), `madrs` (None: as the table says),
    `assay_cv` and `json`.
    """
    try:
        subject = subject_in(Path(arguments.table), arguments.id)
        found = posterior_of(history_of(subject, madrs=arguments.madrs, assay_cv=arguments.assay_cv))
        again = arguments.again_after
        coming = None if again is None else next_session(found, after_days=again)
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return REFUSED
    if arguments.json:
        told = summary(subject.id, found) | ({"next_session": coming} if coming else {})
        sys.stdout.write(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    else:
        ahead = ["", *next_session_words(coming)] if coming else []
        sys.stdout.write("\n".join([*_words(subject.id, found), *ahead]) + "\n")
    return FITTED


def history_of(subject: Subject, *, madrs: float | None, assay_cv: float) -> History:
    """A subject of a table as a history; `madrs` is that before the first dose, None to read it there.

    A MADRS in the table at or before the first dose is that baseline; where there is none, a PHQ-9 is, by the
    line of pharmacology.md 4.3 the other way round.

    Raises:
        ValueError: no dose, an output a fit does not know, or a value that cannot be.
    """
    if subject.regimen is None:
        raise ValueError(f"Subject {subject.id} was given no dose.")
    records = [_record(subject.id, seen, assay_cv) for seen in subject.observations if seen.value is not None]
    baseline = madrs if madrs is not None else _baseline(records, subject.regimen.sessions[0].start_h)
    if baseline is None:
        return History(person=subject.person, regimen=subject.regimen, records=tuple(records))
    symptoms = Symptoms(
        madrs_baseline=baseline,
        response_e=RESPONSE_E.value,
        placebo_share=PLACEBO_SHARE.value,
        stress=0.0,
    )
    first_h = subject.regimen.sessions[0].start_h
    later = tuple(record for record in records if record.kind not in SCORES or record.time_h > first_h)
    return History(
        person=subject.person,
        regimen=subject.regimen,
        records=later,
        circumstances=Circumstances(symptoms=symptoms),
    )


def _record(identity: str, seen: Observation, assay_cv: float) -> Record:
    where = f"Subject {identity}, {seen.output} at {seen.time_h:g} h"
    if seen.output not in list(Kind):
        raise ValueError(f"{where}: a fit knows {', '.join(Kind)}.")
    if seen.censoring is Censoring.ABOVE or seen.lowest is not None:
        raise ValueError(f"{where}: a fit knows values, and levels below a limit (CENS 1 without LIMIT).")
    kind = Kind(seen.output)
    try:
        return Record(
            kind=kind,
            time_h=seen.time_h,
            value=seen.value if seen.value is not None else 0.0,
            below=seen.censoring is Censoring.BELOW,
            assay_cv=assay_cv if kind in LEVELS else 0.0,
        )
    except ValueError as problem:
        raise ValueError(f"{where}: {problem}") from None


def _baseline(records: list[Record], first_h: float) -> float | None:
    before = {record.kind: record.value for record in records if record.time_h <= first_h}
    if Kind.MADRS in before:
        return before[Kind.MADRS]
    if Kind.PHQ9 in before:
        return (before[Kind.PHQ9] - PHQ9_OFFSET.value) / PHQ9_PER_MADRS.value
    return None


def summary(identity: str, found: Posterior) -> dict[str, Any]:
    """A posterior as JSON; its keys are those of `Told`."""
    symptoms = found.history.circumstances.symptoms
    return {
        "model_id": found.model_id,
        "model_version": found.model_version,
        "subject": identity,
        "records": len(found.history.records),
        "madrs_baseline": symptoms.madrs_baseline if symptoms else None,
        "parameters": [asdict(one) for one in found.estimates],
        "not_informed": [asdict(one) for one in found.untold],
        "search": {"steps": found.mode.steps, "gradient": found.mode.gradient},
        "notes": list(found.notes),
    }


HEADING: Final = ("parameter", "median", "90 % from", "to", "informed", "unit")


def _words(identity: str, found: Posterior) -> list[str]:
    rows = [HEADING, *(_row(one) for one in found.estimates)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADING))]
    table = [_line(row, widths) for row in rows]
    untold = [f"  {one.label}: {one.because}." for one in found.untold]
    return [
        f"Subject {identity}",
        "",
        *table,
        "",
        "Not informed:",
        *untold,
        "",
        *found.notes,
    ]


def _row(one: Told) -> tuple[str, ...]:
    informed = f"{100.0 * max(one.informed_share, 0.0):.0f} %"
    return (one.label, f"{one.median:.3g}", f"{one.low:.3g}", f"{one.high:.3g}", informed, one.unit)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Words to the left and numbers to the right."""
    first, *numbers, unit = row
    cells = [cell.rjust(width) for cell, width in zip(numbers, widths[1:-1], strict=True)]
    return "  ".join([first.ljust(widths[0]), *cells, unit]).rstrip()
