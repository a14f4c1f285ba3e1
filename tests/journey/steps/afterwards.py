"""Steps 7 to 9 after the door: paperwork, integration, the rest of the course, scores, the next booster."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.journey.steps.screening import NAME
from tests.journey.steps.the_day import session_page
from tests.journey.steps.treatment import NURSE, PIN, PRESCRIBER, chart
from tests.journey.telling import INFUSION, Journey

THERAPIST = "Jo Larkin"
PRIVATE = "Grief for the brother; go slowly."
SHARED = "The heaviness comes and goes."
ANSWERS = ("0", "1", "0", "1", "0", "1", "0", "0", "0")
SCORE = "3"


def note(journey: Journey) -> None:
    """The note is there at once, filled from the entries, and lists what is missing."""
    page = journey.page(NURSE)
    page.goto(f"/encounters/{journey.known['session']}/note/")
    main = page.locator("main")
    for fact in ("KET-2603", "200/118", "Robin Tolland"):
        expect(main).to_contain_text(fact)
    if journey.treatment.asks_rems:
        expect(main).to_contain_text("The questions of the REMS form are not answered.")
        expect(main).to_contain_text("No blood pressure 30 to 50 minutes after the first device.")
    journey.look(page, "note")


def rems(journey: Journey) -> None:
    """The REMS form is filled in from the entries, and lists what only a person can say."""
    page = journey.page(NURSE)
    page.goto(f"/encounters/{journey.known['session']}/rems/")
    main = page.locator("main")
    if not journey.treatment.asks_rems:
        expect(page.locator("main table")).to_have_count(0)
        journey.look(page, "rems-not-asked")
        return
    expect(main).to_contain_text("still empty")
    expect(main).to_contain_text("56")
    journey.look(page, "rems-missing")
    form = page.locator("#answers-form")
    for question in form.locator("fieldset").all():
        yes = "acceptable" in question.inner_text() or "enrolled" in question.inner_text()
        question.get_by_label("Yes" if yes else "No", exact=True).check()
    page.get_by_role("button", name="Record these answers").click()
    journey.glance(page, "rems-answered")


def sign(journey: Journey) -> None:
    """The nurse signs what stands, gaps and all; the seal holds."""
    page = journey.page(NURSE)
    page.goto(f"/encounters/{journey.known['session']}/note/")
    main = page.locator("main")
    page.get_by_label("I recorded this session").check()
    page.get_by_label("Your signing PIN").fill(PIN)
    page.get_by_role("button", name=re.compile("^Sign this session as Dana Rowe")).click()
    expect(main).to_contain_text("checked just now: holds")
    journey.glance(page, "note-signed")


def correction(journey: Journey) -> None:
    """A reading corrected after signing stands beside the seal, with its reason; the old one stays."""
    page = session_page(journey, NURSE)
    page.locator("summary", has_text="Recorded last").click()
    journey.look(page, "session-closed")
    page.get_by_role("link", name=re.compile("^Correct .*124")).click()
    page.locator("input[name=systolic_mmhg]").fill("128")
    page.get_by_label(re.compile("^Why|reason", re.IGNORECASE)).first.fill("Misread the cuff.")
    journey.look(page, "correct")
    page.get_by_role("button", name="Record the correction").click()
    page.goto(f"/encounters/{journey.known['session']}/note/")
    expect(page.locator("main")).to_contain_text("Changed after signing")
    expect(page.locator("main")).to_contain_text("Misread the cuff.")
    expect(page.locator("main")).to_contain_text("checked just now: holds")
    journey.look(page, "note-corrected")


def integration(journey: Journey) -> None:
    """The day after: four headings for the team, and a note that is the therapist's alone."""
    journey.leave()
    journey.clinic.wait_until(journey.clinic.now + timedelta(hours=26))
    page = journey.page(THERAPIST)
    chart(journey, page, "Integration")
    journey.glance(page, "integration")
    page.get_by_role("link", name="Write down a session").click()
    page.get_by_label("Integration, after a dose").check()
    page.get_by_label("Which dose it follows").select_option(index=1)
    day, clock = str(journey.clinic.now - timedelta(hours=6)).split()  # an hour ago in New York
    page.get_by_label("Day", exact=True).fill(day)
    page.get_by_label("Began at").fill(clock[:5])
    page.get_by_label("Lasted").fill("50")
    page.get_by_label("Who was there").fill(f"{NAME} and the therapist")
    page.get_by_label("Insights").fill(SHARED)
    page.get_by_label("Emotions").fill("Relief first, then sadness that could be borne.")
    page.get_by_label("Thought patterns").fill("Notices 'always' sooner.")
    page.locator("[name=change]").fill("Walks to work twice a week.")
    page.get_by_label("Yes, on their own page").check()
    page.get_by_label("Private note").fill(PRIVATE)
    journey.look(page, "integration-writing")
    page.get_by_role("button", name="Record this session").click()
    page.locator("summary", has_text="Your private note").click()
    expect(page.get_by_text(PRIVATE)).to_be_visible()
    journey.look(page, "integration-therapist")


