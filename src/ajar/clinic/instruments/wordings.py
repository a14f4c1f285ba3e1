"""A clinic's own texts of licensed instruments, read from its wording folder (pathway.instruments.supplied).

One JSON file each, `<instrument>.<language>.json`, in `wording/` under the data directory. A file that does
not fit is never used; the page says why, so that whoever put it there can mend it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ajar.pathway.instruments.answers import TextFrom
from ajar.pathway.instruments.instrument import Instrument, Wording
from ajar.pathway.instruments.supplied import (
    SuppliedItem,
    SuppliedWording,
    WordingRefused,
    supplied_wording,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormText:
    """What a form shows of an instrument: its own text, the clinic's, or item numbers alone.

    `problem` says why the clinic's file could not be used; "" where nothing is wrong.
    """

    text_from: TextFrom
    language: str
    stem: str
    items: tuple[SuppliedItem, ...]
    attribution: str
    permission: str
    problem: str = ""


def form_text(instrument: Instrument, *, language: str) -> FormText:
    """The text for staff to read out or copy from, in `language` (BCP 47) or else in English."""
    if instrument.wordings:
        return _shipped(instrument, instrument.wording(language))
    try:
        supplied = clinic_wording(instrument, language=language)
    except WordingRefused as refused:
        return _numbers(instrument, problem=str(refused))
    return _supplied(supplied) if supplied else _numbers(instrument)


def clinic_wording(instrument: Instrument, *, language: str) -> SuppliedWording | None:
    """The clinic's own text, or None where it put none in.

    Raises:
        WordingRefused: there is a file, and it cannot be used.
    """
    for tongue in dict.fromkeys((language.split("-")[0].lower(), "en")):
        path = wording_folder() / f"{instrument.id}.{tongue}.json"
        if path.is_file():
            return supplied_wording(instrument, _read(path))
    return None


def wording_folder() -> Path:
    """Where a clinic puts its texts."""
    return Path(settings.DATA_DIR) / "wording"


def _read(path: Path) -> Mapping[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as failed:
        raise WordingRefused(f"{path.name} cannot be read as JSON: {failed}.") from None
    if not isinstance(found, dict):
        raise WordingRefused(f"{path.name}: expected an object.")
    return found


def _shipped(instrument: Instrument, wording: Wording) -> FormText:
    return FormText(
        text_from=TextFrom.SHIPPED,
        language=wording.language,
        stem=wording.stem,
        items=tuple(SuppliedItem(words=words, options=wording.options) for words in wording.items),
        attribution=wording.attribution,
        permission=instrument.licence.words,
    )


def _supplied(wording: SuppliedWording) -> FormText:
    return FormText(
        text_from=TextFrom.CLINIC,
        language=wording.language,
        stem=wording.stem,
        items=wording.items,
        attribution=wording.attribution,
        permission=wording.permission,
    )


def _numbers(instrument: Instrument, *, problem: str = "") -> FormText:
    return FormText(
        text_from=TextFrom.ELSEWHERE,
        language="en",
        stem="",
        items=tuple(SuppliedItem(words="", options=()) for _item in instrument.items),
        attribution="",
        permission=instrument.licence.words,
        problem=problem,
    )
