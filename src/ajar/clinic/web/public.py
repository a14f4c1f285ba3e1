"""What the public pages say, each sentence with its grade and its source.

Figures come from rows of the evidence table marked V or S (read in the paper, the label or a report of it);
rows marked "from general knowledge" are never shown to a patient. The sentences that the table blocks (W3,
W5, I2, R1, KT6, M2, C4, P4: "always supervised", "far more effective", "safe" without a qualifier …) are
kept out by a test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS_A_MINUTE: Final = 220
"""Silent reading of plain English prose by adults, rounded down (design default)."""


class Grade(StrEnum):
    """How sure the evidence is (GRADE words; evidence.md 0)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"
    NONE = "no evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence, how sure it is, and where it was read."""

    id: str
    words: Promise
    grade: Grade
    source: str
    size: Promise | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A reason not to treat, or not yet, with the rule it comes from."""

    words: Promise
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One step of a session as a patient lives it."""

    when: Promise
    title: Promise
    words: Promise
    source: str


KEY_POINTS: Final[Sequence[Promise]] = (
    _(
        "Ketamine can ease depression within a day in some people whom two or more antidepressants did not"
        " help. In trials a quarter to a half of people were clearly better a day after one dose."
    ),
    _("One dose wears off: on average its lead is gone by day 10 to 12. Treatment is a course, not a cure."),
    _(
        "In the United States only esketamine, the nasal spray, is approved for depression. Ketamine by "
        "drip is used off-label."
    ),
    _("You are watched during and after every session here, and you do not drive until you have slept."),
    _("Some people should not have it. The reasons are on this page, before you pay anything."),
)

CLAIMS: Final[Sequence[Claim]] = (
    Claim(
        id="C1",
        words=_("It eases depression that did not respond to other treatment, for days."),
        grade=Grade.MODERATE,
        size=_(
            "At 24 hours 27 in 100 had responded, against 9 in 100 on salt water. Against a sedative that "
            "is harder to tell apart, 47 against 26: part of the effect is expecting it."
        ),
        source="Dean 2021, Cochrane, 10.1002/14651858.CD011612.pub3",
    ),
    Claim(
        id="KT4",
        words=_("The effect of one dose is largest after a day and gone after 10 to 12."),
        grade=Grade.MODERATE,
        source="Kishimoto 2016, PMID 26867988",
    ),
    Claim(
        id="C1b",
        words=_("Going on with the spray keeps people well longer than stopping it."),
        grade=Grade.MODERATE,
        size=_(
            "Of people who were well after 16 weeks, 27 in 100 relapsed on the spray and 45 in 100 without"
            " it."
        ),
        source="SUSTAIN-1, hazard ratio 0.49 (0.29 to 0.84)",
    ),
    Claim(
        id="C2",
        words=_("Thoughts of suicide ease for days. Whether suicide itself is prevented is not known."),
        grade=Grade.MODERATE,
        size=_("Moderate for the thoughts; very low for attempts and deaths."),
        source="Wilkinson 2018, PMID 28969441; Grunebaum 2018; Abbar 2022, PMID 35110300",
    ),
    Claim(
        id="C4",
        words=_("It helps post-traumatic stress a little, if at all."),
        grade=Grade.LOW,
        size=_("The largest trial, of 158 veterans, found no difference in post-traumatic stress."),
        source="Meta-analysis 2024, 10.1080/20008066.2023.2299124; Abdallah 2022, 10.1038/s41386-022-01266-9",
    ),
    Claim(
        id="C5",
        words=_("For obsessive-compulsive disorder nobody can say yet."),
        grade=Grade.VERY_LOW,
        size=_("Two tiny studies, one for and one against."),
        source="Rodriguez 2013, PMC3799067; Bloch 2012, PMID 22784486",
    ),
    Claim(
        id="C3",
        words=_("For panic disorder nobody has tested it."),
        grade=Grade.NONE,
        size=_("No controlled trial was found."),
        source="Search described in the evidence table, row C3",
    ),
    Claim(
        id="I2",
        words=_("That talking it over afterwards makes it work better is hoped, not shown."),
        grade=Grade.VERY_LOW,
        size=_("Plausible and humane, which is why we do it. The one small trial did not show it."),
        source="Wilkinson 2021, Psychother Psychosom 90:318; Kew 2023, BJPsych Open",
    ),
)

