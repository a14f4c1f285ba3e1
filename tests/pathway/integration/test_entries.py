"""What an integration note must say, and what it refuses."""

from uuid import UUID

import pytest

from ajar.pathway.integration.entries import IntegrationHeld, PrivateNoteWritten, Purpose


def held(**changes: object) -> IntegrationHeld:
    words: dict[str, object] = {
        "dosing_encounter_id": UUID(int=1),
        "minutes": 50,
        "attendees": "Patient and therapist",
        "insights": "Fear is older than the illness.",
        "emotions": "",
        "thought_patterns": "",
        "change": "",
        "home_practice": "",
        "patient_may_read": True,
    }
    return IntegrationHeld(**(words | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("minutes", [0, 301, -5])
def test_a_session_lasts_between_one_minute_and_five_hours(minutes):
    with pytest.raises(
        ValueError, match=rf"^An integration session lasts 1 to 300 minutes, got {minutes}\.$"
    ):
        held(minutes=minutes)
    assert [held(minutes=edge).minutes for edge in (1, 300)] == [1, 300]


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_session_without_a_word_under_any_heading_is_refused(blank):
    with pytest.raises(ValueError, match=r"^Write something under at least one of the four headings\.$"):
        held(insights=blank)


@pytest.mark.parametrize("heading", ["insights", "emotions", "thought_patterns", "change"])
def test_one_heading_is_enough(heading):
    note = held(**{"insights": "", heading: "Said."})
    assert "Said." in note.headings
    written = held(insights="1", emotions="2", thought_patterns="3", change="4")
    assert written.headings == ("1", "2", "3", "4")


def test_a_preparation_follows_no_dose():
    with pytest.raises(
        ValueError, match=r"^A preparation session comes before the doses; it follows none\.$"
    ):
        held(purpose=Purpose.PREPARATION)
    assert held(purpose=Purpose.PREPARATION, dosing_encounter_id=None).dosing_encounter_id is None


def test_a_note_never_makes_a_colleagues_open_form_stale():
    assert not IntegrationHeld.DECISIVE
    assert not PrivateNoteWritten.DECISIVE


def test_the_private_note_is_private_and_not_empty():
    assert PrivateNoteWritten.PRIVATE
    assert not IntegrationHeld.PRIVATE
    with pytest.raises(ValueError, match=r"^note must not be empty\.$"):
        PrivateNoteWritten(text=" ")
