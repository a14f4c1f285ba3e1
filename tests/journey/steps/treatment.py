"""Steps 3 to 5: the prescriber's evaluation, consent signed by two, and the course in the calendar."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journey.steps.screening import NAME
from tests.journey.telling import Journey

PRESCRIBER, NURSE = "Imran Vale", "Dana Rowe"
PIN = "2468"
FOR = "treatment_resistant_depression"
RESULTS = (
    ("1742-6", "22", "40"),
    ("1920-8", "24", "40"),
    ("6768-6", "70", "120"),
    ("2324-2", "30", "60"),
    ("2160-0", "0.9", "1.2"),
    ("2823-3", "4.1", "5.1"),
    ("urinalysis", "normal", ""),
)
SCORES = (("stop-bang", "2", ""), ("bpic-ss", "3", ""), ("mdq", "", "negative"))


def chart(journey: Journey, page: Page, tab: str = "") -> None:
    """Find the patient by name and open a tab of the chart."""
    if "patient" not in journey.known:
        page.goto("/patients/")
        page.get_by_role("searchbox").fill(NAME)
        page.get_by_role("button", name="Find").click()
        page.get_by_role("link", name=NAME).click()
        page.wait_for_url(re.compile(r"/patients/[^/?]+/$"))
        journey.known["patient"] = page.url.split("/patients/")[1].split("/")[0]
        journey.look(page, "chart")
    page.goto(f"/patients/{journey.known['patient']}/")
    if tab:
        page.get_by_role("navigation", name="Chart").get_by_role("link", name=tab).click()


def record(page: Page, section: str, **fields: str) -> Locator:
    """Fill in one section of the evaluation and record it."""
    card = page.locator(f"section#{section}")
    for name, value in fields.items():
        field = card.locator(f"[name={section}-{name}]").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    card.locator("form").last.get_by_role("button").last.click()
    return card


def finding(page: Page, rule: str) -> Locator:
    """One finding, by the id of its rule."""
    return page.locator("#findings .finding").filter(has_text=rule)


def evaluation(journey: Journey) -> Page:
    """The prescriber's page for the product of this journey."""
    page = journey.page(PRESCRIBER)
    chart(journey, page, "Evaluation")
    form = page.locator("#purpose")
    chosen = form.locator("[name=indication]").input_value(), form.locator("[name=product]").input_value()
    if chosen != (FOR, journey.treatment.product):
        form.locator("[name=product]").select_option(journey.treatment.product)
        form.locator("[name=indication]").select_option(FOR)
        form.get_by_role("button").click()
        expect(page).to_have_url(re.compile(f"product={journey.treatment.product}"))
    return page


def evaluation_begins(journey: Journey) -> None:
    """Findings appear as they are typed; what is not known is never a pass."""
    page = evaluation(journey)
    expect(page.locator("#findings")).to_contain_text("Needs information")
    journey.look(page, "evaluation-empty")
    page.locator("#vitals [name=vitals-systolic_mmhg]").press_sequentially("168")
    page.locator("#vitals [name=vitals-diastolic_mmhg]").press_sequentially("104")
    expect(page.locator("#findings")).to_contain_text("168/104")
    expect(page.locator("#findings")).to_contain_text("as typed, not recorded yet")
    journey.glance(page, "evaluation-typed")
    record(page, "vitals", systolic_mmhg="80", diastolic_mmhg="120")
    expect(page.locator("#vitals .field-error").first).to_be_visible()
    journey.look(page, "evaluation-impossible")
    card = record(
        page,
        "vitals",
        systolic_mmhg="124",
        diastolic_mmhg="78",
        heart_rate_bpm="71",
        weight_kg="70",
        height_cm="168",
    )
    expect(card.locator(".rows")).to_contain_text("124/78")


def hard_stop(journey: Journey) -> None:
    """An aneurysm stops everything, and there is nothing to accept."""
    page = evaluation(journey)
    answer(page, "aneurysm", "yes")
    stop = finding(page, "CI-01")
    expect(stop).to_contain_text("Stop")
    expect(stop).to_contain_text("Nobody can accept this.")
    expect(stop.get_by_text("Accept with a reason")).to_have_count(0)
    journey.glance(page, "evaluation-stop")
    answer(page, "aneurysm", "no")
    expect(finding(page, "CI-01").locator(".verdict")).to_have_text("Pass")


def answer(page: Page, question: str, value: str) -> None:
    """Answer one question of the history."""
    field = page.locator(f"#history input[name=history-{question}][value={value}]")
    field.check()


