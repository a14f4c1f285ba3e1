"""The history questions as one form: what was changed becomes entries, the rest stays as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ajar.clinic.evaluation.forms import YES_NO_UNKNOWN, FactForm
from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.evaluation.history import BY_ID, QUESTIONS
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.question import Question
from ajar.pathway.ledger.entry import NewEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, its field, the answer that stands, and the field for why a lasting yes is changed."""

    question: Question
    field: forms.BoundField
    latest: Fact[HistoryAnswered] | None
    why: forms.BoundField | None


class HistoryForm(FactForm):
    """Yes, no or not known to each question that is asked for this product, law and purpose.

    Nothing is selected that has not been answered lately.
    """

    def __init__(
        self, *args: Any, candidate: Candidate, setting: Setting, now: datetime, zone: ZoneInfo, **kwargs: Any
    ) -> None:
        super().__init__(*args, now=now, zone=zone, **kwargs)
        self.candidate = candidate
        self.questions = [q for q in QUESTIONS if q.asked_for(setting)]
        self.standing = {q.id: standing_answer(candidate, q, now) for q in self.questions}
        for question in self.questions:
            self._add(question)

    def _add(self, question: Question) -> None:
        self.fields[question.id] = forms.ChoiceField(
            label=question.wording,
            choices=YES_NO_UNKNOWN,
            required=False,
            widget=forms.RadioSelect,
            initial=self.standing[question.id],
        )
        if lasting_yes(self.candidate, question):
            self.fields[f"why_{question.id}"] = forms.CharField(
                label=_("Why this yes is changed"), required=False, max_length=300
            )

    def clean(self) -> dict[str, Any]:
        """Something was answered, and a lasting yes is changed only with a reason."""
        data = super().clean()
        if not self.errors and not self.changed():
            self.add_error(None, _now("No answer was changed, so there is nothing to record."))
        for question_id in self.changed():
            question = BY_ID[question_id]
            if lasting_yes(self.candidate, question) and not data.get(f"why_{question_id}", "").strip():
                words = _now("This was answered yes before. Say why it is changed.")
                self.add_error(f"why_{question_id}", words)
        return data

    def changed(self) -> Mapping[str, Answer]:
        """The answers that differ from what stands."""
        typed = {q.id: self.cleaned_data.get(q.id, "") for q in self.questions}
        return {
            question_id: Answer(value)
            for question_id, value in typed.items()
            if value and value != self.standing[question_id]
        }

    def entries(self) -> list[NewEntry]:
        """One entry for each changed answer; a lasting yes is corrected, not just answered again."""
        return [
            new for question_id, answer in self.changed().items() for new in self._new(question_id, answer)
        ]

    def _new(self, question_id: str, answer: Answer) -> Iterator[NewEntry]:
        payload = HistoryAnswered(question=question_id, answer=answer)
        wrong = lasting_yes(self.candidate, BY_ID[question_id])
        reason = self.cleaned_data.get(f"why_{question_id}", "")
        if not wrong or not reason.strip():
            yield NewEntry(payload=payload, happened_at=self.now)
        for fact in wrong if reason.strip() else ():
            yield NewEntry(
                payload=payload, happened_at=fact.happened_at, supersedes=fact.entry_id, reason=reason
            )

    @property
    def groups(self) -> list[tuple[str, list[Asked]]]:
        """The questions under their headings, in order."""
        headings = dict.fromkeys(question.group for question in self.questions)
        return [(group, [self._asked(q) for q in self.questions if q.group == group]) for group in headings]

    def _asked(self, question: Question) -> Asked:
        answers = self.candidate.answers_to(question.id)
        why = f"why_{question.id}"
        return Asked(
            question=question,
            field=self[question.id],
            latest=answers[-1] if answers else None,
            why=self[why] if why in self.fields else None,
        )


def standing_answer(candidate: Candidate, question: Question, now: datetime) -> str:
    """The answer that still holds, or "" where the question should be asked again."""
    if lasting_yes(candidate, question):
        return Answer.YES
    answers = candidate.answers_to(question.id)
    if not answers:
        return ""
    too_old = not question.lifetime and now - answers[-1].happened_at > question.holds
    return "" if too_old else answers[-1].payload.answer


def lasting_yes(candidate: Candidate, question: Question) -> list[Fact[HistoryAnswered]]:
    """The recorded yes answers to a question about one's whole life; they stay until corrected."""
    if not question.lifetime:
        return []
    return [f for f in candidate.answers_to(question.id) if f.payload.answer is Answer.YES]
