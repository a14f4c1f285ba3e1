"""Which consent documents there are, every version of each, the newest last."""

from typing import Final

from ajar.pathway.consent.documents import ConsentDocument, UnknownDocument
from ajar.pathway.consent.esketamine_nasal import ESKETAMINE_NASAL
from ajar.pathway.consent.ketamine_by_mouth import KETAMINE_LOZENGE_CLINIC, KETAMINE_SWALLOWED
from ajar.pathway.consent.ketamine_injected import KETAMINE_IM, KETAMINE_SC
from ajar.pathway.consent.ketamine_iv import KETAMINE_IV
from ajar.pathway.consent.ketamine_lozenge_home import KETAMINE_LOZENGE_HOME

ALL_VERSIONS: Final = (
    KETAMINE_IV,
    ESKETAMINE_NASAL,
    KETAMINE_IM,
    KETAMINE_SC,
    KETAMINE_LOZENGE_CLINIC,
    KETAMINE_LOZENGE_HOME,
    KETAMINE_SWALLOWED,
)


def current_documents() -> tuple[ConsentDocument, ...]:
    """The newest version of each document."""
    return tuple({document.id: document for document in ALL_VERSIONS}.values())


def current_document(document_id: str) -> ConsentDocument:
    """The newest version of one document.

    Raises:
        UnknownDocument: there is none with this id.
    """
    for document in current_documents():
        if document.id == document_id:
            return document
    known = ", ".join(document.id for document in current_documents())
    raise UnknownDocument(f"There is no consent document {document_id!r}; expected one of {known}.")


def document_for(product: str) -> ConsentDocument:
    """The consent that this product needs: another route is another consent (CON-12).

    Raises:
        UnknownDocument: no consent was written for this product, so it cannot be given.
    """
    for document in current_documents():
        if document.product == product:
            return document
    raise UnknownDocument(f"There is no consent document for {product!r}; it cannot be given without one.")


def signed_version(document_id: str, version: str) -> ConsentDocument:
    """The version as it was signed, however old.

    Raises:
        UnknownDocument: this version is not on file.
    """
    for document in ALL_VERSIONS:
        if (document.id, document.version) == (document_id, version):
            return document
    raise UnknownDocument(f"Version {version!r} of consent {document_id!r} is not on file.")
