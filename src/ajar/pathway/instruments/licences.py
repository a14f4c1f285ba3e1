"""Who may print which questions, as clinical.md 6.4 has it."""

from typing import Final

from ajar.pathway.instruments.instrument import Licence, Permission

_SECTION: Final = "clinical.md 6.4"
_VERIFY: Final = f"{_SECTION}; from general knowledge, verify"


def slot(words: str, *, source: str = _VERIFY, verified: bool = False) -> Licence:
    """The text is the clinic's to fill in, under a permission of its own."""
    return Licence(permission=Permission.SLOT, words=words, source=source, verified=verified)


PFIZER: Final = Licence(
    permission=Permission.SHIPPED,
    words="No permission required to reproduce, translate, display or distribute.",
    source=f"{_SECTION} [FS-LIC]",
    verified=True,
)
WHO_AUDIT: Final = Licence(
    permission=Permission.FREE_BUT_NOT_HERE,
    words="World Health Organization, public domain.",
    source=f"{_SECTION} [FS-LIC]",
    verified=True,
)
US_GOVERNMENT: Final = Licence(
    permission=Permission.FREE_BUT_NOT_HERE,
    words="National Center for PTSD, a work of the US government: public domain.",
    source=_VERIFY,
    verified=False,
)
BECK: Final = Licence(
    permission=Permission.PAID,
    words="Pearson sells it by use; its items are never shipped.",
    source=f"{_VERIFY}; paid nature of Beck scales [PSYCTC]",
    verified=False,
)
NOT_STATED: Final = slot("The sources at hand do not say who may print it: ask its authors.", source=_SECTION)
