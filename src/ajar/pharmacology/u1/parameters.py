"""U1's parameters at 70 kg, as data: the tables of pharmacology.md 4.1, every number with its source."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.person import Cyp2b6

MODEL_ID: Final = "u1"
VERSION: Final = "1.1.0"
"""Changes whenever any output changes; every random draw depends on it."""

FITTED: Final = (
    "pharmacology.md 4.1, disposition table: weighted fit to Kamp 2020 BJA arterial curves, "
    "Simons 2022 IV peak, the 0.5 mg/kg venous peak of Zarate 2006 and the 2-24 h shape of Perez-Ruixo 2021"
)
SIMONS: Final = "pharmacology.md 4.1, disposition table; structure of Simons 2022, table 4"
OLOFSEN: Final = "pharmacology.md 2.1: Olofsen 2022, doi:10.1097/ALN.0000000000004176"


def _fitted(
    value: float, unit: str, *, cv: float | None = None, rse: float | None = None, tag: Tag = Tag.D
) -> Estimate:
    return Estimate(
        value=value,
        unit=unit,
        source=FITTED,
        tag=tag,
        between_subject_cv=cv,
        relative_standard_error=rse,
    )


def _metabolite(value: float, unit: str, *, cv: float | None = None) -> Estimate:
    return Estimate(value=value, unit=unit, source=SIMONS, tag=Tag.D, between_subject_cv=cv)


S_DISPOSITION: Final[Mapping[str, Estimate]] = MappingProxyType(
    {
        "v1_l": _fitted(35.0, "L", cv=0.25, rse=0.12),
        "v2_l": _fitted(122.0, "L", cv=0.25, rse=0.28),
        "v3_l": _fitted(270.0, "L", cv=0.40, rse=0.45),
        "cl_l_h": _fitted(83.5, "L/h", cv=0.20, rse=0.05),
        "q2_l_h": _fitted(104.0, "L/h", cv=0.20, rse=0.13),
        "q3_l_h": _fitted(25.0, "L/h", cv=0.20, rse=0.34),
        "kv_per_h": _fitted(2.9, "1/h", cv=0.35, tag=Tag.H),
        "mtt_h": _metabolite(0.335, "h", cv=0.15),
        "fm": _metabolite(0.80, "1"),
        "vn1_l": _metabolite(40.0, "L", cv=0.25),
        "vn2_l": _metabolite(140.0, "L"),
        "cln_l_h": _metabolite(42.0, "L/h", cv=0.30),
        "qn_l_h": _metabolite(60.0, "L/h"),
        "fh": _metabolite(0.5, "1"),
        "vh1_l": _metabolite(4.4, "L"),
        "vh2_l": _metabolite(87.5, "L"),
        "clh_l_h": _metabolite(56.0, "L/h", cv=0.35),
        "qh_l_h": _metabolite(102.0, "L/h"),
        "ke0_per_h": Estimate(value=5.01, unit="1/h", source=OLOFSEN, tag=Tag.A, between_subject_cv=0.35),
    }
)
"""Disposition of S-ketamine and what becomes of it."""

_RATIOS: Final = f"{FITTED}; R/S priors from Hasan 2021 and Geisslinger 1993"

R_VOLUME_RATIO: Final = Estimate(
    value=0.89, unit="1", source=_RATIOS, tag=Tag.D, relative_standard_error=0.08
)
"""V1, V2 and V3 of R-ketamine over those of S-ketamine."""

R_CLEARANCE_RATIO: Final = Estimate(
    value=0.92, unit="1", source=_RATIOS, tag=Tag.D, relative_standard_error=0.04
)
"""CL of R-ketamine over that of S-ketamine. Between people the two are fully correlated."""

CADSS_RESPONSE_CORRELATION: Final = Estimate(
    value=0.2, unit="1", source="pharmacology.md 4.5 and 2.2: CADSS maximum with symptom E", tag=Tag.H
)
CL_V1_CORRELATION: Final = Estimate(value=0.4, unit="1", source="pharmacology.md 4.5", tag=Tag.H)

_ROUTES: Final = "pharmacology.md 4.1, routes table"

INTRAMUSCULAR: Final[Mapping[str, Estimate]] = MappingProxyType(
    {
        "absorbed_share": Estimate(
            value=0.93,
            unit="1",
            source=f"{_ROUTES}: Grant 1981 BJA 53:805",
            tag=Tag.C,
            between_subject_logit_sd=0.4,
        ),
        "ka_per_h": Estimate(
            value=8.0,
            unit="1/h",
            source=f"{_ROUTES}: targets the venous Tmax of about 22 min",
            tag=Tag.D,
            between_subject_cv=0.40,
        ),
    }
)

SUBCUTANEOUS: Final[Mapping[str, Estimate]] = MappingProxyType(
    {
        name: replace(
            estimate,
            source="no sourced absorption for SC; the intramuscular values stand in, with their spread, "
            "since no wider one is sourced either (pharmacology.md 4.1 has no such row; "
            "evidence.md 2.11 recalls a share of about 0.9, code G)",
            tag=Tag.H,
        )
        for name, estimate in INTRAMUSCULAR.items()
    }
)
"""Equal to `INTRAMUSCULAR`; one `Uptake` serves both, so that a person's two injections are alike."""

