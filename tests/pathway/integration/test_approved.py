"""The lists that a session is worked through with, word by word, beside a text that a person has read."""

from pathlib import Path

from ajar.pathway.evaluation.products import Indication
from ajar.pathway.integration.checklists import FOR_PURPOSE, NOTE_ELEMENTS, Checklist, add_on_list
from ajar.pathway.integration.sessions import SESSION_TYPES
from tests.support.approved import assert_approved

APPROVED = Path(__file__).parent / "approved"


def test_the_lists_are_as_approved():
    lists: dict[str, Checklist] = {one.name: one for each in FOR_PURPOSE.values() for one in each}
    lists |= {NOTE_ELEMENTS.name: NOTE_ELEMENTS}
    lists |= {f"For {condition}": add_on_list(condition) for condition in (Indication.PTSD, Indication.TRD)}
    lists |= {"For a condition that nobody named": add_on_list(None)}
    assert_approved(APPROVED / "checklists.json", lists)


def test_the_kinds_of_session_are_as_approved():
    assert_approved(APPROVED / "sessions.json", {one.id: one for one in SESSION_TYPES.values()})