NOT_HERE: Final[Sequence[Exclusion]] = (
    Exclusion(
        words=_("a bulge in a large blood vessel, or badly connected vessels (aneurysm, AVM)"),
        rules="CI-01, CI-02",
    ),
    Exclusion(words=_("a bleed in the brain, ever"), rules="CI-03"),
    Exclusion(words=_("an allergy to ketamine or esketamine"), rules="CI-04"),
    Exclusion(words=_("active psychosis, schizophrenia or schizoaffective disorder"), rules="CI-07"),
    Exclusion(words=_("pregnancy"), rules="CI-09"),
    Exclusion(words=_("severe liver disease"), rules="CI-12"),
    Exclusion(words=_("a ketamine use disorder, now or in the past"), rules="CI-16"),
    Exclusion(words=_("being under 18"), rules="CI-18"),
)
NOT_YET: Final[Sequence[Exclusion]] = (
    Exclusion(words=_("high blood pressure is under control"), rules="CI-11"),
    Exclusion(
        words=_("six weeks have passed since a heart attack, and a cardiologist agrees"), rules="CI-06"
    ),
    Exclusion(words=_("a manic or mixed episode is over"), rules="CI-08"),
    Exclusion(words=_("breast-feeding has ended"), rules="CI-10"),
    Exclusion(words=_("a problem with alcohol or drugs is in treatment"), rules="CI-15"),
    Exclusion(words=_("an overactive thyroid is treated"), rules="CI-22"),
    Exclusion(words=_("an inflamed bladder has been looked at"), rules="CI-24"),
)

