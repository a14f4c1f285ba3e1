"""A file is there whole or not at all."""

import pytest

from ajar.workbench.whole_file import whole_binary, whole_text


def test_a_file_appears_when_it_is_done(tmp_path):
    path = tmp_path / "run.csv"
    with whole_text(path) as file:
        file.write("a\n")
        assert not path.exists()
    with whole_binary(path) as file:
        file.write(b"b\n")
    assert path.read_bytes() == b"b\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("before", [None, "as it was\n"])
def test_what_fails_half_way_leaves_what_was_there(tmp_path, before):
    path = tmp_path / "run.csv"
    if before is not None:
        path.write_text(before)

    def half():
        with whole_text(path) as file:
            file.write("half")
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        half()
    assert (path.read_text() if path.exists() else None) == before
    assert len(list(tmp_path.iterdir())) == (before is not None)
