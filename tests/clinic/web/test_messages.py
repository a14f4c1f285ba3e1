"""Translations are gathered from the source and compiled; both files are committed."""

from io import BytesIO

import pytest
from babel.messages.mofile import write_mo

from tools.messages import LANGUAGES, gathered, kept, po_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_source_is_in_the_catalogue(language: str) -> None:
    known = {(message.id, message.context) for message in kept(language)}
    missing = {(message.id, message.context) for message in gathered()} - known
    assert missing == set(), "run `python -m tools.messages update`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_texts_are_those_of_the_catalogue(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, kept(language))
    assert po_path(language).with_suffix(".mo").read_bytes() == compiled.getvalue(), (
        "run `python -m tools.messages compile`"
    )
