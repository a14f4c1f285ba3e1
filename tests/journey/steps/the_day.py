"""Steps 6 and 7: the day of the first dose, from the door to the door."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journey.clinic import DEVICE
from tests.journey.steps.screening import NAME
from tests.journey.steps.treatment import NURSE, PIN, PRESCRIBER, chart
from tests.journey.telling import INFUSION, Journey

SECOND = "Ines Calder"
ROOM = "Harbor"
INITIALS = "M.T."
ESCORT = "Robin Tolland"
FIRST_DOSE_AT = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
"""Thursday, 09:00 in New York: the first of the preferred days after the one asked for."""


def session_page(journey: Journey, person: str) -> Page:
    """The session of today, by its address."""
    page = journey.page(person)
    page.goto(f"/encounters/{journey.known['session']}/")
    return page


def arrive(journey: Journey) -> None:
    """The clinic's clocks reach the morning of the first dose; the nurse shows the patient to a room."""
    page = journey.page(NURSE)
    chart(journey, page, "Plan")
    first = page.locator("li[id^=session-]").first
    journey.known["session"] = str(first.get_attribute("id")).removeprefix("session-")
    page.goto(f"/patients/{journey.known['patient']}/")
    facts = page.locator(".page-head .soft").inner_text().split(" · ")
    journey.known["mrn"] = next(fact for fact in facts if fact.startswith("AJ-"))
    journey.leave()
    journey.clinic.wait_until(FIRST_DOSE_AT - timedelta(minutes=20))
    page = journey.page(NURSE)
    page.goto("/today/")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    journey.look(page, "today")
    page.get_by_role("link", name=NAME).click()
    expect(page).to_have_url(re.compile(journey.known["session"]))
    if journey.treatment is not INFUSION:
        enrol(journey, page)
    journey.look(page, "session-planned")
    page.get_by_label(ROOM).check()
    page.get_by_role("button", name=f"{NAME} is here: take the room").click()
    expect(page.locator(".session-steps [aria-current=step]")).to_have_text("Arrived")
    journey.look(page, "session-arrived")


def enrol(journey: Journey, page: Page) -> None:
    """Nobody is checked in for a spray without an enrolment in the REMS."""
    expect(page.locator("main")).to_contain_text("enrolment is not on file")
    expect(page.get_by_role("button", name="is here: take the room")).to_have_count(0)
    journey.look(page, "session-not-enrolled")
    page.get_by_role("link", name="REMS enrolment").click()
    page.get_by_label("Reference given by the REMS").fill("R-2603")
    page.get_by_label("Prescriber who signed").select_option(label=f"{PRESCRIBER}, MD")
    for day in ("Patient signed on", "Prescriber signed on", "Enrolled on"):
        page.get_by_label(day).fill("2026-03-04")
    journey.look(page, "rems-enrolment")
    page.get_by_role("button", name="Put the enrolment on file").click()
    expect(page.locator("main")).to_contain_text("R-2603")
    page.goto(f"/encounters/{journey.known['session']}/")


def readiness(journey: Journey) -> None:
    """Fasting, escort, blood pressure: each with its reason, none skipped."""
    page = session_page(journey, NURSE)
    page.get_by_label("Last solid food").fill("2026-03-04T20:00")
    page.get_by_label("Last clear liquids").fill("2026-03-05T05:30")
    page.get_by_label("Who takes the patient home").fill(ESCORT)
    page.get_by_label("Their telephone").fill("212 555 0188")
    if journey.treatment is not INFUSION:
        page.get_by_label("Prescriber on site until release").select_option(label=f"{PRESCRIBER}, MD")
    for question in page.locator("#step fieldset").all():
        question.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Record today's answers").click()
    expect(page.get_by_role("heading", name="What stands in the way")).to_be_visible()
    journey.look(page, "session-in-the-way")
    vitals(page, systolic="126", diastolic="80", heart_rate="72", spo2="98", respiratory="15")
    expect(page.locator("main")).to_contain_text("126/80")
    journey.glance(page, "session-cleared")


def vitals(page: Page, *, button: str = "Record these vital signs", **values: str) -> None:
    """Type vital signs and record them."""
    for name, value in values.items():
        page.locator(f"#vitals-form input[name^={name}]").fill(value)
    page.get_by_role("button", name=button).first.click()


