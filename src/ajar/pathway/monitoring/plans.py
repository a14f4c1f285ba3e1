"""What is observed when, for each product and law (clinical.md 4.1): sourced defaults of a clinic."""

from typing import Final

from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.monitoring.cadence import Cadence, Cadences, Check, FixedCheck, Interval

_EVERYTHING: Final = (Check.VITALS, Check.SEDATION, Check.DISSOCIATION)
_AT_40: Final = {"at_min": 40.0, "opens_min": 30.0, "closes_min": 50.0}  # window: clinical.md 2.4, field 22
_OXIMETRY: Final = ("spo2_percent", "heart_rate_bpm")

_AFTER_INJECTION: Final = (
    Interval(check=Check.VITALS, during_min=10, early_min=10, early_until_min=30, after_min=15, closer_min=5),
    Interval(check=Check.SEDATION, during_min=None, after_min=15),
)

DEFAULT_CADENCES: Final = Cadences(
    version="2026-11 (clinical.md 4.1)",
    plans=(
        Cadence(
            product=Product.ESKETAMINE_IN,
            id="MON-1",
            before=_EVERYTHING,
            fixed=tuple(FixedCheck(check=check, **_AT_40) for check in _EVERYTHING),
            repeated=(
                Interval(check=Check.VITALS, during_min=30, after_min=30, closer_min=15),
                Interval(check=Check.SEDATION, during_min=None, after_min=30),
            ),
            watched_min=120,
            continuous=_OXIMETRY,
            source="40 min: label and REMS form; every 30 min afterwards: design default (clinical.md MON-1)",
        ),
        Cadence(
            product=Product.ESKETAMINE_IN,
            id="MON-2",
            jurisdictions=(Jurisdiction.EU,),
            before=(Check.VITALS,),
            fixed=(FixedCheck(check=Check.VITALS, **_AT_40),),
            repeated=(
                Interval(check=Check.VITALS, during_min=30, after_min=30, closer_min=15),
                Interval(check=Check.SEDATION, during_min=None, after_min=30),
            ),
            watched_min=120,
            continuous=_OXIMETRY,
            source=(
                "about 40 min, then as needed: EU label [EUSPC25 4.2]; every 30 min afterwards and two "
                "hours: design default, the text names no fixed time (clinical.md MON-2)"
            ),
        ),
        Cadence(
            product=Product.KETAMINE_IV,
            id="MON-3",
            before=_EVERYTHING,
            fixed=(FixedCheck(check=Check.DISSOCIATION, **_AT_40),),
            repeated=(
                Interval(check=Check.VITALS, during_min=10, after_min=15, closer_min=5),
                Interval(check=Check.SEDATION, during_min=None, after_min=15),
            ),
            watched_min=100,
            continuous=_OXIMETRY,
            source=(
                "every 10 min: three large series; every 15 min after: clinical.md MON-3; continuous "
                "oximetry: label [KETALAR24 §2.1], MON-4; CADSS-6: DIS-1"
            ),
        ),
        Cadence(
            product=Product.KETAMINE_IM,
            id="MON-5",
            before=_EVERYTHING,
            fixed=(FixedCheck(check=Check.DISSOCIATION, **_AT_40),),
            repeated=_AFTER_INJECTION,
            watched_min=90,
            continuous=_OXIMETRY,
            source=(
                "90 min: SC analogue [DELSANT20]; every 5 to 10 min for 30 min, then every 15: "
                "design default (clinical.md MON-5)"
            ),
        ),
        Cadence(
            product=Product.KETAMINE_SC,
            id="MON-6",
            before=_EVERYTHING,
            fixed=(FixedCheck(check=Check.DISSOCIATION, **_AT_40),),
            repeated=_AFTER_INJECTION,
            watched_min=90,
            continuous=_OXIMETRY,
            source=(
                "90 min: [DELSANT20]; [GLUE18]; every 5 to 10 min for 30 min, then every 15: "
                "design default (clinical.md MON-6)"
            ),
        ),
        *(
            Cadence(
                product=product,
                id="MON-7",
                before=(Check.VITALS,),
                fixed=(),
                repeated=(Interval(check=Check.VITALS, during_min=30, after_min=30, closer_min=15),),
                watched_min=120,
                source="30 min after: [KETNZ]; then every 30 min: design default (clinical.md MON-7)",
            )
            for product in (Product.KETAMINE_SL_CLINIC, Product.KETAMINE_PO)
        ),
        Cadence(
            product=Product.KETAMINE_SL_HOME,
            id="MON-8",
            before=(Check.VITALS, Check.CONTACT),
            fixed=(),
            repeated=(
                Interval(check=Check.VITALS, during_min=60, after_min=60, closer_min=30),
                Interval(check=Check.CONTACT, during_min=15, after_min=15),
            ),
            watched_min=180,
            source="cuff at 60 min, check-in every 15 min: design default (clinical.md MON-8)",
        ),
    ),
)

STAFF_AND_EQUIPMENT: Final = (
    "a person able to give basic and advanced life support",
    "oxygen",
    "suction",
    "bag-valve-mask",
    "airway kit",
    "defibrillator (AED)",
    "emergency drugs",
    "call bell",
)
"""In reach wherever drug is given at the clinic (clinical.md MON-9): [WELLS]; [LOPEZ]; [MIMS-MY-D]."""


def cadence_of(
    product: str, *, jurisdiction: str = Jurisdiction.US, cadences: Cadences = DEFAULT_CADENCES
) -> Cadence:
    """The observation plan of a product under a law.

    Raises:
        LookupError: nobody wrote one; a session without a plan is not run.
    """
    return cadences.of(product, jurisdiction)
