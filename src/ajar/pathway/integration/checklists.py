"""What each session covers: preparation goals, dosing steps, home practice, note elements, add-ons.

From clinical.md 5.3, in our own words. What is ticked is kept by its id; the words may improve.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import Indication
from ajar.pathway.integration.entries import Purpose

MONTREAL: Final = "clinical.md 5.3 [MONT]"
SEED: Final = "clinical.md 5.3 [SEED]"
VERIFY: Final = "clinical.md 5.3; from general knowledge, verify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a checklist."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Lines that belong together, with their source."""

    id: str
    name: str
    items: tuple[Item, ...]
    source: str
    verified: bool = True


def _items(prefix: str, *words: str) -> tuple[Item, ...]:
    return tuple(Item(id=f"{prefix}-{number}", words=line) for number, line in enumerate(words, start=1))


PREPARATION_GOALS: Final = Checklist(
    id="goals",
    name="Preparation: nine goals",
    items=_items(
        "goal",
        "The frame of the treatment is agreed",
        "An alliance is built",
        "Education and expectations",
        "Goals for behaviour",
        "Medicines optimised, with a benzodiazepine taper where there is one",
        "The experience is framed",
        "A mindfulness exercise was tried",
        "Music is chosen",
        "Psychotherapy alongside is arranged",
    ),
    source=MONTREAL,
)
DOSING_STEPS: Final = Checklist(
    id="steps",
    name="Dosing session: seven steps",
    items=_items(
        "step",
        "Check-in: events, risk, change of symptoms, goals",
        "The last session is taken up again",
        "Intention, music, and how much guidance",
        "Baseline vital signs, readiness, consent, line",
        "Infusion: a short body scan or breath exercise, music 50 to 60 min or quiet, vital signs as planned",
        "Debrief of 20 to 30 min: emotion validated, intention taken up again",
        "The next days and goals are planned",
    ),
    source=MONTREAL,
)
DOMAINS: Final = Checklist(
    id="domains",
    name="Integration: four domains",
    items=_items("domain", "Insights", "Emotional content", "New patterns of thought", "Change of behaviour"),
    source=SEED,
)
HOME_PRACTICE: Final = Checklist(
    id="home",
    name="Home practice agreed",
    items=_items(
        "home",
        "Journal",
        "Mindfulness, in minutes",
        "A behavioural-activation task",
        "Replay of the music",
        "Sleep and alcohol log",
    ),
    source=VERIFY,
    verified=False,
)
NOTE_ELEMENTS: Final = Checklist(
    id="note",
    name="What the note holds",
    items=_items(
        "note",
        "Date and time, attendees, duration",
        "Intention, themes, affect",
        "Risk rating",
        "Scales",
        "Homework and plan",
        "The therapist's signature",
    ),
    source=VERIFY,
    verified=False,
)
STANCE: Final = (
    "Attend to process rather than literal content, to limit distress and the risk of false memories."
)

ADD_ONS: Final[Mapping[Indication, Item]] = MappingProxyType(
    {
        Indication.PTSD: Item(
            id="add-on-ptsd", words="No exposure while dissociated without a trained trauma therapist"
        ),
        Indication.OCD: Item(id="add-on-ocd", words="Exposure and response prevention in the following days"),
        Indication.BORDERLINE: Item(id="add-on-bpd", words="DBT skills and a crisis plan"),
        Indication.EATING: Item(id="add-on-eating", words="Dietitian and weight"),
        Indication.ADHD: Item(id="add-on-adhd", words="Goals for executive skills"),
    }
)
"""What a condition adds (from general knowledge, verify)."""


def add_on_list(indication: Indication | None) -> Checklist:
    """The add-on of a condition; with none named, that of every condition, so that none is missed."""
    wanted = [item for one, item in ADD_ONS.items() if indication in (None, one)]
    return Checklist(
        id="add-ons", name="For the condition", items=tuple(wanted), source=VERIFY, verified=False
    )


FOR_PURPOSE: Final[Mapping[Purpose, tuple[Checklist, ...]]] = MappingProxyType(
    {
        Purpose.PREPARATION: (PREPARATION_GOALS,),
        Purpose.DOSING: (DOSING_STEPS,),
        Purpose.INTEGRATION: (DOMAINS, HOME_PRACTICE),
        Purpose.POST_SERIES: (DOMAINS, HOME_PRACTICE),
        Purpose.BOOSTER: (DOMAINS, HOME_PRACTICE),
    }
)
"""The lists that a session is worked through with."""

TICKED: Final = (PREPARATION_GOALS, DOSING_STEPS, HOME_PRACTICE)
"""The lists that the form ticks; the four domains are its headings, the note's elements its fields."""

ITEM_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        item.id: item.words
        for checklist in (*TICKED, DOMAINS, NOTE_ELEMENTS, add_on_list(None))
        for item in checklist.items
    }
)
