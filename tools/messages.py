"""Gathers the texts of the clinic for translation, and compiles the translations. Needs no gettext programs.

    python -m tools.messages update     texts of the source into every locale/*/LC_MESSAGES/django.po
    python -m tools.messages compile    every .po into the .mo that Django reads (both are committed)

Translations already in a .po are kept; texts that the source no longer has are dropped from it.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_javascript
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "ajar"
LOCALES: Final = SOURCE / "clinic" / "locale"
LANGUAGES: Final = ("es",)
STARTED_AT: Final = datetime(2026, 11, 23, tzinfo=UTC)
"""Stands still, so that a run without new texts changes nothing."""
KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Extracted = tuple[int, str | tuple[str, ...], list[str], str | None]


def extract_template(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Extracted]:
    """Texts of one template: Django rewrites its tags as calls, which babel can read."""
    source = templatize(fileobj.read().decode())
    yield from extract_javascript(BytesIO(source.encode()), keywords, comment_tags, options)


def gathered() -> Catalog:
    """Every text of the source, with the file it stands in."""
    catalog = Catalog(charset="utf-8", creation_date=STARTED_AT)
    methods = [("**.py", "python"), ("**/templates/**.html", "tools.messages:extract_template")]
    found = extract_from_dir(SOURCE, method_map=methods, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, _line, message, comments, context in found:
        catalog.add(message, locations=[(f"src/ajar/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def po_path(language: str) -> Path:
    """Where a language's texts are kept."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def kept(language: str) -> Catalog:
    """The translations as they are committed; empty for a new language."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False, charset="utf-8", creation_date=STARTED_AT)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Bring a language's file up to the source."""
    catalog = kept(language)
    catalog.update(gathered(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = (
        f"# The texts of Ajar in '{language}'; `make messages` brings this file up to the source."
    )
    catalog.project = "Ajar"
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, sort_output=True, omit_header=False)


def compile_texts(language: str) -> None:
    """Write the file that Django reads."""
    with po_path(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, kept(language))


def untranslated(language: str) -> list[str]:
    """Texts of the source that the language still lacks."""
    catalog = kept(language)
    missing = []
    for message in gathered():
        if not message.id:
            continue
        known = catalog.get(message.id[0] if isinstance(message.id, tuple) else message.id, message.context)
        if known is None or not known.string or not all(_forms(known.string)):
            missing.append(str(message.id))
    return missing


def _forms(text: Any) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def main(arguments: list[str]) -> int:
    """`update` or `compile`; anything else explains itself."""
    settings.configure(USE_I18N=False)
    django.setup()
    work = {"update": update, "compile": compile_texts}.get(arguments[0] if arguments else "")
    if work is None:
        sys.stderr.write("Expected 'update' or 'compile'.\n")
        return 2
    for language in LANGUAGES:
        work(language)
        sys.stdout.write(f"{language}: {len(untranslated(language))} texts are not translated.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
