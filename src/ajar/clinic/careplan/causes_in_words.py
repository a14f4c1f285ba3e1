"""Why a session is expected to differ from the usual one, as a small table in words."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ajar.pharmacology.causes import REFERENCE_PERSON, Decomposition, Factor, Peaks, Situation

NOTHING: Final = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseRow:
    """One cause, and what it adds to each peak."""

    words: str
    ketamine: str
    cadss: str
    systolic: str


def cause_rows(seen: Decomposition, here: Situation) -> tuple[CauseRow, ...]:
    """The usual session, each cause that changes something, and this one: the middle rows add up."""
    usual = _row(_("The usual: a 70 kg person, first session"), seen.usual, sign="")
    parts = [_row(words_for(cause.factor, here), cause.change, sign="+") for cause in seen.causes]
    parts = [part for part in parts if {part.ketamine, part.cadss, part.systolic} != {NOTHING}]
    return (usual, *parts, _row(_("This person, this session"), seen.here, sign=""))


def _row(words: str, peaks: Peaks, *, sign: str) -> CauseRow:
    return CauseRow(
        words=words,
        ketamine=_signed(peaks.ketamine_venous_ng_ml, f"{sign}.0f"),
        cadss=_signed(peaks.cadss, f"{sign}.1f"),
        systolic=_signed(peaks.sbp_rise_mmhg, f"{sign}.1f"),
    )


def _signed(value: float, spec: str) -> str:
    text = format(value, spec)
    return NOTHING if float(text) == 0 else text.replace("-", "\u2212")


def words_for(factor: Factor, here: Situation) -> str:
    """A cause with its value here."""
    person = here.person
    amount_mg = sum(event.amount_mg for event in here.session.events)
    match factor:
        case Factor.WEIGHT:
            return _("Weight: %(here)s kg, not %(usual)s") % {
                "here": f"{person.weight_kg:g}",
                "usual": f"{REFERENCE_PERSON.weight_kg:g}",
            }
        case Factor.AGE:
            return _("Age: %(years)s years") % {"years": f"{person.age_years:g}"}
        case Factor.DOSE:
            return _("Dose: %(mg)s mg") % {"mg": f"{amount_mg:g}"}
        case Factor.SESSION:
            return _("Session %(number)s: dissociation wears off over a course") % {"number": here.number}
        case Factor.HYPERTENSION:
            return _("High blood pressure, treated or not")
        case Factor.ANCESTRY:
            return _("Ancestry: %(which)s") % {"which": person.ancestry}
