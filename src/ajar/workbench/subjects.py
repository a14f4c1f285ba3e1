"""One subject of an event table, for what is done with one person."""

from pathlib import Path

from ajar.exchange.event_tables.subjects import Subject, subjects_of


def subject_in(path: Path, identity: str) -> Subject:
    """The subject of this ID, or where none is named the table's only one.

    Raises:
        OSError: the table cannot be read.
        ValueError: as `subjects_of`, no such subject, or several and none named.
    """
    with path.open(newline="", encoding="utf-8") as lines:
        subjects = subjects_of(lines)
        if identity:
            found = next((subject for subject in subjects if subject.id == identity), None)
            if found is None:
                raise ValueError(f"{path} has no subject {identity!r}.")
            return found
        first = next(subjects, None)
        if first is None:
            raise ValueError(f"{path} has no subject.")
        second = next(subjects, None)
    if second is not None:
        raise ValueError(f"{path} has several subjects ({first.id}, {second.id}, …); say which with --id.")
    return first
