"""`ScoreRow` follows the ledger: a patient's rows are computed again whenever an answer may have changed."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from ajar.clinic.followup.models import AskingStopped, ScoreRow
from ajar.clinic.ledger.readmodels import register
from ajar.clinic.ledger.selectors import all_entries
from ajar.pathway.followup.entries import STOP_KINDS, stopped_since
from ajar.pathway.followup.scores import ScorePoint, points_from
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.outcome import Scored, Triaged
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import EnteredInError

KINDS: Final = (QuestionnaireAnswered.KIND, EnteredInError.KIND)


class Scores:
    """Feeds `ScoreRow`."""

    name = "scores"

    def follow(self, entries: Sequence[Entry]) -> None:
        """Score the patient's answers again where one was added, corrected or taken back."""
        if any(isinstance(entry.payload, QuestionnaireAnswered | EnteredInError) for entry in entries):
            _score_again(entries[0].patient_id)

    def clear(self) -> None:
        """Forget every score."""
        ScoreRow.objects.all().delete()

    def snapshot(self) -> object:
        """Every row, in one order."""
        return list(ScoreRow.objects.order_by("entry_id").values())


def _score_again(patient_id: UUID) -> None:
    entries = all_entries(patient_id, kinds=KINDS)
    ScoreRow.objects.filter(patient_id=patient_id).delete()
    named = {
        entry.payload.instrument for entry in entries if isinstance(entry.payload, QuestionnaireAnswered)
    }
    ScoreRow.objects.bulk_create(
        _row(patient_id, SCORERS[name], point)
        for name in sorted(named & set(SCORERS))
        for point in points_from(entries, SCORERS[name])
    )


def _row(patient_id: UUID, instrument: Instrument, point: ScorePoint) -> ScoreRow:
    safety = [point.items[item.number - 1] for item in instrument.safety_items]
    return ScoreRow(
        entry_id=point.entry_id,
        patient_id=patient_id,
        instrument=instrument.id,
        total=point.total,
        band=_band(point),
        answered_at=point.answered_at,
        mode=point.mode,
        occasion=point.occasion,
        safety_answer=max((answer for answer in safety if answer is not None), default=None),
        overlapping_recall=point.overlapping_recall,
    )


def _band(point: ScorePoint) -> str:
    match point.result:
        case Scored(band=band):
            return band.id
        case Triaged(level=level):
            return level.value
    return ""


class Stops:
    """Feeds `AskingStopped`."""

    name = "questionnaires stopped"

    def follow(self, entries: Sequence[Entry]) -> None:
        """Read again whether the patient is asked, where something of it was added or taken back."""
        if any(entry.payload.KIND in STOP_KINDS for entry in entries):
            patient_id = entries[0].patient_id
            since = stopped_since(all_entries(patient_id, kinds=STOP_KINDS))
            AskingStopped.objects.filter(pk=patient_id).delete()
            if since is not None:
                AskingStopped.objects.create(patient_id=patient_id, since=since)

    def clear(self) -> None:
        """Forget every stop."""
        AskingStopped.objects.all().delete()

    def snapshot(self) -> object:
        """Every row, in one order."""
        return list(AskingStopped.objects.order_by("patient_id").values())


register(Scores())
register(Stops())
