"""One patient from the first quiz to the booster, as the people of the story would do it.

Told twice, with each product and at each width. Every page is checked as it is reached: axe finds
nothing (WCAG 2.2 AA), nothing scrolls sideways, nothing is said on the console.
"""

from tests.journey.steps import afterwards, screening, the_day, treatment
from tests.journey.telling import Journey

CHAPTERS = (screening, treatment, the_day, afterwards)


def test_one_patient_from_the_first_quiz_to_the_booster(journey: Journey) -> None:
    for chapter in CHAPTERS:
        for step in chapter.STEPS:
            step(journey)
