"""The picture of the chain: from the dose to the blood, the brain and the weeks after, link by link.

Each link carries how well it is established, the grade of the claim behind it and its source. Values are the
engine's (tools/chain.py); words and grades are those of the evidence table.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ajar.clinic.careplan.fans import Fan, Quantiles, Tick, dose_word
from ajar.clinic.web.chain_menu import Choice, Span
from ajar.clinic.web.public import Claim, Grade
from ajar.pharmacology.estimates import Status

CHAIN_FILE: Final = Path(__file__).parent / "chain.json"

HOURS_H: Final = tuple(number / 6 for number in range(37))
"""Every ten minutes for six hours."""
WEEKS_H: Final = tuple(12.0 * number for number in range(29))
"""Twice a day for two weeks: one dose, and how it wears off."""

HOUR_TICKS: Final = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0)
DAY_TICKS: Final = (0.0, 1.0, 4.0, 7.0, 10.0, 14.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link. `scale` turns the engine's number into the one shown; the axis starts at zero if told."""

    output: str
    span: Span
    name: Promise
    words: Promise
    unit: Promise | str
    direction: Promise
    claim: Claim
    scale: float = 1.0
    from_zero: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLink:
    """A link with its curve for one choice."""

    link: Link
    fan: Fan


NO_UNIT: Final = _("model scale")
PERCENT: Final = 100.0

LINKS: Final[Sequence[Link]] = (
    Link(
        output="ketamine_venous_ng_ml",
        span=Span.HOURS,
        name=_("Ketamine in the blood"),
        words=_("What is given arrives, spreads and is broken down by the liver."),
        unit="ng/mL",
        direction=_("↑ higher = more"),
        claim=Claim(
            id="W4",
            words=_(
                "That one form is as good as another is not shown. Of a dose about 45 in 100 arrive by the "
                "nose, 30 from the mouth, 20 to 25 if swallowed."
            ),
            grade=Grade.LOW,
            source="Andrade 2019; Lara 2013, 10.1017/S1461145713000485",
        ),
    ),
    Link(
        output="nmda_block",
        span=Span.HOURS,
        name=_("NMDA receptors blocked"),
        words=_("Worked out from the blood, as the most it could be. Nobody has measured it in people."),
        unit="%",
        scale=PERCENT,
        direction=_("↑ higher = more"),
        claim=Claim(
            id="M1",
            words=_("That blocking the NMDA receptor explains the benefit in people is not settled."),
            grade=Grade.LOW,
            source="Kishimoto 2016, PMID 26867988; Williams 2018, 10.1176/appi.ajp.2018.18020138",
        ),
    ),
    Link(
        output="glutamate_excess",
        span=Span.HOURS,
        name=_("Glutamate surge"),
        words=_("A hypothesis: brakes on glutamate are lifted for an hour or two. Seen in animals."),
        unit=NO_UNIT,
        direction=_("↑ higher = more"),
        claim=Claim(
            id="M1",
            words=_("In people this step is inferred, and other drugs that should do the same barely help."),
            grade=Grade.LOW,
            source="Kishimoto 2016, PMID 26867988",
        ),
    ),
    Link(
        output="mtorc1_translation",
        span=Span.HOURS,
        name=_("Growth signals (BDNF, mTORC1)"),
        words=_("A hypothesis: the surge switches on the making of new protein in nerve cells."),
        unit=NO_UNIT,
        direction=_("↑ higher = more"),
        claim=Claim(
            id="M2",
            words=_("Strong in animals; no effect in people could be quoted."),
            grade=Grade.VERY_LOW,
            source="Evidence table, row M2",
        ),
    ),
    Link(
        output="cadss",
        span=Span.HOURS,
        name=_("Feeling far away (dissociation)"),
        words=_("Time and body feel distant. It follows the blood closely, and it weakens over a course."),
        unit=_("CADSS points"),
        direction=_("↑ higher = stronger"),
        claim=Claim(
            id="M3",
            words=_("That it happens is certain. That it is what heals is not shown."),
            grade=Grade.VERY_LOW,
            source="Mathai 2020; Lii 2023, 10.1038/s44220-023-00140-x",
        ),
    ),
    Link(
        output="sbp_rise_mmhg",
        span=Span.HOURS,
        name=_("Rise of blood pressure"),
        words=_("The upper number, above where it was. It is why you are watched."),
        unit="mmHg",
        direction=_("↑ higher = more"),
        claim=Claim(
            id="R2a",
            words=_("Blood pressure rises during a session."),
            grade=Grade.HIGH,
            source="Vankawala 2021, PMID 33841195",
        ),
    ),
    Link(
        output="synaptic_gain",
        span=Span.WEEKS,
        name=_("New connections between cells"),
        words=_("A hypothesis from mice: contacts grow within two days and fade over about a week."),
        unit=NO_UNIT,
        direction=_("↑ higher = more"),
        claim=Claim(
            id="M2",
            words=_("In people new connections after ketamine have not been demonstrated."),
            grade=Grade.VERY_LOW,
            source="Evidence table, row M2",
        ),
    ),
    Link(
        output="drug_improvement_share",
        span=Span.WEEKS,
        name=_("Symptoms taken away by the drug"),
        words=_(
            "After one dose, without what hope and care add. Largest after a day, mostly gone in two weeks."
        ),
        unit=_("% of symptoms"),
        scale=PERCENT,
        direction=_("↑ higher = better"),
        claim=Claim(
            id="KT4",
            words=_("The effect of one dose is largest after a day and gone after 10 to 12."),
            grade=Grade.MODERATE,
            source="Kishimoto 2016, PMID 26867988",
        ),
    ),
    Link(
        output="cytokines_share",
        span=Span.WEEKS,
        name=_("Signals of inflammation"),
        words=_("In some people they fall a little for a day. Whether that matters is not known."),
        unit=_("% of usual"),
        scale=PERCENT,
        direction=_("↓ lower = less inflammation"),
        from_zero=False,
        claim=Claim(
            id="M4",
            words=_("That less inflammation is why people feel better is not shown."),
            grade=Grade.VERY_LOW,
            source="Umbrella review, J Affect Disord 2023 (5 reviews, 108 studies)",
        ),
    ),
    Link(
        output="default_mode_sd",
        span=Span.WEEKS,
        name=_("Default mode network"),
        words=_("A resting rhythm of the brain seems quieter. A sedative quietens it as much."),
        unit=_("standard deviations"),
        direction=_("↓ lower = quieter"),
        from_zero=False,
        claim=Claim(
            id="M5",
            words=_("That this brings relief is not shown."),
            grade=Grade.VERY_LOW,
            source="PMC7267897; Evans 2018, PMID 29580569",
        ),
    ),
)
"""The links in the order of the chain: the hours first."""


