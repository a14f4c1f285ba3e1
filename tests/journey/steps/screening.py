"""Steps 1 and 2: the quiz on a phone, help on the same screen, a task for staff, and a booking."""

import re

from playwright.sync_api import expect

from tests.journey.telling import Journey

GIVEN, FAMILY = "Mira", "Tolland"
NAME = f"{GIVEN} {FAMILY}"
PHONE_NUMBER = "212 555 0134"
ANSWERS = ("2", "3", "2", "2", "1", "2", "2", "1", "1")
SCORE = "16"


def quiz(journey: Journey) -> None:
    """One question a screen, by keyboard alone; item 9 above zero stays on its screen and offers help."""
    page = journey.page()
    page.goto("/")
    journey.look(page, "home")
    page.goto("/quiz/phq-9/")
    journey.look(page, "quiz-start")
    page.get_by_role("button", name="Begin with question 1").click()
    for number, answer in enumerate(ANSWERS, start=1):
        expect(page).to_have_url(re.compile(rf"/quiz/phq-9/{number}/$"))
        if number == 1:
            journey.look(page, "question")
        page.locator(f"input[name=answer][value='{answer}']").focus()
        page.keyboard.press("Space")
        if page.url.endswith(f"/{number}/"):
            page.keyboard.press("Enter")
    help_now = page.get_by_role("region", name=re.compile("help", re.IGNORECASE)).or_(page.locator(".crisis"))
    expect(help_now.get_by_role("link", name="988").first).to_be_visible()
    expect(page).to_have_url(re.compile("/quiz/phq-9/9/$"))
    journey.look(page, "crisis-help")
    page.get_by_label("Your phone number").fill(PHONE_NUMBER)
    page.get_by_role("button", name="Call me at this number").click()
    page.get_by_role("button", name="I am safe now").click()
    expect(page.get_by_text("Thank you for saying that you are safe")).to_be_visible()


def result(journey: Journey) -> None:
    """Score and band at once, in words."""
    page = journey.page()
    page.locator("form").get_by_role(
        "button", name=re.compile("my (answers|result|score)|result")
    ).last.click()
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    expect(page.locator("main")).to_contain_text(SCORE)
    expect(page.locator("main")).to_contain_text("moderately severe")
    journey.look(page, "result")


def task_for_staff(journey: Journey) -> None:
    """A task with an owner and a clock, before anybody has given a name."""
    page = journey.page("Dana Rowe")
    page.goto("/tasks/")
    task = page.locator("article.card").filter(has_text="item 9")
    expect(task).to_contain_text(PHONE_NUMBER)
    expect(task.locator("[data-due]")).to_be_visible()
    journey.look(page, "task")
    task.get_by_role("button", name="I will do this").click()
    task = page.locator("article.card").filter(has_text="item 9")
    expect(task).to_contain_text("Dana Rowe")
    task.locator("summary", has_text="Close it").click()
    task.get_by_label("What was done").fill("Called at once. Safe; safety plan gone through.")
    task.get_by_role("button", name="Close this task").click()
    expect(page.locator("article.card").filter(has_text="item 9")).to_have_count(0)


def booking(journey: Journey) -> None:
    """The first free time in Miami, in Miami's time; a name is asked only once the time is kept."""
    page = journey.page()
    page.get_by_role("link", name="See free times for a consultation").click()
    page.get_by_role("link", name="New York", exact=True).click()
    journey.look(page, "times")
    page.get_by_role("button", name="Take this time").click()
    expect(page.get_by_text("Kept for you until")).to_be_visible()
    journey.look(page, "who")
    page.get_by_role("button", name=re.compile("^Book")).click()
    expect(page.get_by_role("heading", name="Who is coming?")).to_be_visible()
    page.get_by_label("First name").fill(GIVEN)
    page.get_by_label("Last name").fill(FAMILY)
    page.get_by_label("Date of birth").fill("1987-04-12")
    page.get_by_label("Female", exact=True).check()
    page.get_by_role("button", name=re.compile("^Book")).click()
    expect(page.locator("main")).to_contain_text("can't be saved")
    journey.look(page, "who-refused")
    page.get_by_label("E-mail").fill("mira.tolland@people.example")
    page.get_by_role("button", name=re.compile("^Book")).click()
    expect(page.get_by_role("heading", name="Your consultation is booked")).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(r"E[SD]T|New York time|Eastern"))
    journey.look(page, "booked")


STEPS = (quiz, result, task_for_staff, booking)
