"""Consent documents: versioned texts as data, in every language in which they may be signed.

A signature is worth what it was put under, so each text has a digest of exactly the words shown. A
text is never edited: new words are a new version, and the old one stays readable here (CON-12).
The twelve elements are those of clinical.md 3.7.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from ajar.pathway.consent.checklist import ELEMENT_IDS as ELEMENT_IDS
from ajar.pathway.consent.checklist import SOURCES as SOURCES
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.ledger.codec import encode
from ajar.pathway.ledger.payload import said

VALID_DAYS: Final = 365
"""CON-12: consent is asked again every year. Design default."""


class UnknownDocument(LookupError):
    """There is no such consent document, version or language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing a person must have understood before agreeing."""

    id: str
    heading: str
    text: str

    def __post_init__(self) -> None:
        said("heading", self.heading)
        said("text", self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText:
    """One version in one language, complete: what is shown is what is signed."""

    language: str  # BCP 47
    title: str
    opening: str
    elements: tuple[Element, ...]
    patient_statement: str  # the meaning of the patient's signature
    prescriber_statement: str  # the meaning of the prescriber's

    def __post_init__(self) -> None:
        given = tuple(element.id for element in self.elements)
        if given != ELEMENT_IDS:
            raise ValueError(f"A consent text covers CON-1 to CON-12 in order, got {', '.join(given)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDocument:
    """One version of one document, in all its languages.

    `news` says what is new since the version before, such as a new risk: why patients are asked again.
    """

    id: str
    version: str
    product: Product
    texts: tuple[ConsentText, ...]
    valid_days: int = VALID_DAYS
    news: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it may be signed."""
        return tuple(text.language for text in self.texts)

    def text(self, language: str) -> ConsentText:
        """The text in this language.

        Raises:
            UnknownDocument: it was never written in this language.
        """
        for text in self.texts:
            if text.language == language:
                return text
        raise UnknownDocument(
            f"Consent {self.id!r} is written in {', '.join(self.languages)}, not in {language!r}."
        )

    def digest(self, language: str) -> str:
        """SHA-256 over the canonical spelling of everything the signer sees in this language."""
        shown = {
            "document": self.id,
            "version": self.version,
            "product": self.product,
            "valid_days": self.valid_days,
            "text": encode(self.text(language)),
        }
        return sha256(canonical(shown).encode()).hexdigest()