@lru_cache(maxsize=1)
def values() -> dict[str, Any]:
    """The file of values, read once."""
    told: dict[str, Any] = json.loads(CHAIN_FILE.read_text())
    return told


def drawn_links(choice: Choice) -> list[DrawnLink]:
    """Every link of the chosen span with its curve."""
    curves = values()["doses"][choice.key]
    return [
        DrawnLink(link=link, fan=fan_of(link, curves[link.output], choice))
        for link in LINKS
        if link.span is choice.span
    ]


def fan_of(link: Link, told: dict[str, Any], choice: Choice) -> Fan:
    """One curve as a fan, in the unit that is shown."""
    low, lower, middle, upper, high = (tuple(value * link.scale for value in row) for row in told["rows"])
    in_hours = link.span is Span.HOURS
    events = choice.dose.session.events
    return Fan(
        name=link.name,
        unit=str(link.unit),
        status=Status(told["status"]),
        direction=link.direction,
        caption=str(link.words),
        times=HOURS_H if in_hours else tuple(at_h / 24.0 for at_h in WEEKS_H),
        quantiles=Quantiles(low=low, lower=lower, middle=middle, upper=upper, high=high),
        ticks=ticks_of(link.span),
        doses=tuple(event.start_h for event in events) if in_hours else (0.0,),
        dose_word=dose_word(choice.dose.session) if in_hours else gettext("dose"),
        given_over=events[-1].duration_h if in_hours else 0.0,
        least=0.0 if link.from_zero else min(low),
        digits=digits_for(max(abs(value) for value in (*low, *high))),
    )


def digits_for(largest: float) -> int:
    """Decimals worth reading: two where the whole scale is small."""
    return 2 if largest < 2 else 1 if largest < 20 else 0


def ticks_of(span: Span) -> list[Tick]:
    """The times named on the axis."""
    if span is Span.HOURS:
        return [Tick(at=at, label=f"{at:g} h") for at in HOUR_TICKS]
    return [Tick(at=at, label=gettext("day %(n)s") % {"n": f"{at:g}"}) for at in DAY_TICKS]