def order_and_check(journey: Journey) -> None:
    """The prescriber orders with a PIN; two people look at the vial; then the patient is ready."""
    page = session_page(journey, PRESCRIBER)
    page.locator("#step").get_by_label("Your signing PIN").fill(PIN)
    journey.look(page, "session-order")
    page.get_by_role("button", name=f"Sign the order for {NAME}").click()
    expect(page.locator("main")).to_contain_text("Ordered by Imran Vale")
    page = session_page(journey, NURSE)
    page.get_by_label("Lot, as printed").fill("KET-2603")
    page.get_by_label("Expires").fill("2027-06-30")
    if journey.treatment is INFUSION:
        page.get_by_label("10 mg/mL", exact=True).check()
    page.get_by_label("Second person", exact=True).select_option(label=f"{SECOND}, RN")
    page.get_by_label("Signing PIN of the second person").fill(PIN)
    journey.look(page, "session-check")
    page.get_by_role("button", name=f"Checked by both: {journey.treatment.dose}").click()
    expect(page.locator("main")).to_contain_text("Lot KET-2603, checked by")
    page.get_by_role("button", name=f"{NAME} is ready for the dose").click()
    expect(page.locator(".session-steps [aria-current=step]")).to_have_text("Ready")


def start(journey: Journey) -> None:
    """The dose starts, with its lot, and the stage says so."""
    page = session_page(journey, NURSE)
    if journey.treatment is INFUSION:
        page.get_by_label(re.compile("^Line site")).fill("left forearm 22 G")
        begin = page.get_by_role("button", name=re.compile("^Start the infusion: 35 mg over 40 min"))
    else:
        begin = page.get_by_role("button", name="Device 1 of 2 is used now")
    journey.look(page, "session-ready")
    begin.click()
    expect(page.locator(".session-steps [aria-current=step]")).to_have_text("Dosing")
    journey.glance(page, "session-dosing")


def by_keyboard(journey: Journey) -> None:
    """What cannot be is refused in words; what is unusual is asked about once, and then recorded."""
    page = session_page(journey, NURSE)
    vitals(page, systolic="80", diastolic="120", spo2="140")
    expect(page.locator("#vitals-form .field-error").first).to_be_visible()
    journey.look(page, "vitals-impossible")
    page.locator("#vitals-form input[name^=spo2]").fill("97")
    vitals(page, systolic="200", diastolic="118", spo2="97")
    expect(page.get_by_role("alert")).to_contain_text("200/118")
    journey.look(page, "vitals-unusual")
    page.get_by_role("button", name=re.compile("^Record .*200")).first.click()
    expect(page.locator("#observe")).to_contain_text("200/118")
    expect(page.get_by_role("alert")).to_have_count(0)
    journey.glance(page, "vitals-confirmed")


def place_monitor(journey: Journey) -> None:
    """The nurse says which monitor stands in the room."""
    page = journey.page(NURSE)
    page.goto("/quarantine/")
    page.locator("summary", has_text="Place a device in a room").click()
    page.get_by_label("Device identifier").fill(DEVICE)
    page.get_by_label("Room").select_option(label=ROOM)
    page.get_by_role("button", name="Place it there").click()
    expect(page.get_by_role("rowheader", name=DEVICE)).to_be_visible()
    journey.look(page, "devices")


def by_device(journey: Journey) -> None:
    """The bedside monitor speaks HL7; board, flowsheet and session page show it without a reload."""
    board, sheet, nurse = journey.page(SECOND), journey.page(PRESCRIBER), session_page(journey, NURSE)
    board.goto("/board/")
    sheet.goto(f"/encounters/{journey.known['session']}/flowsheet/")
    tile = board.locator("article.tile").filter(has_text=ROOM)
    expect(tile).to_contain_text(INITIALS)
    for page in (board, sheet):
        expect(page.locator("[data-live-state]")).to_have_text(re.compile("^Live"))
        page.evaluate("window.neverReloaded = true")
    journey.clinic.reads(
        mrn=journey.known["mrn"],
        site="New York",
        room=ROOM,
        systolic=138,
        diastolic=86,
        heart_rate=81,
        spo2=96,
        respiration=14,
    )
    expect(tile).to_contain_text("138/86")
    expect(sheet.locator(".watch-values")).to_contain_text("138/86")
    expect(nurse.locator("#observe .watch-values")).to_contain_text("138/86")
    expect(sheet.locator("[data-sheet]")).to_contain_text("138/86", timeout=12_000)
    for page in (board, sheet):
        assert page.evaluate("window.neverReloaded") is True
    journey.look(board, "board")
    journey.look(sheet, "flowsheet")


