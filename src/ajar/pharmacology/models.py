"""Every published model, and which of them may be asked about a person, a route and a product.

Nothing here chooses one: the models that apply stand side by side, and each other one says why it does not.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.published import (
    clements_1981,
    domino_1982,
    fanta_2015,
    hijazi_2003,
    kamp_2020,
    otto_2021,
    perez_ruixo_2021,
    simons_2022,
)
from ajar.pharmacology.published.card import PublishedModel
from ajar.pharmacology.published.domain import Form, Setting
from ajar.pharmacology.regimen import Route

MODELS: Final = {
    model.name: model
    for model in (
        perez_ruixo_2021.MODEL,
        simons_2022.MODEL,
        fanta_2015.MODEL,
        otto_2021.MODEL,
        kamp_2020.MODEL,
        clements_1981.MODEL,
        domino_1982.MODEL,
        hijazi_2003.MODEL,
    )
}
"""The published models by name: nasal and oral first, then infusions, the oldest last."""

NOT_BUILT: Final = {
    "ashraf_2018": "liver blood flow, unbound fractions and how gut and liver are joined are not in the "
    "source at hand (pharmacology.md 1.3)",
    "kamp_2020_bja": "its parameter table is not available; its curves are in kamp_2020_curves "
    "(pharmacology.md 1.3)",
    "zhao_2012": "its parameter table is not available (pharmacology.md 0)",
    "jonkman_2017": "its parameter table is not available (pharmacology.md 0)",
    "ihmsen_2001": "its parameter table is not available (pharmacology.md 0)",
    "geisslinger_1993": "its parameter table is not available (pharmacology.md 0)",
    "sigtermans_2009": "its parameter table is not available (pharmacology.md 0)",
    "herd_2007": "a model of children (pharmacology.md 1.3, audit ii)",
    "hornik_2018": "a model of children (pharmacology.md 1.3, audit ii)",
}
"""Published models that a reader may look for, and why they are not here."""


class Product(StrEnum):
    """What a clinic or a pharmacy has in hand."""

    KETAMINE_INJECTION = "racemic ketamine for injection"
    ESKETAMINE_INJECTION = "esketamine for injection"
    ESKETAMINE_NASAL = "esketamine nasal device"
    ESKETAMINE_FILM = "esketamine oral thin film"
    ESKETAMINE_LOZENGE = "esketamine lozenge"
    ESKETAMINE_ORAL = "esketamine to swallow"
    KETAMINE_LOZENGE = "racemic ketamine lozenge"
    KETAMINE_ORAL = "racemic ketamine to swallow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What a product is: which drug, as which form, and the routes it can be given by."""

    drug: Drug
    form: Form
    routes: tuple[Route, ...]


INJECTED: Final = (Route.INTRAVENOUS, Route.INTRAMUSCULAR, Route.SUBCUTANEOUS)

PRESENTATIONS: Final = {
    product: Presentation(drug=drug, form=form, routes=routes)
    for product, drug, form, routes in (
        (Product.KETAMINE_INJECTION, Drug.RACEMATE, Form.SOLUTION_FOR_INJECTION, INJECTED),
        (Product.ESKETAMINE_INJECTION, Drug.ESKETAMINE, Form.SOLUTION_FOR_INJECTION, INJECTED),
        (Product.ESKETAMINE_NASAL, Drug.ESKETAMINE, Form.NASAL_DEVICE, (Route.NASAL,)),
        (Product.ESKETAMINE_FILM, Drug.ESKETAMINE, Form.FILM, (Route.SUBLINGUAL,)),
        (Product.ESKETAMINE_LOZENGE, Drug.ESKETAMINE, Form.LOZENGE, (Route.SUBLINGUAL,)),
        (Product.ESKETAMINE_ORAL, Drug.ESKETAMINE, Form.ORAL_SOLUTION, (Route.ORAL,)),
        (Product.KETAMINE_LOZENGE, Drug.RACEMATE, Form.LOZENGE, (Route.SUBLINGUAL,)),
        (Product.KETAMINE_ORAL, Drug.RACEMATE, Form.ORAL_SOLUTION, (Route.ORAL,)),
    )
}
"""Every product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A model that applies, and what to know when it is used here."""

    model: PublishedModel
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A model that does not apply, and every reason why."""

    model: PublishedModel
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """All models, sorted into those that apply and those that do not."""

    admitted: tuple[Admitted, ...]
    refused: tuple[Refused, ...]


def model_named(name: str) -> PublishedModel:
    """The published model of that name.

    Raises:
        ValueError: there is none; the message says why, where that is known, or lists those there are.
    """
    if name in NOT_BUILT:
        raise ValueError(f"The model {name} is not here: {NOT_BUILT[name]}.")
    if name not in MODELS:
        raise ValueError(f"There is no model {name!r}; the published models are: {', '.join(MODELS)}.")
    return MODELS[name]


def admissible(
    person: Person, route: Route, product: Product, *, setting: Setting = Setting.AWAKE
) -> Admission:
    """Which published models may be asked about this person, route and product, and why not the rest.

    Raises:
        ValueError: the product is not given by that route.
    """
    made = PRESENTATIONS[product]
    if route not in made.routes:
        raise ValueError(
            f"{product.capitalize()} is given by the {' or '.join(made.routes)} route, not the {route} route."
        )
    admitted, refused = [], []
    for model in MODELS.values():
        because = model.admission_refusals(person, route, made.drug, made.form, setting)
        if because:
            refused.append(Refused(model=model, because=because))
        else:
            admitted.append(Admitted(model=model, cautions=model.domain.cautions(person, setting)))
    return Admission(admitted=tuple(admitted), refused=tuple(refused))
