"""FHIR R4 data types as far as the chart needs them: codes, dates, references."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from ajar.exchange.fhir.outcome import Leave
from ajar.exchange.fhir.tree import text, tree, trees
from ajar.pathway.patients.facts import CodeSystem, Coding, refuse_future

SYSTEMS: Final[Mapping[str, CodeSystem]] = {
    "http://snomed.info/sct": CodeSystem.SNOMED,
    "http://hl7.org/fhir/sid/icd-10-cm": CodeSystem.ICD_10_CM,
    "http://www.nlm.nih.gov/research/umls/rxnorm": CodeSystem.RXNORM,
    "http://www.whocc.no/atc": CodeSystem.ATC,
    "http://loinc.org": CodeSystem.LOINC,
}
ID: Final = re.compile(r"[A-Za-z0-9\-.]{1,64}", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_PARTIAL: Final = re.compile(r"\d{4}(-\d{2})?", re.ASCII)


def coding(concept: object) -> Coding:
    """A CodeableConcept as the chart keeps it: its first code of a known system, else its text.

    Raises:
        Leave: neither a known code nor any text.
    """
    here = tree(concept)
    said = text(here.get("text"))
    for one in trees(here.get("coding")):
        system, code = SYSTEMS.get(text(one.get("system"))), text(one.get("code"))
        if system and code:
            return Coding(
                system=system,
                code=code,
                display=text(one.get("display")) or said or code,
            )
    displays = [shown for one in trees(here.get("coding")) if (shown := text(one.get("display")))]
    words = said or next(iter(displays), "")
    if not words:
        raise Leave("it has neither a code nor a text")
    return Coding(system=CodeSystem.TEXT, code="", display=words)


def codes(concept: object) -> set[str]:
    """Every code of a CodeableConcept, whatever its system."""
    return {text(one.get("code")) for one in trees(tree(concept).get("coding"))} - {""}


def day(value: object) -> date | None:
    """The day of a date or dateTime; None when absent or known only to the month or year.

    Raises:
        Leave: not a FHIR date, or a day that does not exist.
    """
    written = text(value)
    if not written or _PARTIAL.fullmatch(written):
        return None
    if not (_DAY.fullmatch(written) or _MOMENT.fullmatch(written)):
        raise Leave(f"{written[:40]!r} is not a FHIR date")
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        raise Leave(f"there is no such day as {written[:10]}") from None


def moment(value: object, *, zone: tzinfo) -> datetime | None:
    """The moment of a dateTime; a bare date counts from its beginning in `zone`; None as for `day`.

    Raises:
        Leave: not a FHIR date, or a moment that does not exist.
    """
    found = day(value)
    if found is None:
        return None
    written = text(value)
    if len(written) == len("2026-01-31"):
        return datetime.combine(found, time(), tzinfo=zone)
    whole, _, rest = written.partition(".")
    offset = re.search(r"(Z|[+-]\d{2}:\d{2})$", written)
    fraction = (re.match(r"\d+", rest) or [""])[0][:6].ljust(6, "0")
    seconds = whole[: len("2026-01-31T10:00:00")]
    try:
        stated = datetime.fromisoformat(f"{seconds}.{fraction}{offset[0] if offset else 'Z'}")
        return stated.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Leave(f"there is no such moment as {written[:40]}") from None


def happened_at(*candidates: object, zone: tzinfo, now: datetime) -> datetime:
    """The first moment that is known, else `now`: known as of the import.

    Raises:
        Leave: the moment lies in the future.
    """
    known = [found for one in candidates if (found := moment(one, zone=zone))]
    when = next(iter(known), now)
    try:
        refuse_future("its time", when, now=now)
    except ValueError:
        raise Leave(f"it is dated in the future ({when:%Y-%m-%d})") from None
    return when


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The names under which a bundle speaks of its one patient."""

    names: frozenset[str]

    def refuse_other(self, reference: object) -> None:
        """Leave a resource that is not about this patient.

        Raises:
            Leave: it names no one, or someone else.
        """
        written = text(tree(reference).get("reference")).partition("/_history/")[0]
        if not written:
            raise Leave("it does not say whose it is")
        short = "/".join(written.split("/")[-2:])
        if written not in self.names and not (written.startswith("http") and short in self.names):
            raise Leave("it is about another patient")
