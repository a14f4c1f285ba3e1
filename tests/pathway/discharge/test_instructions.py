"""The sheet to take home: every instruction, in both languages, for the product and the place."""

from dataclasses import replace

import pytest

from ajar.pathway.discharge.instructions import INSTRUCTION_IDS, LANGUAGES, SOURCES, sheet_for
from ajar.pathway.evaluation.products import Jurisdiction, Product

US = Jurisdiction.US


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("product", list(Product))
def test_the_sheet_covers_every_instruction_for_every_product(product: Product, language: str) -> None:
    sheet = sheet_for(product, language, US)
    assert sheet.language == language
    assert tuple(item.id for item in sheet.items) == INSTRUCTION_IDS == tuple(SOURCES)
    assert all(item.text and "{" not in item.text for item in sheet.items)


def test_a_sheet_that_leaves_something_out_is_refused() -> None:
    sheet = sheet_for(Product.KETAMINE_IV, "en", US)
    with pytest.raises(ValueError, match="POST-1 to POST-6"):
        replace(sheet, items=sheet.items[1:])


def test_another_language_gets_the_english_sheet() -> None:
    assert sheet_for(Product.KETAMINE_IV, "fr", US).language == "en"


def test_at_home_nobody_is_taken_home_and_a_message_ends_the_session() -> None:
    home, clinic = (sheet_for(p, "en", US) for p in (Product.KETAMINE_SL_HOME, Product.KETAMINE_SL_CLINIC))
    assert "takes you home" in clinic.opening
    assert "stays with you" in home.opening
    assert "three to four hours" in home.closing
    assert home.items[5].text.startswith("Send us a message when the session is over.")
    spanish = sheet_for(Product.KETAMINE_SL_HOME, "es", US)
    assert spanish.items[5].text.startswith("Envíenos un mensaje cuando termine la sesión.")


@pytest.mark.parametrize(
    ("jurisdiction", "language", "words"),
    [
        (US, "en", "Call 911 at once"),
        (US, "en", "call or text 988, call 911, or go"),
        (US, "es", "llame o escriba al 988, llame al 911 o vaya a urgencias"),
        (Jurisdiction.EU, "en", "If you think about suicide: call 112, or go"),
        (Jurisdiction.EU, "es", "Llame al 112 enseguida"),
        (Jurisdiction.ANZ, "en", "Call 000 (Australia) or 111 (New Zealand) at once"),
    ],
)
def test_the_numbers_are_those_of_the_place(jurisdiction: Jurisdiction, language: str, words: str) -> None:
    assert words in sheet_for(Product.KETAMINE_IV, language, jurisdiction).items[4].text


def test_no_us_number_stands_on_a_sheet_elsewhere() -> None:
    for jurisdiction in (Jurisdiction.EU, Jurisdiction.ANZ):
        assert "911" not in sheet_for(Product.KETAMINE_IV, "en", jurisdiction).items[4].text
        assert "988" not in sheet_for(Product.KETAMINE_IV, "en", jurisdiction).items[4].text
