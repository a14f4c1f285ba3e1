"""What this room adds to the session page: whether the patient can call, and the way to their screen."""

from ajar.clinic.bedside.home import seen_at_home
from ajar.clinic.bedside.selectors import screen_now
from ajar.clinic.dosing.page import Part, Seen, register_part
from ajar.clinic.staff.policy import Action
from ajar.pathway.dosing.stage import CLOSED, IN_ROOM
from ajar.pathway.evaluation.products import AT_HOME


def patients_screen(seen: Seen) -> Part | None:
    """The part of the page while the patient is in a room; at home they use their own pages."""
    session = seen.session
    if session.stage not in IN_ROOM or session.product in AT_HOME:
        return None
    found = screen_now(session.encounter_id, now=seen.now)
    context = {"found": found, "may_open": seen.may(Action.RUN_SESSION)}
    return Part(template="bedside/part.html", context=context)


register_part("patient's screen", patients_screen)


def at_home(seen: Seen) -> Part | None:
    """The part of the page of a dose at home: what the patient's own page says."""
    if seen.session.product not in AT_HOME or seen.session.stage in CLOSED:
        return None
    home = seen_at_home(seen.session, now=seen.now)
    return Part(template="bedside/home_part.html", context={"home": home})


register_part("patient's own page", at_home)