SESSION_HOURS: Final[Sequence[Hour]] = (
    Hour(
        when=_("The day before"),
        title=_("Arrange the way home"),
        words=_(
            "Someone comes for you, or is ready to. Without a way home arranged we move the date; nothing "
            "is lost."
        ),
        source="DAY-3",
    ),
    Hour(
        when=_("2 hours before"),
        title=_("Stop eating"),
        words=_(
            "For the spray: no food for two hours, nothing to drink for half an hour. For the drip we tell"
            " you your own times."
        ),
        source="SPR-A6",
    ),
    Hour(
        when=_("On arrival"),
        title=_("Checks, and how you have been"),
        words=_(
            "Blood pressure, pulse, oxygen, how awake you are. New medicines, new symptoms, thoughts of "
            "suicide. If the blood pressure is too high we wait, or choose another day."
        ),
        source="MON-1, DAY-6",
    ),
    Hour(
        when=_("The first minutes"),
        title=_("The medicine"),
        words=_(
            "You give yourself the spray while a nurse watches, with five minutes' rest between devices. A"
            " drip runs for about 40 minutes."
        ),
        source="SPR-A1, SPR-A3, IV-01",
    ),
    Hour(
        when=_("Around 40 minutes"),
        title=_("The strongest part"),
        words=_(
            "Time and body may feel far away. For many it is calm; for some it is frightening, and a "
            "person is there. Of 100 people in four weeks of spray, 34 felt this distance, 38 were dizzy, "
            "27 felt sick and 10 were anxious. We measure your blood pressure now, because it peaks here."
        ),
        source="PMC8407443, table 2 (ASPIRE I and II); MON-1",
    ),
    Hour(
        when=_("1½ to 2 hours"),
        title=_("It settles"),
        words=_(
            "For most people the strangeness is gone. You rest, drink something, and say when you feel "
            "like yourself."
        ),
        source="Evidence table, row S3",
    ),
    Hour(
        when=_("From 2 hours"),
        title=_("Going home"),
        words=_(
            "After the spray you stay at least two hours. You leave when you are awake, steady and "
            "breathing well, and your blood pressure has come down. Not before, even if it takes longer."
        ),
        source="MON-1, clinical.md 4.7",
    ),
    Hour(
        when=_("Until tomorrow"),
        title=_("No driving until you have slept"),
        words=_(
            "No driving or machines until the next day, after a night's sleep. No alcohol, no large "
            "decisions."
        ),
        source="POST-1, POST-2, POST-3",
    ),
    Hour(
        when=_("The next days"),
        title=_("Making sense of it"),
        words=_(
            "We call you within a day. Within three days you talk with a therapist about what came up, and"
            " what you want to do with it."
        ),
        source="POST-6, INT-5",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the article: a heading, what it says, and the claims it rests on."""

    slug: str
    title: Promise
    paragraphs: Sequence[Promise]
    claims: Sequence[Claim]


ARTICLE: Final[Sequence[Part]] = (
    Part(
        slug="what",
        title=_("What it is"),
        paragraphs=(
            _(
                "Ketamine has been an anaesthetic for decades. In much smaller amounts it changes mood, "
                "quickly and for a while. Two relatives are used: racemic ketamine, given by drip into a "
                "vein, and esketamine, a nasal spray."
            ),
            _(
                "They are not the same in law. Esketamine is approved for depression that did not respond "
                "to other treatment, and for depression with acute thoughts of suicide. Every use of "
                "racemic ketamine in psychiatry is off-label: allowed, but nobody has asked the regulator "
                "to judge it."
            ),
        ),
        claims=(
            Claim(
                id="W1",
                words=_("Racemic ketamine is off-label for every psychiatric use in the United States."),
                grade=Grade.HIGH,
                source="FDA alert on compounded ketamine, 10 October 2023",
            ),
        ),
    ),
    Part(
        slug="how",
        title=_("How it may work"),
        paragraphs=(
            _(
                "Ketamine blocks one kind of switch on nerve cells, the NMDA receptor. In mice and rats "
                "this sets off a chain that ends in new connections between cells, and breaking the chain "
                "stops the benefit."
            ),
            _(
                "In people the chain is not shown. Other drugs that block the same switch barely help. A "
                "drug that blocks opioid receptors took away most of the benefit in one small trial, and "
                "left the strange feelings as they were."
            ),
        ),
        claims=(
            Claim(
                id="M1",
                words=_("That blocking the NMDA receptor explains the benefit in people is not settled."),
                grade=Grade.LOW,
                source="Kishimoto 2016, PMID 26867988; Williams 2018, 10.1176/appi.ajp.2018.18020138",
            ),
            Claim(
                id="M3",
                words=_("That the altered state is what heals is not shown."),
                grade=Grade.VERY_LOW,
                size=_(
                    "Given under full anaesthesia, with nothing felt, ketamine did no better than placebo,"
                    " and placebo did well."
                ),
                source="Lii 2023, 10.1038/s44220-023-00140-x; Mathai 2020",
            ),
        ),
    ),
    Part(
        slug="helps",
        title=_("Whom it helps, and for how long"),
        paragraphs=(
            _(
                "The best evidence is for depression after at least two antidepressants have failed. "
                "Relief, when it comes, comes within hours to a day. Then it fades, which is why doses "
                "come in a series: six drips over two or three weeks, or eight sprays over four."
            ),
            _(
                "Numbers from ordinary clinics look better than numbers from trials, because the people "
                "who stopped coming are not in them. Among veterans, where fewer were lost, 26 in 100 had "
                "responded at six weeks."
            ),
        ),
        claims=CLAIMS[:4],
    ),
    Part(
        slug="harms",
        title=_("What it can do to you"),
        paragraphs=(
            _(
                "On the day: feeling far from your body, dizziness, sickness, sleepiness, and blood "
                "pressure that rises by about 13 over 8 at its highest. These pass within hours, and they "
                "are why you are watched."
            ),
            _(
                "With frequent use: the bladder can be damaged, memory can suffer, and ketamine can become"
                " something that is hard to stop. We ask about all three, count every milligram, and say "
                "so when the count grows."
            ),
        ),
        claims=(
            Claim(
                id="R2a",
                words=_("Blood pressure rises during a session."),
                grade=Grade.HIGH,
                size=_("13 (10 to 15) over 8 (7 to 10) mmHg on average, in 2,252 treatments."),
                source="Vankawala 2021, PMID 33841195",
            ),
            Claim(
                id="R1",
                words=_("In the short term, and monitored, most people tolerate it."),
                grade=Grade.MODERATE,
                size=_("Low for the long term, where the drip has hardly been studied."),
                source="Feifel 2020, Pharmaceuticals 13:151; Zaki 2025, 10.1093/ijnp/pyaf027",
            ),
        ),
    ),
    Part(
        slug="talk",
        title=_("What the talking is for"),
        paragraphs=(
            _(
                "After a session people often have more to say than before it. We keep an hour for that "
                "within three days: what came up, what it felt like, which thoughts moved, what you want "
                "to change."
            ),
        ),
        claims=(CLAIMS[-1],),
    ),
)


def reading_minutes(parts: Sequence[Part]) -> int:
    """Minutes to read the article, rounded up."""
    texts = [str(text) for part in parts for text in (part.title, *part.paragraphs)]
    texts += [f"{claim.words} {claim.size}" for part in parts for claim in part.claims]
    return ceil(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE)
