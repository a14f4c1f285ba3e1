"""What this room refuses, each in its whole sentence, and what lies just within: read and approved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from ajar.pathway.discharge.criteria import Assessed
from ajar.pathway.discharge.entries import (
    InstructionsGiven,
    LeftAgainstAdvice,
    Recipient,
    RecoveryConfirmed,
    RecoveryLost,
    Way,
)
from ajar.pathway.discharge.guard import refuse_impossible_readiness, refuse_unless_allowed, standing
from ajar.pathway.discharge.instructions import LANGUAGES, sheet_for
from ajar.pathway.discharge.policy import DEFAULT_POLICY, DischargePolicy
from ajar.pathway.discharge.stay import DEFAULT_STAYS, rule_for
from ajar.pathway.dosing.session import fold
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.pathway.discharge.story import US, Story, assessed, at, release
from tests.support.approved import assert_approved
from tests.support.refusal import refusal

APPROVED: Final = Path(__file__).parent / "approved"
Cases = Mapping[str, Callable[[], object]]

RECOVERED: Final = RecoveryConfirmed(criteria=(), rulebook_version="1")
LOST: Final = RecoveryLost(because="dizzy again")
LEFT: Final = LeftAgainstAdvice(unmet=(), because="must go", advised="to stay")
STAYS: Final = DEFAULT_POLICY.stays
SHORT: Final = (replace(STAYS[0], minutes=119), *STAYS[1:])
SHEET: Final = sheet_for(Product.KETAMINE_IV, "en", Jurisdiction.US)
INSTRUCTED: Final = InstructionsGiven(
    way=Way.PRINTED, language="en", given_to=(Recipient.PATIENT,), names=(), sheet_version="1"
)


def wrong(fact: Any, **changes: Any) -> Callable[[], object]:
    return lambda: replace(fact, **changes)


def domain(name: str, points: int) -> Callable[[], object]:
    return lambda: assessed(**{name: points})


ENTRIES: Final[Cases] = {
    **{
        f"{name} {points}": domain(name, points)
        for name in ("activity", "respiration", "circulation", "consciousness", "saturation")
        for points in (-1, 3)
    },
    "recovery lost for no reason": lambda: RecoveryLost(because=" "),
    "instructions to nobody": wrong(INSTRUCTED, given_to=()),
    "instructions in no language": wrong(INSTRUCTED, language=" "),
    "handed to nobody": lambda: release(handed_to=""),
    "ready before the drug": lambda: release(ready_without_rule_min=-1),
    "ready after a day": lambda: release(ready_without_rule_min=1441),
    "not advised": wrong(LEFT, advised=""),
    "a sheet without its first line": wrong(SHEET, items=SHEET.items[1:]),
}
POLICY: Final[Cases] = {
    "no rule for the spray in the US": wrong(DEFAULT_POLICY, stays=STAYS[1:]),
    "no rule for the spray in the EU": wrong(DEFAULT_POLICY, stays=(STAYS[0], *STAYS[2:])),
    "119 min after a spray": wrong(DEFAULT_POLICY, stays=SHORT),
    "Aldrete 7": wrong(DEFAULT_POLICY, aldrete_pass=7),
    "Aldrete 11": wrong(DEFAULT_POLICY, aldrete_pass=11),
    "less for the liver": wrong(DEFAULT_POLICY, hepatic_extra_min=-1),
    "below the baseline": wrong(DEFAULT_POLICY, cadss_rise=-1),
    "values of no age": wrong(DEFAULT_POLICY, fresh_min=0),
    "a page of no age": wrong(DEFAULT_POLICY, released_within_min=0),
    "a stay below nothing": wrong(STAYS[0], minutes=-1),
    "a stay of more than a day": wrong(STAYS[0], minutes=1441),
}
WITHIN: Final[Cases] = {
    "Aldrete 8": wrong(DEFAULT_POLICY, aldrete_pass=8),
    "Aldrete 10": wrong(DEFAULT_POLICY, aldrete_pass=10),
    "nothing more": wrong(DEFAULT_POLICY, hepatic_extra_min=0, cadss_rise=0, fresh_min=1),
    "a minute": wrong(DEFAULT_POLICY, released_within_min=1),
    "no stay": wrong(STAYS[1], minutes=0),
    "a day": wrong(STAYS[0], minutes=1440),
    "ready at once": lambda: release(ready_without_rule_min=0),
    "ready after a day": lambda: release(ready_without_rule_min=1440),
}


def tried(
    story: Story, payload: Payload, minute: float, now: float | None = None, **more: Any
) -> Callable[[], object]:
    """Recorded for `minute`, at `now`."""
    new = story.new(minute, payload)
    recorded_at = at(minute if now is None else now)
    return lambda: refuse_unless_allowed(new, story.entries, US, now=recorded_at, **more)


def hypoxic() -> Story:
    story = Story().recovered()
    story.tell(128, VitalsMeasured(spo2_percent=88))
    return story


def nine_points() -> Story:
    story = Story().watched(until=126)
    story.tell(127, assessed(activity=1))
    return story


def tolerant() -> dict[str, Any]:
    """Limits under which 88 % alarms nobody."""
    milder = [
        replace(limit, steps=tuple(replace(step, bound=step.bound - 10) for step in limit.steps))
        if limit.id == "ALM-4"
        else limit
        for limit in DEFAULT_LIMITS.limits
    ]
    return {"limits": replace(DEFAULT_LIMITS, limits=tuple(milder))}


def strict(**changes: Any) -> dict[str, DischargePolicy]:
    return {"policy": replace(DEFAULT_POLICY, **changes)}


GUARD: Final[Cases] = {
    "nobody planned": lambda: standing([], US, now=at(0)),
    "recovery too early": tried(Story().watched(until=124), RECOVERED, 124),
    "recovery of a session just dosed": tried(Story().dosed(), RECOVERED, 10),
    "recovery": tried(Story().watched(until=126), RECOVERED, 127),
    "recovery with 9 points": tried(nine_points(), RECOVERED, 128),
    "recovery with 9 points where 10 are asked": tried(
        nine_points(), RECOVERED, 128, **strict(aldrete_pass=10)
    ),
    "recovery told an hour later": tried(Story().watched(until=126), RECOVERED, 126.5, 180),
    "recovery of one who is ready": tried(Story().until_ready(), RECOVERED, -1),
    "recovery lost": tried(Story().recovered(), LOST, 128),
    "recovery lost that was not there": tried(Story().watched(until=126), LOST, 128),
    "release with low oxygen": tried(hypoxic(), release(), 129),
    "release with low oxygen where nobody minds": tried(hypoxic(), release(), 129, **tolerant()),
    "release without instructions": tried(Story().recovered(), release(instructions_given_to=()), 130),
    "release": tried(Story().recovered(), release(), 130),
    "release of one who has not recovered": tried(Story().watched(until=126), release(), 130),
    "release 10 min ago": tried(Story().recovered(), release(), 130, 140),
    "release more than 10 min ago": tried(Story().recovered(), release(), 130, 140.1),
    "release more than 5 min ago": tried(
        Story().recovered(), release(), 130, 136, **strict(released_within_min=5)
    ),
    "release in the future": tried(Story().recovered(), release(), 140, 127),
    "spray, not said when ready": tried(Story().recovered(), release(ready_without_rule_min=None), 130),
    "infusion, not said when ready": tried(
        Story(product=Product.KETAMINE_IV).recovered(), release(ready_without_rule_min=None), 130
    ),
    "ready as they leave": tried(Story().recovered(), release(ready_without_rule_min=130), 130),
    "ready after they left": tried(Story().recovered(), release(ready_without_rule_min=131), 130.4),
    "ready before any drug": lambda: refuse_impossible_readiness(
        1, standing(Story().until_ready().entries, US, now=at(0)).session, at=at(0)
    ),
    "ready at no time before any drug": lambda: refuse_impossible_readiness(
        0, standing(Story().until_ready().entries, US, now=at(0)).session, at=at(0)
    ),
    "left against advice": tried(Story().dosed(), LEFT, 60),
    "left before the drug": tried(Story().until_ready(), LEFT, -1),
}


@pytest.mark.parametrize(
    ("name", "cases"), [("refused_entries", ENTRIES), ("refused_policy", POLICY), ("refused_guard", GUARD)]
)
def test_every_refusal_is_said_in_approved_words(name: str, cases: Cases) -> None:
    assert_approved(APPROVED / f"{name}.json", {words: refusal(act) for words, act in cases.items()})


@pytest.mark.parametrize("words", WITHIN)
def test_what_lies_on_the_edge_is_taken(words: str) -> None:
    assert WITHIN[words]() is not None


def test_the_newest_assessment_counts_and_of_two_at_once_the_later_recorded() -> None:
    story = Story().dosed()
    for minute, activity in ((128, 1), (129, 2), (129, 0), (100, 1)):
        story.tell(minute, assessed(activity=activity))
    stands = standing(story.entries, US, now=at(130))
    entry = story.entries[-2]
    assert stands.assessment == Assessed(at=at(129), entry_id=entry.id, said=assessed(activity=0))
    assert stands.session == fold(story.entries)


def test_a_law_that_a_rule_does_not_name_is_not_its_law() -> None:
    for product in Product:
        for law in Jurisdiction:
            rule = rule_for(DEFAULT_STAYS, product, law)
            assert rule is not None
            assert (rule.product, law in rule.jurisdictions) == (product, True)
    assert rule_for(DEFAULT_STAYS[1:2], Product.ESKETAMINE_IN, Jurisdiction.US) is None


def test_the_sheet_is_written_in_approved_words_for_each_place_language_and_law() -> None:
    said: dict[str, object] = {}
    for language in LANGUAGES:
        for product in (Product.KETAMINE_IV, Product.KETAMINE_SL_HOME):
            sheet = sheet_for(product, language, Jurisdiction.US)
            items = [f"{item.id}: {item.text} {item.source}" for item in sheet.items]
            said[f"{product}, {language}"] = [
                sheet.language, sheet.title, sheet.opening, *items, sheet.call_first, sheet.closing
            ]  # fmt: skip
        for law in Jurisdiction:
            said[f"{law}, {language}"] = sheet_for(Product.KETAMINE_IV, language, law).items[4].text
    french = sheet_for("ketamine_rectal", "fr", Jurisdiction.US)
    said["of a product that nobody knows, in French"] = [french.language, french.title, french.closing]
    assert_approved(APPROVED / "sheet.json", said)