def team_reads(journey: Journey) -> None:
    """The prescriber reads what was shared, and nowhere what was not."""
    page = journey.page(PRESCRIBER)
    chart(journey, page, "Integration")
    expect(page.get_by_text(SHARED)).to_be_visible()
    assert PRIVATE not in page.content()
    page.goto(f"/patients/{journey.known['patient']}/ledger/")
    assert PRIVATE not in page.content()
    journey.look(page, "ledger")


def rest_of_the_course(journey: Journey) -> None:
    """The other sessions pass, told through the services at their planned times; then a week goes by."""
    journey.leave()
    last_at = journey.clinic.behind("rest_of_course", patient=journey.known["patient"])
    journey.clinic.wait_until(datetime.fromisoformat(last_at) + timedelta(days=6))
    page = journey.page(PRESCRIBER)
    chart(journey, page, "Sessions")
    journey.look(page, "sessions")
    chart(journey, page)
    journey.look(page, "chart-after")


def questionnaire(journey: Journey) -> None:
    """A link opened on the phone, without signing in."""
    staff = journey.page(PRESCRIBER)
    chart(journey, staff, "Follow-up")
    journey.look(staff, "follow-up-due")
    due = staff.get_by_role("button", name=re.compile("^Make the PHQ-9 link"))
    if due.count():
        due.click()
    else:
        staff.locator("summary", has_text="Ask outside the schedule").click()
        staff.get_by_label("Occasion").fill("after the course")
        staff.get_by_role("button", name="Make this link").click()
    link = staff.locator("input[id^=link-]").first.input_value()
    page = journey.page()
    page.goto(link)
    journey.look(page, "link")
    page.get_by_role("button", name="Begin").click()
    for number, answer in enumerate(ANSWERS, start=1):
        expect(page).to_have_url(re.compile(rf"/{number}/$"))
        if number == 1:
            journey.look(page, "link-question")
        page.locator(f"input[name=answer][value='{answer}']").focus()
        page.keyboard.press("Space")
        if page.url.endswith(f"/{number}/"):
            page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"today {SCORE}")
    journey.look(page, "link-sent")
    page.goto(link)
    journey.look(page, "link-closed")


def response(journey: Journey) -> None:
    """The score chart with its dose marks; response and remission by their definitions."""
    page = journey.page(PRESCRIBER)
    chart(journey, page, "Follow-up")
    main = page.locator("main")
    expect(main).to_contain_text(re.compile("remission", re.IGNORECASE))
    expect(main).to_contain_text(re.compile("response", re.IGNORECASE))
    expect(main.get_by_role("img", name=re.compile("PHQ-9 fell 13 points"))).to_be_visible()
    journey.look(page, "follow-up")


def booster(journey: Journey) -> None:
    """The next date, or why there is none, with its rule."""
    page = journey.page(PRESCRIBER)
    page.goto(f"/patients/{journey.known['patient']}/maintenance/")
    said = "May be offered from" if journey.treatment is INFUSION else "None for now|May be offered from"
    expect(page.locator("main")).to_contain_text(re.compile(said))
    journey.look(page, "booster")
    page.goto("/maintenance/")
    journey.look(page, "boosters")


STEPS = (
    note,
    rems,
    sign,
    correction,
    integration,
    team_reads,
    rest_of_the_course,
    questionnaire,
    response,
    booster,
)
