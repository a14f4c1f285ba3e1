"""What each criterion for leaving says, word for word, as a clinician has read and approved it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ajar.pathway.discharge.criteria import Criterion, Judgement
from ajar.pathway.discharge.entries import InstructionsGiven, Recipient, Released, Way
from ajar.pathway.discharge.guard import standing
from ajar.pathway.discharge.policy import DEFAULT_POLICY, AldreteUnit, Circumstances, DischargePolicy
from ajar.pathway.discharge.stay import SprayClock
from ajar.pathway.discharge.strip import gates_of
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from tests.pathway.discharge.story import (
    US,
    Story,
    assessed,
    at,
    device,
    dissociated,
    planned,
    release,
)
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
LIVER: Final = replace(US, liver_impaired=True)
EU: Final = replace(US, jurisdiction=Jurisdiction.EU)
MMHG: Final = replace(DEFAULT_POLICY, aldrete_unit=AldreteUnit.MMHG)
STRICT: Final = replace(DEFAULT_POLICY, aldrete_pass=10, fresh_min=5, cadss_rise=0)


def line(criterion: Criterion) -> str:
    """The verdict; in words; the datum; where and when it was written; since when; until when."""
    found = criterion.finding
    moments = (found.at, found.since, found.due_at)
    seen, since, due = (f"{moment:%H:%M:%S}" if moment is not None else "" for moment in moments)
    entry = found.entry_id.int if found.entry_id is not None else ""
    return f"{found.verdict} | {found.words} | {found.datum} | {seen} {entry} | {since} | {due}"


def judged(
    story: Story,
    minute: float,
    *,
    around: Circumstances = US,
    policy: DischargePolicy = DEFAULT_POLICY,
    handover: Released | None = None,
) -> Judgement:
    return standing(story.entries, around, now=at(minute), policy=policy, handover=handover).judgement


def told(*more: tuple[float, Any], product: Product = Product.ESKETAMINE_IN) -> Story:
    """Dosed, and then this, each at its minute."""
    story = Story(product=product).dosed()
    for minute, payload in more:
        story.tell(minute, payload)
    return story


def vitals(**values: float) -> VitalsMeasured:
    return VitalsMeasured(**values)


def bp(systolic: float, diastolic: float) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=systolic, diastolic_mmhg=diastolic)


def instructed(*who: Recipient) -> InstructionsGiven:
    return InstructionsGiven(
        way=Way.PRINTED, language="en", given_to=who, names=tuple(who), sheet_version="2026-11"
    )


def without(dropped: str, *more: tuple[float, Any]) -> Story:
    """The same as if nothing of this kind had been recorded before it."""
    story = Story().dosed()
    story.entries = [one for one in story.entries if dropped != one.payload.KIND]
    for minute, payload in more:
        story.tell(minute, payload)
    return story


def undosed() -> Story:
    story = Story().until_ready()
    story.tell(0, device(1))
    return story


def unruled() -> Story:
    story = Story()
    story.tell(-60, replace(planned(Product.ESKETAMINE_IN), product="ketamine_rectal"))
    return story


Said = tuple[str, str, Story, float, dict[str, Any]]
SCORED: Final[tuple[Said, ...]] = (
    ("not assessed", "A-ALDRETE", told(), 130, {}),
    ("assessed with the last device", "A-ALDRETE", told((5, assessed())), 30, {}),
    ("assessed 30 min ago", "A-ALDRETE", told((100, assessed())), 130, {}),
    ("assessed more than 30 min ago", "A-ALDRETE", told((100, assessed())), 130.1, {}),
    ("assessed more than 5 min ago", "A-ALDRETE", told((120, assessed())), 125.1, {"policy": STRICT}),
    ("9", "A-ALDRETE", told((128, assessed(activity=1))), 130, {}),
    ("8", "A-ALDRETE", told((128, assessed(activity=0))), 130, {}),
    ("9 where 10 is asked", "A-ALDRETE", told((128, assessed(activity=1))), 130, {"policy": STRICT}),
    ("in percent, counted in mmHg", "A-ALDRETE", told((128, assessed())), 130, {"policy": MMHG}),
    ("pressure 20 % up", "A-ALDRETE", told((120, bp(144, 80)), (128, assessed())), 130, {}),
    ("pressure 21 % up", "A-ALDRETE", told((120, bp(145.2, 80)), (128, assessed())), 130, {}),
    ("pressure 50 % down", "A-ALDRETE", told((120, bp(60, 40)), (128, assessed())), 130, {}),
    ("pressure 51 % down", "A-ALDRETE", told((120, bp(59, 40)), (128, assessed())), 130, {}),
    ("no pressure before", "A-ALDRETE", without("vitals.measured", (128, assessed())), 130, {}),
    ("scored lower", "A-ALDRETE", told((120, bp(145, 80)), (128, assessed(circulation=0))), 130, {}),
    ("not assessed", "A-ZERO", told(), 130, {}),
    ("no breathing points", "A-ZERO", told((128, assessed(respiration=0, saturation=1))), 130, {}),
    ("no oxygen points", "A-ZERO", told((128, assessed(respiration=1, saturation=0))), 130, {}),
    ("a point each", "A-ZERO", told((128, assessed(respiration=1, saturation=1))), 130, {}),
    ("not assessed", "C-GAIT", told(), 130, {}),
    ("yes", "C-ORIENTED", told((128, assessed())), 130, {}),
    ("no", "C-ORIENTED", told((128, assessed(oriented=False))), 130, {}),
    ("yes", "C-GAIT", told((128, assessed())), 130, {}),
    ("no", "C-GAIT", told((128, assessed(steady_gait=False))), 130, {}),
    ("yes", "C-NAUSEA", told((128, assessed())), 130, {}),
    ("no", "C-NAUSEA", told((128, assessed(nausea_absent_or_minimal=False))), 130, {}),
    ("yes", "C-SUICIDE-CHECK", told((128, assessed())), 130, {}),
    ("no", "C-SUICIDE-CHECK", told((128, assessed(suicide_check_done=False))), 130, {}),
)
STAYED: Final[tuple[Said, ...]] = (
    ("no rule", "B-STAY", unruled(), 600, {}),
    ("drug may still be given", "B-STAY", undosed(), 300, {}),
    ("spray, 119 min and a second left", "B-STAY", told(), 5 + 59 / 60, {}),
    ("spray, the last second", "B-STAY", told(), 125 - 1 / 60, {}),
    ("spray, over", "B-STAY", told(), 125, {}),
    ("spray from the first device", "B-STAY", told(), 60, {"policy": replace(
        DEFAULT_POLICY, spray_clock=SprayClock.FIRST_DEVICE)}),
    ("spray, liver", "B-STAY", told(), 60, {"around": LIVER}),
    ("spray in the EU", "B-STAY", told(), 60, {"around": EU}),
    ("spray in the EU, liver", "B-STAY", told(), 65, {"around": replace(EU, liver_impaired=True)}),
    *((f"{product}", "B-STAY", told(product=product), 45, {}) for product in Product),
)  # fmt: skip
WATCHED: Final[tuple[Said, ...]] = (
    ("not rated", "B-SEDATION", told(), 130, {}),
    ("rated with the first device", "B-SEDATION", told((0, SedationRated(moaa_s=5))), 20, {}),
    ("rated 30 min ago", "B-SEDATION", told((100, SedationRated(moaa_s=5))), 130, {}),
    ("rated more than 30 min ago", "B-SEDATION", told((100, SedationRated(moaa_s=5))), 130.1, {}),
    ("sedated", "B-SEDATION", told((128, SedationRated(moaa_s=4))), 130, {}),
    ("resolved", "B-SEDATION", told(*((m, SedationRated(moaa_s=s)) for m, s in (
        (40, 3), (60, 5), (100, 4), (110, 5), (128, 5)))), 130, {}),
    ("not rated", "B-DISSOCIATION", told(), 130, {}),
    ("old", "B-DISSOCIATION", told((99, dissociated(0))), 130, {}),
    ("2 over 0", "B-DISSOCIATION", told((128, dissociated(2))), 130, {}),
    ("3 over 0", "B-DISSOCIATION", told((128, dissociated(3))), 130, {}),
    ("1 over 0, strict", "B-DISSOCIATION", told((128, dissociated(1))), 130, {"policy": STRICT}),
    ("distressed", "B-DISSOCIATION", told((128, dissociated(0, distress=True))), 130, {}),
    ("5 over 3", "B-DISSOCIATION", without(
        "dissociation.rated", (-1, dissociated(3)), (128, dissociated(5))), 130, {}),
    ("5 over 3, rated with the first device", "B-DISSOCIATION", without(
        "dissociation.rated", (0, dissociated(3)), (128, dissociated(5))), 130, {}),
    ("no baseline", "B-DISSOCIATION", without("dissociation.rated", (128, dissociated(3))), 130, {}),
    ("resolved", "B-DISSOCIATION", told((40, dissociated(9)), (90, dissociated(2)), (120, dissociated(0))),
     130, {}),
    ("not measured", "B-BREATHING", told(), 130, {}),
    ("old", "B-BREATHING", told((99, vitals(spo2_percent=98))), 130, {}),
    ("94 %", "B-BREATHING", told((128, vitals(spo2_percent=94))), 130, {}),
    ("93.5 %", "B-BREATHING", told((128, vitals(spo2_percent=93.5))), 130, {}),
    *(
        (f"{rate} breaths", "B-BREATHING", told(
            (127, vitals(respiratory_rate_per_min=rate)), (128, vitals(spo2_percent=98))), 130, {})
        for rate in (9.5, 10, 24, 24.5)
    ),
    ("not measured", "B-PRESSURE", told(), 130, {}),
    ("old", "B-PRESSURE", told((99, bp(120, 80))), 130, {}),
    *(
        (f"{high:g}/{low:g}", "B-PRESSURE", told((128, bp(high, low))), 130, {})
        for high, low in ((90, 50), (89.5, 60), (90, 49.5), (140, 90), (140.5, 80), (139, 90.5), (159, 99),
                          (160, 80), (150, 100))
    ),
    *(
        (f"{first} then {then}", "B-PRESSURE", told((120, bp(*first)), (128, bp(*then))), 130, {})
        for first, then in (((156, 96), (156, 95)), ((156, 96), (155, 97)), ((156, 96), (156, 96)),
                            ((180, 110), (155, 95)))
    ),
    ("three, rising at last", "B-PRESSURE", told(
        (100, bp(158, 98)), (120, bp(150, 92)), (128, bp(152, 92))), 130, {}),
)  # fmt: skip
LEAVING: Final[tuple[Said, ...]] = (
    ("named", "C-ESCORT", told(), 130, {}),
    ("not named", "C-ESCORT", Story().until_ready(escort=" "), -1, {}),
    ("not asked", "C-ESCORT", unruled(), -50, {}),
    ("handed over", "C-ESCORT", told(), 130, {"handover": release(handed_to="Ada Rowe")}),
    ("not given", "C-INSTRUCTIONS", told(), 130, {}),
    ("to the patient", "C-INSTRUCTIONS", told((120, instructed(Recipient.PATIENT))), 130, {}),
    ("to the escort", "C-INSTRUCTIONS", told((120, instructed(Recipient.ESCORT))), 130, {}),
    ("to one after the other", "C-INSTRUCTIONS", told(
        (120, instructed(Recipient.PATIENT)), (121, instructed(Recipient.ESCORT))), 130, {}),
    ("released with both", "C-INSTRUCTIONS", told(), 130, {"handover": release()}),
    ("released with nothing", "C-INSTRUCTIONS", told((120, instructed(*Recipient))), 130,
     {"handover": release(instructions_given_to=())}),
)  # fmt: skip


def said_of(cases: tuple[Said, ...]) -> Mapping[str, object]:
    said = {}
    for words, criterion_id, story, minute, more in cases:
        judgement = judged(story, minute, **more)
        found = next(criterion for criterion in judgement.criteria if criterion.id == criterion_id)
        said[f"{criterion_id} {words}"] = line(found)
    return said


def test_each_criterion_says_in_approved_words_how_it_stands() -> None:
    for name, cases in (("scored", SCORED), ("stayed", STAYED), ("watched", WATCHED), ("leaving", LEAVING)):
        assert_approved(APPROVED / f"{name}.json", said_of(cases))


MOMENTS: Final[Mapping[str, Callable[[], Judgement]]] = {
    "just dosed": lambda: judged(Story().dosed(), 10),
    "watched for two hours": lambda: judged(Story().watched(until=126), 127),
    "at the door": lambda: judged(Story().watched(until=126), 127, handover=release()),
}


def test_a_whole_judgement_names_each_criterion_its_gates_and_its_source() -> None:
    said: dict[str, object] = {}
    for words, judge in MOMENTS.items():
        judgement = judge()
        said[words] = [
            f"{judgement.rulebook_version}, {judgement.judged_at:%H:%M}",
            *(f"{one.id} ({one.gates}) {one.name}: {line(one)}" for one in judgement.criteria),
        ]
        said[f"{words}: the order on the page"] = [
            f"first {one.id}" for one in (*judgement.open_first[:2], *judgement.unmet_for_recovery[:2])
        ]
        said[f"{words}: the strip"] = [
            f"{gate.letter} {gate.name}: {', '.join(one.id for one in gate.said)}; {gate.more} more; "
            f"{len(gate.open)} of {len(gate.criteria)} open"
            for gate in gates_of(judgement)
        ]
    said["sources"] = [f"{one.id}: {one.source}" for one in judgement.criteria]
    assert_approved(APPROVED / "judgements.json", said)