SWALLOWED: Final[Mapping[str, Estimate]] = MappingProxyType(
    {
        "kg_per_h": Estimate(
            value=2.5,
            unit="1/h",
            source=f"{_ROUTES}: sublingual, used for oral too",
            tag=Tag.H,
            between_subject_cv=0.60,
            between_session_cv=0.60,
        ),
        "kt_per_h": Estimate(value=12.0, unit="1/h", source=f"{_ROUTES}: sublingual", tag=Tag.H),
        "escapes_liver_s": Estimate(
            value=0.14,
            unit="1",
            source=f"{_ROUTES}: oral, published 8-18 % of S (Fanta 2015, Hasan 2021, Perez-Ruixo 2021)",
            tag=Tag.H,
            between_subject_logit_sd=0.45,
        ),
        "escapes_liver_r": Estimate(
            value=0.19,
            unit="1",
            source=f"{_ROUTES}: oral, published 16-24 % of the racemate (Hasan 2021)",
            tag=Tag.H,
            between_subject_logit_sd=0.45,
        ),
    }
)

ORAL_INPUT_H: Final = Estimate(
    value=0.32, unit="h", source=f"{_ROUTES}: oral (Dpo of Perez-Ruixo 2021)", tag=Tag.B
)
AFTER_HOLD_INPUT_H: Final = Estimate(value=0.2, unit="h", source=f"{_ROUTES}: sublingual", tag=Tag.H)

MUCOSA: Final[Mapping[str, Estimate]] = MappingProxyType(
    {
        "uptake_per_min": Estimate(
            value=0.0174,
            unit="1/min",
            source=f"{_ROUTES}: anchored on a total F of 26-29 % (Simons 2022, Rolan 2014)",
            tag=Tag.H,
            between_subject_logit_sd=0.5,
            between_session_cv=0.25,
        ),
        "ka_per_h": Estimate(value=5.0, unit="1/h", source=f"{_ROUTES}: sublingual", tag=Tag.H),
    }
)
"""Share absorbed in the mouth is 1 - exp(-uptake x hold); the spreads are those of that share."""

NASAL: Final[Mapping[str, Estimate]] = MappingProxyType(
    {
        "absorbed_share": Estimate(
            value=0.38,
            unit="1",
            source=f"{_ROUTES}: pairs with CL 84 L/h to the label's 48 %; not the 0.54 of Perez-Ruixo 2021",
            tag=Tag.D,
            between_subject_logit_sd=0.71,
        ),
        "later_device_factor": Estimate(
            value=0.62, unit="1", source=f"{_ROUTES}; Perez-Ruixo 2021, table 3", tag=Tag.B
        ),
        "japanese_factor": Estimate(
            value=1.34, unit="1", source=f"{_ROUTES}; Perez-Ruixo 2021, table 3", tag=Tag.B
        ),
        "ka_per_h": Estimate(value=1.8, unit="1/h", source=_ROUTES, tag=Tag.D, between_subject_cv=0.60),
        "kg_per_h": Estimate(value=1.45, unit="1/h", source=_ROUTES, tag=Tag.B, between_subject_cv=1.30),
        "kt_per_h": Estimate(value=6.0, unit="1/h", source=_ROUTES, tag=Tag.D),
        "escapes_liver": Estimate(value=0.20, unit="1", source=_ROUTES, tag=Tag.D),
        "escapes_gut": Estimate(
            value=0.64, unit="1", source=f"{_ROUTES}; Perez-Ruixo 2021, table 3 (Fgut)", tag=Tag.B
        ),
        "swallowed_input_h": Estimate(
            value=0.53, unit="h", source=f"{_ROUTES}; Perez-Ruixo 2021, table 3 (Dsw)", tag=Tag.B
        ),
    }
)

LARGEST_INJECTION_MG_PER_KG: Final = Estimate(
    value=2.0,
    unit="mg/kg",
    source="pharmacology.md 5.1 and 1.3: Kamp 2020 BJA gave 1.99 mg/kg in 3 h, Geisslinger 1993 2 mg/kg",
    tag=Tag.A,
)
"""Largest amount in a session by injection for which U1 was compared with anyone's data."""

LARGEST_BY_MOUTH_MG: Final = Estimate(
    value=400.0, unit="mg", source="clinical.md SL-04: AYCART, lozenges of 50-400 mg", tag=Tag.A
)
"""Largest lozenge in print."""

FEMALE_CLEARANCE_FACTOR: Final = Estimate(
    value=1.2,
    unit="1",
    source="pharmacology.md 1.4: Sigtermans 2009 (S-ketamine and S-norketamine)",
    tag=Tag.A,
)

AGED_AREA_PER_YEAR: Final = Estimate(
    value=0.0085,
    unit="1/a",
    source="pharmacology.md 1.4: nasal AUC +8-9 % at 70 years (Perez-Ruixo 2021), taken evenly from 60 on",
    tag=Tag.D,
)
AGED_FROM_YEARS: Final = 60.0
"""Past this age the flow through the liver falls (pharmacology.md 1.1 and 1.4)."""

CYP2B6_CLEARANCE_FACTOR: Final[Mapping[Cyp2b6, Estimate]] = MappingProxyType(
    {
        genotype: Estimate(
            value=factor, unit="1", source="pharmacology.md 1.4: Li 2015 BJCP, PMID 25702819", tag=Tag.B
        )
        for genotype, factor in (
            (Cyp2b6.TWO_NORMAL, 1.0),
            (Cyp2b6.ONE_VARIANT, 0.6),
            (Cyp2b6.TWO_VARIANTS, 0.32),
        )
    }
)