def facts(journey: Journey) -> None:
    """The rest of the history, medicines, trials and the pregnancy test."""
    page = evaluation(journey)
    names = page.locator("#history input[type=radio]").evaluate_all(
        "all => [...new Set(all.map(one => one.name))]"
    )
    for name in (name.removeprefix("history-") for name in names):
        answer(page, name, "yes" if name == "medicines_complete" else "no")
    page.locator("#history form").get_by_role("button").last.click()
    expect(page.locator("#history")).to_contain_text("Last answer")
    for drug in ("Sertraline", "Venlafaxine"):
        card = record(
            page,
            "trials",
            drug=drug,
            max_dose_text="200 mg",
            weeks="8",
            adequate_dose="yes",
            this_episode="yes",
            outcome="under_25_percent",
        )
        expect(card.locator(".rows")).to_contain_text(drug)
    card = record(page, "medicines", name="Lorazepam", code="6470", dose_text="0.5 mg at night", active="yes")
    expect(card.locator(".rows")).to_contain_text("Lorazepam")
    record(page, "pregnancy", status="not_pregnant", method="urine_hcg")
    for number, (test, result, upper) in enumerate(RESULTS, start=1):
        card = record(page, "labs", test=test, result=result, upper_normal=upper)
        expect(card.locator(".rows > li")).to_have_count(number)
    of_the_quiz = page.locator("#scores .rows > li").count()
    for number, (instrument, total, level) in enumerate(SCORES, start=1):
        card = record(page, "scores", instrument=instrument, total=total, level=level)
        expect(card.locator(".rows > li")).to_have_count(of_the_quiz + number)
    expect(page.locator("#findings")).to_contain_text("Precaution")
    journey.glance(page, "evaluation-facts")


def precaution_and_signature(journey: Journey) -> None:
    """A precaution is accepted by name, with a reason and a PIN; then the outcome is signed."""
    page = evaluation(journey)
    waiting = page.locator("#findings .finding").filter(has_text="Accept with a reason")
    accept(waiting.first, pin="9999")
    expect(waiting.first.locator(".field-error")).to_contain_text("PIN")
    journey.look(page, "evaluation-wrong-pin")
    for left in range(waiting.count(), 0, -1):
        expect(waiting).to_have_count(left)
        accept(waiting.first, pin=PIN)
    expect(waiting).to_have_count(0)
    expect(page.locator("#findings")).to_contain_text("Accepted by Imran Vale")
    page.locator("#sign-form").get_by_label("Your signing PIN").fill(PIN)
    journey.glance(page, "evaluation-sign")
    page.get_by_role("button", name=re.compile("^Sign evaluation")).click()
    expect(page.locator("#findings")).to_contain_text("Signed:")
    journey.look(page, "evaluation-signed")


def accept(one: Locator, *, pin: str) -> None:
    """Accept one precaution under one's name."""
    if not one.get_by_label("Your signing PIN").is_visible():
        one.get_by_text("Accept with a reason").click()
    one.get_by_label("Why, and what will be done about it").fill("Not on the day; watched for two hours.")
    one.get_by_label("Your signing PIN").fill(pin)
    one.get_by_role("button", name=re.compile("under my name")).click()


def consent(journey: Journey) -> None:
    """The patient signs on a device handed over; the prescriber signs after them."""
    nurse = journey.page(NURSE)
    chart(journey, nurse, "Consent")
    journey.look(nurse, "consent")
    card = nurse.locator("section.card, article.card, .card").filter(
        has_text="This is the consent for the treatment"
    )
    card.get_by_role("link", name=f"Hand this device to {NAME}").click()
    journey.look(nurse, "consent-text")
    for box in nurse.locator("#sign-form input[type=checkbox]").all():
        box.check()
    nurse.locator("#sign-form input[name=typed_name]").fill(NAME)
    nurse.get_by_role("button", name=f"Sign as {NAME}").click()
    expect(nurse.get_by_role("heading", name="Thank you. It is signed.")).to_be_visible()
    journey.look(nurse, "consent-thanks")
    prescriber = journey.page(PRESCRIBER)
    chart(journey, prescriber, "Consent")
    expect(prescriber.get_by_text("Waits for the prescriber")).to_be_visible()
    prescriber.get_by_label(re.compile("PIN")).fill(PIN)
    prescriber.get_by_role("button", name="Sign as Imran Vale").click()
    expect(prescriber.get_by_text("Signed by the patient and by the prescriber.")).to_be_visible()
    journey.look(prescriber, "consent-signed")


def plan(journey: Journey) -> None:
    """The whole course, each session with a room, somebody to watch and an integration time."""
    page, sessions = journey.page(PRESCRIBER), journey.treatment.sessions
    chart(journey, page, "Plan")
    journey.look(page, "plan-offers")
    page.get_by_role("link", name="Fill in the order").first.click()
    journey.look(page, "plan-order")
    form = page.locator("#order")
    form.locator("[name=indication]").fill("Treatment-resistant depression")
    form.locator("[name=intention]").fill("To have mornings that begin.")
    form.locator("[name=first_day]").fill("2026-03-04")
    for day in ("Monday", "Thursday"):
        form.get_by_label(day).check()
    page.get_by_role("button", name="Calculate and lay out the course").click()
    expect(page.get_by_role("heading", name="The course as it would be")).to_be_visible()
    expect(page.locator("section[aria-labelledby=proposal] > ol > li")).to_have_count(sessions)
    expect(page.locator("main")).to_contain_text(journey.treatment.dose)
    journey.look(page, "plan-proposal")
    page.get_by_role("button", name=re.compile(f"^Order {sessions} sessions for {NAME}")).click()
    expect(page.get_by_text("running", exact=True)).to_be_visible()
    journey.look(page, "plan")


STEPS = (evaluation_begins, hard_stop, facts, precaution_and_signature, consent, plan)
