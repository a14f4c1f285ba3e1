"""The quiz as a visitor takes it: no name, one question a screen, help at once."""

from datetime import timedelta

import pytest
from django.test import Client

from ajar.clinic.screening.models import ScreeningVisit
from ajar.clinic.screening.services import TASK_KIND
from ajar.clinic.tasks.models import Task
from ajar.pathway.staff.roles import Role

LAST = "/quiz/phq-9/9/"
RESULT = "/quiz/phq-9/result/"

pytestmark = pytest.mark.usefixtures("new_york", "clock")


def begin(client: Client) -> None:
    assert client.post("/quiz/phq-9/").headers["Location"] == "/quiz/phq-9/1/"


def answer(client: Client, *answers: int) -> None:
    """Answer the first items, one screen after another."""
    for number, chosen in enumerate(answers, start=1):
        assert client.post(f"/quiz/phq-9/{number}/", {"answer": chosen}).status_code == 302


def test_every_answer_is_kept_as_it_is_given_and_nothing_is_chosen_beforehand(client: Client):
    begin(client)
    first = client.get("/quiz/phq-9/1/").content.decode()
    answer(client, 2, 3)

    assert "1 of 9" in first
    assert "checked" not in first
    assert ScreeningVisit.objects.get().items == (2, 3, *[None] * 7)
    assert "checked" in client.get("/quiz/phq-9/2/").content.decode()


def test_the_result_says_the_score_in_words_and_that_it_is_no_diagnosis(client: Client):
    begin(client)
    answer(client, 2, 2, 2, 2, 2, 1, 1, 0, 0)
    page = client.get(RESULT).content.decode()

    assert "Your score is 12 of 27: moderate symptoms." in page
    assert "not a diagnosis" in page
    assert 'href="/book/"' in page
    assert ScreeningVisit.objects.get().finished_at is not None
    assert Task.objects.count() == 0


@pytest.mark.hazard("HAZ-14")
@pytest.mark.parametrize(
    ("chosen", "owner", "minutes"),
    [(1, Role.NURSE, 13 * 60 + 59), (2, Role.PRESCRIBER, 60), (3, Role.PRESCRIBER, 60)],
)
def test_an_answer_above_zero_on_item_9_shows_help_on_that_screen_and_opens_one_task(
    client: Client, now, chosen: int, owner: Role, minutes: int
):
    begin(client)
    answer(client, *[0] * 8)
    sent = client.post(LAST, {"answer": chosen}, follow=True)
    page = sent.content.decode()
    task = Task.objects.get()

    assert sent.request["PATH_INFO"] == LAST
    assert "tel:988" in page
    assert "sms:988" in page
    assert "tel:911" in page
    assert "I am safe now" in page
    assert "Call me at this number" in page
    assert (task.kind, task.owner_role) == (TASK_KIND, owner)
    assert task.due_at == now + timedelta(minutes=minutes)
    assert ScreeningVisit.objects.get().finished_at is None

    assert client.post(LAST, {"answer": chosen}).headers["Location"] == RESULT
    assert Task.objects.count() == 1
    assert "tel:988" in client.get(RESULT).content.decode()


def test_a_higher_answer_sharpens_the_open_task_and_a_lower_one_leaves_it(client: Client, now):
    begin(client)
    client.post(LAST, {"answer": 1})
    client.post(LAST, {"answer": 3})
    sharp = Task.objects.get()
    assert (sharp.owner_role, sharp.due_at) == (Role.PRESCRIBER, now + timedelta(hours=1))

    client.post(LAST, {"answer": 0})
    assert Task.objects.get().because == sharp.because
    assert "tel:988" in client.get(LAST).content.decode()


@pytest.mark.hazard("HAZ-14")
def test_the_task_opens_on_an_incomplete_form(client: Client):
    begin(client)
    client.post(LAST, {"answer": 1})

    assert Task.objects.count() == 1


def test_a_number_left_reaches_the_task_and_the_page_says_who_calls_and_when(client: Client):
    begin(client)
    client.post(LAST, {"answer": 2})
    page = client.post("/quiz/phq-9/call-me/", {"phone": "212 555 0134"}, follow=True).content.decode()

    assert "will call you within the hour" in page
    assert Task.objects.get().contact == "212 555 0134"
    assert "asks to be called" in Task.objects.get().because


def test_a_number_that_is_none_is_refused_in_words_beside_the_help(client: Client):
    begin(client)
    client.post(LAST, {"answer": 2})
    refused = client.post("/quiz/phq-9/call-me/", {"phone": "soon"})

    assert refused.status_code == 422
    assert "with its area code" in refused.content.decode()
    assert "tel:988" in refused.content.decode()


def test_saying_that_one_is_safe_leaves_the_task_to_a_person(client: Client):
    begin(client)
    client.post(LAST, {"answer": 1})
    page = client.post("/quiz/phq-9/safe-now/", follow=True).content.decode()

    assert "Thank you for saying that you are safe" in page
    assert Task.objects.get().done_at is None
    assert "I am safe now" in Task.objects.get().because


def test_item_9_cannot_be_skipped_and_others_can(client: Client):
    begin(client)
    assert client.post("/quiz/phq-9/1/", {"skip": "yes"}).headers["Location"] == "/quiz/phq-9/2/"
    refused = client.post(LAST, {"skip": "yes"})

    assert refused.status_code == 422
    assert "needs an answer" in refused.content.decode()


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "4"}, {"answer": "-1"}, {"answer": "x"}])
def test_what_is_not_an_answer_is_refused_on_its_screen(client: Client, sent: dict[str, str]):
    begin(client)
    assert client.post("/quiz/phq-9/1/", sent).status_code == 422
    assert not ScreeningVisit.objects.get().answered


def test_too_many_skipped_items_give_no_score_but_a_way_to_answer(client: Client):
    begin(client)
    answer(client, 1)
    client.post(LAST, {"answer": 0})
    page = client.get(RESULT).content.decode()

    assert "no score" in page.lower()
    assert 'href="/quiz/phq-9/2/"' in page


@pytest.mark.parametrize("path", ["/quiz/phq-9/1/", RESULT, "/quiz/phq-9/10/"])
def test_without_a_quiz_begun_one_is_offered(client: Client, path: str):
    assert client.get(path).headers["Location"] == "/quiz/phq-9/"


@pytest.mark.parametrize("path", ["/quiz/phq-9/call-me/", "/quiz/phq-9/safe-now/"])
def test_help_without_a_quiz_begun_leads_to_its_beginning(client: Client, path: str):
    assert client.post(path, {"phone": "212 555 0134"}).headers["Location"] == "/quiz/phq-9/"
