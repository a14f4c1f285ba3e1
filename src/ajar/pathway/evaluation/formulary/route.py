"""By which route a recorded medicine is taken, out of what was recorded in words.

Read from the recorded route, else from the dose as taken, else from the name of the product. Where
nothing is said, or two things are, the route is not known: None, never a guess.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from ajar.pathway.evaluation.formulary.ingredient import MedicineRoute
from ajar.pathway.evaluation.formulary.words import words_of
from ajar.pathway.evaluation.medicines import recognise
from ajar.pathway.patients.facts import MedicationRecorded

SAID: Final[Mapping[MedicineRoute, str]] = {
    MedicineRoute.MOUTH: "mouth oral orally po swallowed sublingual buccal tablet tablets tab tabs capsule "
    "capsules caplet caplets lozenge syrup chewable",
    MedicineRoute.NOSE: "nasal nose intranasal nostril nostrils nasally",
    MedicineRoute.LUNG: "inhaled inhalation inhaler inhalant inhale puff puffs nebulizer nebuliser hfa "
    "diskus respiratory",
    MedicineRoute.EYE: "eye eyes ophthalmic ocular conjunctival intravitreal",
    MedicineRoute.EAR: "ear ears otic auricular",
    MedicineRoute.SKIN: "skin topical topically cutaneous cream ointment lotion shampoo foam",
    MedicineRoute.PATCH: "patch patches transdermal",
    MedicineRoute.INJECTION: "injection injected injectable subcutaneous subcutaneously intramuscular "
    "intravenous iv im sc sq subq autoinjector injector syringe infusion",
    MedicineRoute.OTHER: "rectal rectally vaginal vaginally suppository enema implant intrauterine another",
}
ROUTE_OF_WORD: Final = {word: route for route, words in SAID.items() for word in words.split()}


def route_of(record: MedicationRecorded) -> MedicineRoute | None:
    """The route of a recorded medicine; None: not known."""
    return (
        route_said_in(record.route_text)
        or route_said_in(record.dose_text)
        or recognise(record.medicine).route
        or route_said_in(record.medicine.display)
    )


@lru_cache(maxsize=8192)
def route_said_in(text: str) -> MedicineRoute | None:
    """The one route that a text names. "Oral inhalation" is inhaled; "nasal or by mouth" is nothing."""
    words = words_of(text)
    routes = {ROUTE_OF_WORD[word] for word in words if word in ROUTE_OF_WORD}
    if MedicineRoute.LUNG in routes:
        routes.discard(MedicineRoute.MOUTH)
    return routes.pop() if len(routes) == 1 else None