def end_of_dose(journey: Journey) -> None:
    """The dose ends; leaving now is refused, with the time from which it may be."""
    journey.leave()
    infused = journey.treatment is INFUSION
    journey.clinic.wait_until(journey.clinic.now + timedelta(minutes=40 if infused else 6))
    page = session_page(journey, NURSE)
    if not infused:
        page.get_by_role("button", name="Device 2 of 2 is used now").click()
    journey.glance(page, "session-before-the-end")
    if infused:
        page.get_by_label("Given in all").fill("35")
    page.get_by_role("button", name=re.compile("^End the (infusion|dose: 56 mg given)")).click()
    expect(page.locator(".session-steps [aria-current=step]")).to_have_text("Observed")
    journey.look(page, "session-observed")
    page.get_by_role("link", name="Assess for leaving").click()
    expect(page.get_by_role("heading", name="May this patient go home?")).to_be_visible()
    expect(page.locator("#criteria")).to_contain_text("Not yet")
    assess(page)
    expect(page.get_by_role("button", name=re.compile("^Confirm"))).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Release"))).to_have_count(0)
    journey.look(page, "discharge-too-early")
    page.goto(f"/encounters/{journey.known['session']}/note/")
    expect(page.locator("main")).to_contain_text("Before this can be signed")
    expect(page.get_by_role("button", name=re.compile("^Sign"))).to_have_count(0)
    journey.look(page, "note-unfinished")


def assess(page: Page) -> None:
    """Everything is well: full marks, and the questions before the door answered."""
    form = page.locator("#assess-form")
    for scale in ("activity", "respiration", "circulation", "consciousness", "saturation"):
        form.locator(f"[name={scale}][value='2']").check()
    for question in ("oriented", "steady_gait", "nausea_absent_or_minimal", "suicide_check_done"):
        form.locator(f"[name={question}][value=yes]").check()
    form.locator("[name=suicide_check_note]").fill("No thoughts of suicide since arrival.")
    page.get_by_role("button", name=re.compile("^Record (this|another) assessment")).click()


def rate(page: Page) -> None:
    """Awake, and all there."""
    page.locator("summary", has_text="Rate sedation").click()
    page.locator("input[name=moaa_s][value='5']").check()
    page.get_by_role("button", name="Record sedation").click()
    expect(page.locator("#observe [data-signal=moaa_s] [data-text]")).to_have_text("5")
    page.locator("summary", has_text="Rate dissociation").click()
    for item in page.locator(".scale-row input[value='0']").all():
        item.check()
    page.get_by_role("group", name="Does it distress?").get_by_label("No").check()
    page.get_by_role("button", name="Record dissociation").click()
    expect(page.locator("#observe [data-signal=cadss_6] [data-text]")).to_have_text("0")


def release(journey: Journey) -> None:
    """After the shortest stay every criterion is met: a timed release to a named person."""
    journey.leave()
    journey.clinic.wait_until(journey.clinic.now + timedelta(minutes=journey.treatment.stays_min))
    page = session_page(journey, NURSE)
    vitals(page, systolic="124", diastolic="79", heart_rate="70", spo2="98", respiratory="15")
    expect(page.locator("#observe")).to_contain_text("124/79")
    rate(page)
    page.goto(f"/encounters/{journey.known['session']}/discharge/")
    journey.look(page, "discharge-assess")
    assess(page)
    journey.glance(page, "discharge-met")
    page.get_by_role("button", name=f"Confirm: {NAME} has recovered").click()
    page.get_by_label(re.compile(ESCORT)).check()
    page.get_by_label("Who this is to the patient").fill("brother")
    page.get_by_label("The patient", exact=True).check()
    page.get_by_label("The person who takes them home").check()
    if journey.treatment.asks_rems:
        page.get_by_label(re.compile("^Without the minimum stay")).fill("95")
    journey.look(page, "discharge-release")
    page.get_by_role("button", name=re.compile(f"^Release to {ESCORT}")).click()
    expect(page.get_by_role("heading", name="This session is closed")).to_be_visible()
    journey.look(page, "discharge-closed")


STEPS = (
    arrive,
    readiness,
    order_and_check,
    start,
    by_keyboard,
    place_monitor,
    by_device,
    end_of_dose,
    release,
)
