"""What the picture of the chain can be asked: four forms, the doses of published studies, hours or weeks.

A fixed menu and no free text: this is a picture of a hypothesis, not a calculator. The engine was asked
beforehand (tools/chain.py); a visitor's page only reads what was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import (
    AfterHold,
    DosingSession,
    intramuscular,
    intravenous,
    nasal_devices,
    sublingual,
)


class Span(StrEnum):
    """How far the picture looks."""

    HOURS = "hours"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiedDose:
    """One dose of a published study, for the 70 kg person of the picture."""

    id: str
    label: Promise
    session: DosingSession
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAs:
    """One form, with what is to be said of it and the doses that were studied."""

    id: str
    label: Promise
    words: Promise
    doses: Sequence[StudiedDose]


DRIP_H: Final = 40 / 60
HOLD_H: Final = 10 / 60

FORMS: Final[Sequence[GivenAs]] = (
    GivenAs(
        id="drip",
        label=_("Drip into a vein"),
        words=_("Racemic ketamine over 40 minutes, as in most trials. Off-label in psychiatry."),
        doses=(
            StudiedDose(
                id="half",
                label=_("0.5 mg per kg"),
                session=intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=DRIP_H),
                source="IV-01; CANMAT 2021",
            ),
            StudiedDose(
                id="one",
                label=_("1 mg per kg"),
                session=intravenous(drug=Drug.RACEMATE, amount_mg=70.0, duration_h=DRIP_H),
                source="IV-03; Fava 2018, 10.1038/s41380-018-0256-5",
            ),
        ),
    ),
    GivenAs(
        id="injection",
        label=_("Injection into muscle"),
        words=_(
            "Racemic ketamine at once. It cannot be slowed or stopped. Studied almost only without controls."
        ),
        doses=(
            StudiedDose(
                id="half",
                label=_("0.5 mg per kg"),
                session=intramuscular(drug=Drug.RACEMATE, amount_mg=35.0),
                source="IM-03; Zanos 2018, table 1",
            ),
            StudiedDose(
                id="one",
                label=_("1 mg per kg"),
                session=intramuscular(drug=Drug.RACEMATE, amount_mg=70.0),
                source="IM-03; Zanos 2018, table 1",
            ),
        ),
    ),
    GivenAs(
        id="lozenge",
        label=_("Lozenge"),
        words=_(
            "Racemic ketamine, ten minutes in the mouth, then swallowed. Compounded and not approved; the "
            "FDA warned of it in October 2023. How much arrives differs widely."
        ),
        doses=(
            StudiedDose(
                id="50",
                label=_("50 mg"),
                session=sublingual(
                    drug=Drug.RACEMATE, amount_mg=50.0, hold_h=HOLD_H, after_hold=AfterHold.SWALLOWED
                ),
                source="SL-03, SL-04",
            ),
            StudiedDose(
                id="100",
                label=_("100 mg"),
                session=sublingual(
                    drug=Drug.RACEMATE, amount_mg=100.0, hold_h=HOLD_H, after_hold=AfterHold.SWALLOWED
                ),
                source="SL-03, SL-04",
            ),
        ),
    ),
    GivenAs(
        id="spray",
        label=_("Nasal spray"),
        words=_(
            "Esketamine, one half of ketamine, five minutes between devices. The only form approved for "
            "depression."
        ),
        doses=(
            StudiedDose(
                id="28", label=_("28 mg"), session=nasal_devices(devices=1), source="Daly 2018, PMC5838571"
            ),
            StudiedDose(
                id="56", label=_("56 mg"), session=nasal_devices(devices=2), source="Daly 2018, PMC5838571"
            ),
            StudiedDose(
                id="84", label=_("84 mg"), session=nasal_devices(devices=3), source="Daly 2018, PMC5838571"
            ),
        ),
    ),
)
"""Every form, and the doses of each; the first of each is shown first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the picture shows."""

    form: GivenAs
    dose: StudiedDose
    span: Span

    @property
    def key(self) -> str:
        """Its name in the file of values."""
        return f"{self.form.id}-{self.dose.id}"


def chosen(*, form: str, dose: str, span: str) -> Choice:
    """The choice of these words; what is not on the menu becomes the first of it."""
    given = next((one for one in FORMS if one.id == form), FORMS[0])
    amount = next((one for one in given.doses if one.id == dose), given.doses[0])
    return Choice(form=given, dose=amount, span=Span.WEEKS if span == Span.WEEKS else Span.HOURS)
