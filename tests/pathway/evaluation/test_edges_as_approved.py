"""What a rule says on the very edge of an interval, and where two facts meet, word by word."""

from dataclasses import replace
from pathlib import Path

from tests.pathway.evaluation.test_baseline_tests import DAY, without
from tests.pathway.evaluation.test_purpose import HOME, ended
from tests.pathway.evaluation.test_results_as_approved import YES, said_of
from tests.support.approved import assert_approved
from tests.support.candidates import MAN, WELL, answer, condition, pregnancy, pressure, reported

APPROVED = Path(__file__).parent / "approved"


def named(display):
    """A diagnosis in text."""
    text = condition("", system="text")
    return replace(
        text, payload=replace(text.payload, condition=replace(text.payload.condition, display=display))
    )


def intervals():
    """On the last day on which something holds, and a day later."""
    vitals, chaperone = without("vitals"), without("home_chaperone")
    for days in (30, 31):
        held = answer("home_chaperone", "yes", minutes_ago=days * DAY)
        yield f"an adult at home, {days} days", said_of([*chaperone, held], "SL-07", product=HOME)
        old = pressure(120, 80, minutes_ago=days * DAY)
        yield f"pressure, {days} days", said_of([*vitals, old], "ELG-BP1 ELG-BP7")
        yield f"pressure at home, {days} days", said_of([*vitals, old], "SL-07", product=HOME)
        score = reported("phq-9", 20, minutes_ago=days * DAY)
        yield f"PHQ-9 for the VA, {days} days", said_of([*without("phq-9"), score], "TRD-2", payer="VA")
        scores = [
            reported("phq-9", 12, minutes_ago=days * DAY),
            reported("gad-7", 12, minutes_ago=days * DAY),
        ]
        yield (
            f"scores at home, {days} days",
            said_of([*without("phq-9", "gad-7"), *scores], "SL-08", product=HOME),
        )


def repeats():
    """Readings of one occasion, of two and of three visits."""
    others = without("vitals")
    rows = {
        "an hour apart": ((150, 92, 65), (148, 92, 5)),
        "five minutes apart": ((150, 92, 10), (148, 92, 5)),
        "a normal one first": ((120, 80, 90), (150, 92, 60), (148, 92, 52)),
        "a normal visit first": ((120, 80, 5 * DAY), (162, 102, 3 * DAY), (161, 101, 30)),
    }
    for name, readings in rows.items():
        facts = [pressure(s, d, minutes_ago=ago) for s, d, ago in readings]
        yield name, said_of([*others, *facts], "ELG-BP1 ELG-BP5 CI-11")


def meetings():
    """Two facts about one thing."""
    feeding = pregnancy("breast_feeding", "stated", minutes_ago=9)
    same = answer("breast_feeding", "no", minutes_ago=9)
    yield "feeding and asked at once", said_of([*without("breast_feeding"), feeding, same], "CI-10")
    yield "a man who says yes", said_of([*WELL, answer("breast_feeding", "yes", **YES)], "CI-10", MAN)
    episodes = [ended("F23", 2), ended("F29", 5)]
    yield "two episodes", said_of([*WELL, *episodes], "CA-03")
    yield "two episodes, the newer recorded first", said_of([*WELL, *reversed(episodes)], "CA-03")
    scores = [reported("phq-9", 9, minutes_ago=2), reported("gad-7", 9, minutes_ago=1)]
    yield "neither score at 10", said_of([*WELL, *scores], "SL-08", product=HOME)
    for display in ("bipolar i disordr", "Bipolar   Disorder", "hypersomnia"):
        yield f"diagnosis {display}", said_of([*WELL, named(display)], "DX-1 CA-05")


def test_on_the_edge_a_rule_says_what_was_approved():
    assert_approved(APPROVED / "edges.json", dict([*intervals(), *repeats(), *meetings()]))
