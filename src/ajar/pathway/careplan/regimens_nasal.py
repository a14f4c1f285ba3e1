"""Spravato: resistant depression (SPR-T1 to T11), and depression with acute suicidality (SPR-S1 to S5)."""

from datetime import timedelta
from typing import Final

from ajar.pathway.careplan.regimen import (
    A_WEEK,
    GAP_SOURCE,
    TWO_DAYS,
    Phase,
    Regimen,
    Remark,
    SessionLength,
)
from ajar.pathway.evaluation.products import Indication, Product

SPRAY_LENGTH: Final = SessionLength(
    prepare_min=20,
    dosing_min=10,
    observe_min=120,
    leave_min=15,
    source="5 min after each device SPR-A3; 120 min after the last SPR-A8; the rest design default",
)
TRD_REMARKS: Final = (
    Remark(
        rule_id="SPR-T7",
        words="In the US with an oral antidepressant or alone; the EU text of 2025 asks for an SSRI or SNRI.",
        source="clinical.md SPR-T7 [APPR-OM]; [APPR-BK]; [EUSPC25 4.1]",
    ),
    Remark(
        rule_id="SPR-T9",
        words="If symptoms worsen after missed sessions, the prescriber may step back to the denser "
        "schedule before.",
        source="clinical.md SPR-T9 [RENEW] (secondary); detail from general knowledge, verify",
        verified=False,
    ),
    Remark(
        rule_id="SPR-T10",
        words="EU: continue for at least 6 months after symptoms improve.",
        source="clinical.md SPR-T10 [MIMS-HK]",
    ),
    Remark(
        rule_id="SPR-T11",
        words="Alone, against placebo, at 4 weeks: MADRS −5.1 (56 mg) and −6.8 (84 mg) points; remission "
        "22.5 % against "
        "7.6 %.",
        source="clinical.md SPR-T11 [APPR-HCN]; [APPR-BK]",
    ),
)
WEEKLY: Final = Phase(
    id="maintenance-a",
    label="Maintenance A",
    rhythm="once a week, weeks 5 to 8",
    sessions=4,
    per_week=1,
    every_weeks=1,
    least_gap=timedelta(days=3),
    source="clinical.md SPR-T4 [MPR]; [HCP-TRD]; at least 3 days apart is a design default",
    gap_verified=False,
)
EVERY_TWO_WEEKS: Final = Phase(
    id="maintenance-b",
    label="Maintenance B",
    rhythm="every 2 weeks, from week 9",
    sessions=6,
    per_week=1,
    every_weeks=2,
    least_gap=A_WEEK,
    source="clinical.md SPR-T5 [MPR]; [HCP-DOS]: weekly or every 2 weeks; six at a time is a design default",
    gap_verified=False,
)

SPRAVATO_TRD: Final = Regimen(
    id="SPRAVATO_TRD",
    label="Spravato for treatment-resistant depression",
    product=Product.ESKETAMINE_IN,
    indication=Indication.TRD,
    phases=(
        Phase(
            id="induction",
            label="Induction",
            rhythm="twice a week, weeks 1 to 4",
            sessions=8,
            per_week=2,
            every_weeks=1,
            least_gap=TWO_DAYS,
            source=f"clinical.md SPR-T2 [MPR]; [EPOC]; {GAP_SOURCE}",
            gap_verified=False,
        ),
        WEEKLY,
        EVERY_TWO_WEEKS,
    ),
    default_sessions=8,  # up to the review gate SPR-T3
    review_after=8,
    length=SPRAY_LENGTH,
    infusion_min=None,
    default_dose_mg_per_kg=None,
    fixed_doses_mg=(28, 56, 84),  # SPR-T6; 28 mg only where POP-4 or POP-6 says so
    first_dose_mg=56,  # SPR-T1
    source="clinical.md SPR-T1 to SPR-T6 [USPI19 p2]; [MPR]; [HCP-DOS]",
    remarks=TRD_REMARKS,
)

SPRAVATO_MDSI: Final = Regimen(
    id="SPRAVATO_MDSI",
    label="Spravato for depression with acute suicidality",
    product=Product.ESKETAMINE_IN,
    indication=Indication.MDSI,
    phases=(
        Phase(
            id="induction",
            label="Four weeks",
            rhythm="84 mg twice a week for 4 weeks",
            sessions=8,
            per_week=2,
            every_weeks=1,
            least_gap=TWO_DAYS,
            source=f"clinical.md SPR-S1 [MPR]; [HCP-MDSI]; {GAP_SOURCE}",
            gap_verified=False,
        ),
    ),
    default_sessions=8,
    review_after=8,  # SPR-S3
    length=SPRAY_LENGTH,
    infusion_min=None,
    default_dose_mg_per_kg=None,
    fixed_doses_mg=(28, 56, 84),
    first_dose_mg=84,  # SPR-S1
    source="clinical.md SPR-S1 to SPR-S5 [MPR]; [HCP-MDSI]; [STC]",
    remarks=(
        Remark(
            rule_id="SPR-S2",
            words="May drop to 56 mg twice a week for tolerability.",
            source="clinical.md SPR-S2 [MPR]; [HCP-MDSI]",
        ),
        Remark(
            rule_id="SPR-S3",
            words="After week 4 the benefit is judged; use beyond 4 weeks was not systematically studied "
            "here.",
            source="clinical.md SPR-S3 [MPR]; [HCP-MDSI]",
        ),
        Remark(
            rule_id="SPR-S4",
            words="Together with an oral antidepressant: the approval alone covers resistant depression "
            "only.",
            source="clinical.md SPR-S4 [MPR]; [APPR-OM]",
        ),
        Remark(
            rule_id="SPR-S5",
            words="Not shown to prevent suicide or to reduce suicidal thoughts; it does not replace "
            "admission, even "
            "after early improvement.",
            source="clinical.md SPR-S5 [STC]; [MPR]",
        ),
    ),
)

SPRAVATO_MAINTENANCE: Final = Regimen(
    id="SPRAVATO_MAINTENANCE",
    label="Spravato, going on after a response",
    product=Product.ESKETAMINE_IN,
    indication=Indication.TRD,
    phases=(WEEKLY, EVERY_TWO_WEEKS),
    default_sessions=4,
    review_after=None,  # to be justified again and again (SPR-T5): each course is ordered anew
    length=SPRAY_LENGTH,
    infusion_min=None,
    default_dose_mg_per_kg=None,
    fixed_doses_mg=(28, 56, 84),
    first_dose_mg=56,
    source="clinical.md SPR-T4, SPR-T5 [MPR]; [HCP-DOS]: the lowest frequency that holds the response",
    remarks=TRD_REMARKS,
    follows_a_response=True,
)
