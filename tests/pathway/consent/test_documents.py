"""Consent texts: complete, in two languages, and never changed without a new version."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from ajar.pathway.consent.checklist import CHECKLIST, is_off_label, stress_of
from ajar.pathway.consent.documents import ELEMENT_IDS, SOURCES, ConsentDocument, Element, UnknownDocument
from ajar.pathway.consent.library import (
    ALL_VERSIONS,
    current_document,
    current_documents,
    document_for,
    signed_version,
)
from ajar.pathway.evaluation.products import BY_MOUTH, INJECTED, Indication, Product

DIGESTS = {
    ("ketamine-iv", "2026-11", "en"): "9fa28ffe14977d00877551963ae42e29af0c9d3333ba17afe55d29c8a5ae2bc8",
    ("ketamine-iv", "2026-11", "es"): "2c60cde585b6ea32846b4097b5f9a7b6ca1a43851b1e46c6fc3d83ea5705aea2",
    ("esketamine-nasal", "2026-11", "en"): "c509212da05ad0515bb7b14b3d71e5a9b18b8481c9a9fbe4905041fb15672f50",
    ("esketamine-nasal", "2026-11", "es"): "c08d21dddf015403f69c7a43b861bc3d12f3ae3049e74e2e0aa65058e478a984",
    ("ketamine-im", "2026-11", "en"): "0445aff5c2d257caa474862eceb99acdec5aeacc1953a7dad6cf3ee026b32bb8",
    ("ketamine-im", "2026-11", "es"): "b1a4af8dc43bbf8e4e7ba0f5f17518140917a81c22e382e687d040cf46424927",
    ("ketamine-sc", "2026-11", "en"): "716cb0565f6de7d41d2926e90fbe3fb20e3e822ea928eed5bd50f44a3ad2c67f",
    ("ketamine-sc", "2026-11", "es"): "12e4cbdb60d7fdfc2d48d3a1edc53f7ba1e80984a8fa65e3d8233a4f3cd84017",
    (
        "ketamine-lozenge-clinic",
        "2026-11",
        "en",
    ): "0d71bffc84bd5bcca7f42d4fbfa556ac129e692df89cae201a48c15175662a9d",
    (
        "ketamine-lozenge-clinic",
        "2026-11",
        "es",
    ): "aee8b1fe99edf5a66c258e31379af67811c559249758038c04a22cb12f968b32",
    (
        "ketamine-lozenge-home",
        "2026-11",
        "en",
    ): "7cbcb750185e5e09ed4f3701b8e399be9bbf25e50d2237c2e15f693cb22c6510",
    (
        "ketamine-lozenge-home",
        "2026-11",
        "es",
    ): "54d290007703a2f662722bccdc428205ce08d9332ec9351052af22e6afc52fe5",
    (
        "ketamine-swallowed",
        "2026-11",
        "en",
    ): "62daf9b6612942c8b3ddde4485c682cfc1e6eaf0854fcc7c233c72085cf25c4e",
    (
        "ketamine-swallowed",
        "2026-11",
        "es",
    ): "cc30f4a863aa7ba08054d3b56765d2579a1c52f31b7e187fa4cc734e600bcc42",
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
    with pytest.raises(
        ValueError, match=r"^A consent text covers CON-1 to CON-12 in order, got CON-2, CON-1\.$"
    ):
        replace(text, elements=(text.elements[1], text.elements[0]))


@pytest.mark.parametrize(("heading", "text", "empty"), [(" ", "words", "heading"), ("words", "", "text")])
def test_an_element_without_words_is_refused(heading: str, text: str, empty: str) -> None:
    with pytest.raises(ValueError, match=rf"^{empty} must not be empty\.$"):
        Element(id="CON-1", heading=heading, text=text)


def test_one_changed_word_changes_the_digest() -> None:
    document = current_document("ketamine-iv")
    english = document.text("en")
    changed = replace(document, texts=(replace(english, opening="Please read."), document.text("es")))
    assert changed.digest("en") != document.digest("en")
    assert changed.digest("es") == document.digest("es")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            lambda: current_document("home-lozenge"),
            "There is no consent document 'home-lozenge'; expected one of ketamine-iv, esketamine-nasal, "
            "ketamine-im, ketamine-sc, ketamine-lozenge-clinic, ketamine-lozenge-home, ketamine-swallowed.",
        ),
        (
            lambda: document_for("ketamine_rectal"),
            "There is no consent document for 'ketamine_rectal'; it cannot be given without one.",
        ),
        (
            lambda: signed_version("ketamine-iv", "1999"),
            "Version '1999' of consent 'ketamine-iv' is not on file.",
        ),
        (
            lambda: current_document("ketamine-iv").text("fr"),
            "Consent 'ketamine-iv' is written in en, es, not in 'fr'.",
        ),
    ],
)
def test_what_is_not_on_file_is_refused_in_words(ask: Callable[[], object], words: str) -> None:
    with pytest.raises(UnknownDocument, match=f"^{re.escape(words)}$"):
        ask()


def words(product: Product, element_id: str, language: str = "en") -> str:
    text = document_for(product).text(language)
    return next(element.text for element in text.elements if element.id == element_id)


@pytest.mark.parametrize("product", sorted(INJECTED - {Product.KETAMINE_IV}))
def test_an_injection_says_that_it_cannot_be_stopped(product: Product) -> None:
    assert "cannot be stopped" in words(product, "CON-8")
    assert "no se puede detener" in words(product, "CON-8", "es")
    assert "An infusion can be stopped at once" in words(Product.KETAMINE_IV, "CON-8")


@pytest.mark.parametrize("product", sorted(BY_MOUTH))
def test_what_is_taken_by_mouth_says_that_nobody_reviewed_it_and_what_home_adds(product: Product) -> None:
    assert "The FDA has not reviewed compounded ketamine" in words(product, "CON-10")
    assert "adds risk" in words(product, "CON-10")
    assert "FDA no ha evaluado" in words(product, "CON-10", "es")


@pytest.mark.parametrize(
    ("product", "stay", "estancia"),
    [
        (Product.ESKETAMINE_IN, "at least two hours after the last spray", "al menos dos horas"),
        (Product.KETAMINE_IV, "at least 60 minutes after the infusion ends", "al menos 60 minutos"),
        (Product.KETAMINE_IM, "at least 90 minutes after the injection", "al menos 90 minutos"),
        (Product.KETAMINE_SC, "at least 90 minutes after the injection", "al menos 90 minutos"),
        (Product.KETAMINE_SL_CLINIC, "at least two hours after the dose", "al menos dos horas"),
        (Product.KETAMINE_PO, "at least two hours after the dose", "al menos dos horas"),
        (Product.KETAMINE_SL_HOME, "three to four hours", "tres a cuatro horas"),
    ],
)
def test_every_text_says_how_long_one_stays(product: Product, stay: str, estancia: str) -> None:
    assert stay in words(product, "CON-2")
    assert estancia in words(product, "CON-2", "es")


@pytest.mark.parametrize("product", sorted(Product))
def test_no_text_is_left_with_a_gap_or_the_words_of_another_route(product: Product) -> None:
    for text in document_for(product).texts:
        everything = " ".join((text.patient_statement, text.title, *(e.text for e in text.elements)))
        assert "{" not in everything
        assert "  " not in everything


@pytest.mark.parametrize(
    ("product", "indication", "off_label"),
    [
        (Product.ESKETAMINE_IN, Indication.TRD, False),
        (Product.ESKETAMINE_IN, Indication.MDSI, False),
        (Product.ESKETAMINE_IN, Indication.PTSD, True),
        (Product.ESKETAMINE_IN, None, True),
        (Product.KETAMINE_IV, Indication.TRD, True),
    ],
)
def test_off_label_is_said_except_of_the_spray_within_its_label(
    product: Product, indication: Indication | None, off_label: bool
) -> None:
    assert is_off_label(product, indication) is off_label
    assert ("CON-1" in stress_of(product, indication)) is off_label


def test_what_to_dwell_on_follows_the_product() -> None:
    assert stress_of(Product.KETAMINE_SL_HOME, Indication.TRD) == ("CON-1", "CON-8", "CON-10")
    assert stress_of(Product.KETAMINE_SL_CLINIC, None) == ("CON-1", "CON-8", "CON-10")
    assert stress_of(Product.KETAMINE_IM, None) == ("CON-1", "CON-8")
    assert stress_of(Product.KETAMINE_IV, None) == ("CON-1",)
    assert stress_of(Product.ESKETAMINE_IN, Indication.TRD) == ("CON-8",)


def test_the_checklist_says_which_part_could_not_be_traced() -> None:
    assert [element.id for element in CHECKLIST if not element.verified] == ["CON-5", "CON-11"]


def test_an_old_version_stays_readable_and_the_newest_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    old = current_document("esketamine-nasal")
    new = replace(old, version="2027-01")
    monkeypatch.setattr("ajar.pathway.consent.library.ALL_VERSIONS", (*ALL_VERSIONS, new))
    assert signed_version(old.id, old.version) is old
    assert signed_version(new.id, new.version) is new
    assert current_document(old.id) is document_for(old.product) is new
