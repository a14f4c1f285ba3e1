"""Consent texts: complete, in two languages, and never changed without a new version."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ajar.pathway.consent.documents import ELEMENT_IDS, SOURCES, ConsentDocument, Element, UnknownDocument
from ajar.pathway.consent.library import (
    ALL_VERSIONS,
    current_document,
    current_documents,
    document_for,
    signed_version,
)
from ajar.pathway.evaluation.products import Product

DIGESTS = {
    ("ketamine-iv", "2026-11", "en"): "9fa28ffe14977d00877551963ae42e29af0c9d3333ba17afe55d29c8a5ae2bc8",
    ("ketamine-iv", "2026-11", "es"): "2c60cde585b6ea32846b4097b5f9a7b6ca1a43851b1e46c6fc3d83ea5705aea2",
    ("esketamine-nasal", "2026-11", "en"): "c509212da05ad0515bb7b14b3d71e5a9b18b8481c9a9fbe4905041fb15672f50",
    ("esketamine-nasal", "2026-11", "es"): "c08d21dddf015403f69c7a43b861bc3d12f3ae3049e74e2e0aa65058e478a984",
}
"""What people have signed. A changed word changes a digest: write a new version, never edit an old one."""


def test_a_text_once_published_never_changes() -> None:
    assert {
        (document.id, document.version, language): document.digest(language)
        for document in ALL_VERSIONS
        for language in document.languages
    } == DIGESTS


@pytest.mark.parametrize("document", current_documents(), ids=lambda document: document.id)
def test_every_document_speaks_english_and_spanish_and_covers_every_element(
    document: ConsentDocument,
) -> None:
    assert document.languages == ("en", "es")
    for text in document.texts:
        assert tuple(element.id for element in text.elements) == ELEMENT_IDS
    assert set(SOURCES) == set(ELEMENT_IDS)


def test_every_product_has_its_own_consent() -> None:
    assert {document_for(product).product for product in Product} == set(Product)


def test_a_text_that_leaves_out_an_element_is_refused() -> None:
    text = current_document("ketamine-iv").text("en")
    with pytest.raises(ValueError, match="CON-1 to CON-12 in order"):
        replace(text, elements=text.elements[1:])


@pytest.mark.parametrize(("heading", "text"), [(" ", "words"), ("words", "")])
def test_an_element_without_words_is_refused(heading: str, text: str) -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        Element(id="CON-1", heading=heading, text=text)


def test_one_changed_word_changes_the_digest() -> None:
    document = current_document("ketamine-iv")
    english = document.text("en")
    changed = replace(document, texts=(replace(english, opening="Please read."), document.text("es")))
    assert changed.digest("en") != document.digest("en")
    assert changed.digest("es") == document.digest("es")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: current_document("home-lozenge"),
        lambda: document_for("ketamine_po"),
        lambda: signed_version("ketamine-iv", "1999"),
        lambda: current_document("ketamine-iv").text("fr"),
    ],
)
def test_what_is_not_on_file_is_refused_in_words(ask: Callable[[], object]) -> None:
    with pytest.raises(UnknownDocument):
        ask()


def test_an_old_version_stays_readable() -> None:
    document = current_document("esketamine-nasal")
    assert signed_version(document.id, document.version) is document
