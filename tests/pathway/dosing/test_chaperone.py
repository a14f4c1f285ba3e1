"""What a chaperone attests is kept in the words that were shown."""

import pytest

from ajar.pathway.dosing.entries import ChaperoneAttested

SAID = {
    "chaperone_name": "Jonas Quist",
    "chaperone_phone": "+1 212 555 0177",
    "statements": ("I am an adult.",),
    "language": "en",
}


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"chaperone_name": " "}, "name"),
        ({"chaperone_phone": ""}, "telephone"),
        ({"statements": ()}, "statements that were agreed to"),
    ],
)
def test_an_attestation_without_a_person_or_words_is_refused(missing, said):
    assert ChaperoneAttested(**SAID).statements == ("I am an adult.",)
    with pytest.raises(ValueError, match=said):
        ChaperoneAttested(**(SAID | missing))
