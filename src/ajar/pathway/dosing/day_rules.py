"""The table of the day's questions: DAY-1 to DAY-7, FSM-2, FSM-3, SITE-2, and the gate of a home dose.

Nobody asks them from memory: each is asked every time and carried over from no other day.
"""

from typing import Final

from ajar.pathway.dosing.day import DayRule
from ajar.pathway.dosing.home import HOME_RULES
from ajar.pathway.dosing.questions import (
    ALWAYS_HARD,
    ALWAYS_SOFT,
    AskedToday,
    Fasting,
    consent,
    driving,
    oximetry,
    prescriber_present,
    stimulant,
    suicidality,
    way_home,
)
from ajar.pathway.evaluation.findings import Standing
from ajar.pathway.evaluation.products import ALL_PRODUCTS, AT_HOME, NASAL
from ajar.pathway.patients.facts import Sex

DAY_RULES: Final[tuple[DayRule, ...]] = (
    DayRule(
        id="DAY-1",
        title="Last solid food",
        source="spray 2 h [MPR]; injected 6 h, as procedural sedation, and by mouth 4 h: from general "
        "knowledge, verify",
        judge=Fasting(field="last_solids_at", what="solid food", hours="solids_h").judge,
        verified=False,
    ),
    DayRule(
        id="DAY-2",
        title="Last clear liquids",
        source="spray 30 min [MPR]; others 2 h, from general knowledge, verify",
        judge=Fasting(field="last_liquids_at", what="liquids", hours="liquids_h").judge,
        verified=False,
    ),
    DayRule(
        id="DAY-3",
        title="Way home",
        source="arranged before dosing, none means another day [LACDMH]; [STC-TREAT]",
        judge=way_home,
        standing=Standing.POLICY,
        products=ALL_PRODUCTS - AT_HOME,
    ),
    DayRule(
        id="DAY-4",
        title="Driving and hazardous activity",
        source="not until the next day after a restful sleep [USPI19 §5.8]; 24 h at many clinics [NERVANA]",
        judge=driving,
        standing=Standing.LABEL,
    ),
    DayRule(
        id="DAY-5",
        title="Signs of intoxication",
        source="clinical.md DAY-5, design default",
        judge=AskedToday(
            field="intoxication_signs",
            yes="Signs of intoxication: no drug today.",
            no="No signs of intoxication.",
            strength=ALWAYS_HARD,
            until="Cancel today and speak with the patient.",
        ).judge,
    ),
    DayRule(
        id="DAY-6a",
        title="New medicines since the last visit",
        source="ask every visit [MPR]; design default",
        judge=AskedToday(
            field="new_medicines",
            yes="There are new medicines: interactions have not been looked at.",
            no="No new medicines.",
            strength=ALWAYS_SOFT,
            until="Record them in the evaluation and look at the findings.",
        ).judge,
    ),
    DayRule(
        id="DAY-6b",
        title="New symptoms since the last visit",
        source="ask every visit [MPR]; design default",
        judge=AskedToday(
            field="new_symptoms",
            yes="There are new symptoms.",
            no="No new symptoms.",
            strength=ALWAYS_SOFT,
            until="The prescriber speaks with the patient.",
        ).judge,
    ),
    DayRule(
        id="DAY-6c",
        title="Suicidal thoughts since the last visit",
        source="C-SSRS since last visit [MPR]; triage [CSSRS-BLU]; [CSSRS-TRI]; orange or red: not at home",
        judge=suicidality,
    ),
    DayRule(
        id="DAY-6d",
        title="Could be pregnant",
        source="missed period, ask every visit [MPR]; CI-09",
        judge=AskedToday(
            field="could_be_pregnant",
            yes="A pregnancy is possible.",
            no="A pregnancy is not possible, or was ruled out.",
            strength=ALWAYS_SOFT,
            until="A pregnancy test today.",
        ).judge,
        sexes=frozenset(Sex) - {Sex.MALE},
    ),
    DayRule(
        id="DAY-7",
        title="Stimulant this morning",
        source="closely monitor blood pressure [SPP-STIM]; holding the dose from general knowledge, verify",
        judge=stimulant,
        verified=False,
    ),
    DayRule(
        id="DDI-25",
        title="Nasal steroid or decongestant",
        source="at least 1 h before [MAYO]; FSM-2",
        judge=AskedToday(
            field="nasal_product_within_1_h",
            yes="A nasal product less than 1 h ago.",
            no="No nasal product in the last hour.",
            strength=ALWAYS_HARD,
            until="Wait until an hour has passed, then ask again.",
        ).judge,
        standing=Standing.LABEL,
        products=NASAL,
    ),
    DayRule(
        id="SITE-2",
        title="Prescriber on site",
        source="during administration and monitoring [FDA-REMS]; [OHSF20]; FSM-2",
        judge=prescriber_present,
        standing=Standing.LABEL,
        products=NASAL,
    ),
    DayRule(
        id="FSM-2",
        title="Oxygen saturation today",
        source="recorded before every session [FDA-REMS]; 94 % as ALM-4, design default",
        judge=oximetry,
    ),
    DayRule(
        id="FSM-3",
        title="Consent",
        source="consent valid before a dose (clinical.md FSM-3)",
        judge=consent,
        standing=Standing.POLICY,
    ),
    *HOME_RULES,
)
