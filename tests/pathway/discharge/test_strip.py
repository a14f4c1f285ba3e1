"""The strip says of each gate how it stands, and names what is open before what resolved."""

import pytest

from ajar.pathway.discharge.criteria import Criterion, Verdict
from ajar.pathway.discharge.entries import InstructionsGiven, Recipient, Way
from ajar.pathway.discharge.guard import standing
from ajar.pathway.discharge.strip import Gate, gates_of
from tests.pathway.discharge.story import US, Story, at, release

BOTH = (Recipient.PATIENT, Recipient.ESCORT)


def given(*who: Recipient) -> InstructionsGiven:
    return InstructionsGiven(
        way=Way.PRINTED, language="es", given_to=who, names=tuple(who), sheet_version="2026-11"
    )


def gates(story: Story, minute: float) -> dict[str, Gate]:
    judged = standing(story.entries, US, now=at(minute)).judgement
    return {gate.letter: gate for gate in gates_of(judged)}


def test_every_criterion_stands_at_its_gates_and_a_young_session_has_all_open() -> None:
    found = gates(Story().dosed(), 10)
    assert [len(gate.criteria) for gate in found.values()] == [2, 5, 8]
    assert len(found["C"].said) == 3
    assert found["C"].more == len(found["C"].open) - 3
    assert found["B"].open[0].finding.due_at is not None


@pytest.mark.hazard("HAZ-06")
def test_what_resolved_is_said_with_its_time_and_what_is_open_comes_first() -> None:
    found = gates(Story().watched(until=126), 127)
    assert (found["A"].open, found["A"].more) == ((), 0)
    assert [one.finding.datum for one in found["A"].said] == ["Aldrete 10"]
    assert [one.finding.words for one in found["B"].said] == [
        "Stayed long enough",
        "Sedation resolved",
        "Dissociation resolved",
    ]
    assert found["C"].said[0].finding.words == "Given at release."


def test_instructions_recorded_before_the_release_show_at_the_gate_with_their_time() -> None:
    story = Story().watched(until=126)

    def instructions(minute: float) -> Criterion:
        return standing(story.entries, US, now=at(minute)).judgement.criteria[-1]

    story.tell(126, given(Recipient.PATIENT))
    assert instructions(127).finding.words == "Not yet given to the escort."
    story.tell(127, given(Recipient.ESCORT))
    finding = instructions(128).finding
    assert (finding.verdict, finding.at) == (Verdict.MET, at(127))


@pytest.mark.hazard("HAZ-06")
def test_the_release_itself_says_again_who_got_them() -> None:
    story = Story().watched(until=126)
    story.tell(126, given(*BOTH))
    handover = release(instructions_given_to=("patient",))
    judged = standing(story.entries, US, now=at(127), handover=handover).judgement
    assert judged.criteria[-1].finding.words == "Not yet given to the escort."


def test_instructions_go_to_somebody_in_a_language() -> None:
    with pytest.raises(ValueError, match="Say who got the instructions"):
        given()
    with pytest.raises(ValueError, match="language"):
        InstructionsGiven(way=Way.PORTAL, language=" ", given_to=BOTH, names=(), sheet_version="1")
