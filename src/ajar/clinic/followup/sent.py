"""What someone reads after handing a questionnaire in: this score beside the last one, in words."""

from dataclasses import dataclass

from django.utils import translation

from ajar.clinic.followup.answering import instrument_of
from ajar.clinic.followup.models import QuestionnaireInvitation, ScoreRow
from ajar.clinic.followup.selectors import score_before
from ajar.clinic.ledger.selectors import entry_by_id
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.score import Scored, risk, score, total_text
from ajar.pathway.screening.result import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredInWords:
    """The parts of the page. `total` is None where too much was skipped for a score."""

    name: str
    total: str | None
    previous: str | None
    headline: str
    meaning: str
    risky: bool


def words_after(invitation: QuestionnaireInvitation) -> AnsweredInWords:
    """The result of an invitation that was handed in.

    Raises:
        LookupError: it was not handed in, or its answers were taken back since.
    """
    instrument, row = instrument_of(invitation), _row(invitation)
    answered = entry_by_id(row.entry_id).payload
    if not isinstance(answered, QuestionnaireAnswered):
        raise LookupError("The answers were taken back.")
    result = score(instrument, answered.items)
    before = score_before(invitation.patient, instrument, row.answered_at)
    words = in_words(instrument, result, translation.get_language() or invitation.language)
    return AnsweredInWords(
        name=instrument.name,
        total=total_text(result.total) if isinstance(result, Scored) else None,
        previous=before.total_words if before else None,
        headline=words.headline,
        meaning=words.meaning,
        risky=risk(instrument, answered.items) is not None,
    )


def _row(invitation: QuestionnaireInvitation) -> ScoreRow:
    row = None
    if invitation.entry_id is not None:
        row = ScoreRow.objects.filter(entry_id=invitation.entry_id).first()
    if row is None:
        raise LookupError("The answers were not handed in, or were taken back.")
    return row
