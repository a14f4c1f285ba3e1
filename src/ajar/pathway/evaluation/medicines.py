"""Which ingredient a recorded medicine is: by coded ingredient or by a known name, never by likeness.

A display such as "Diazepam 5 MG Oral Tablet" holds the whole word of a known name; that is a match. A
name that is not on the list is not recognised, and the page says so. Ingredient codes (RxNorm) and the
assignment to classes: from general knowledge, verify.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ajar.pathway.patients.facts import CodeSystem, Coding


class DrugClass(StrEnum):
    """Classes that an interaction rule asks for; OTHER is known and of no interest to any rule."""

    BENZODIAZEPINE = "benzodiazepine"
    OPIOID = "opioid"
    SEDATIVE = "sedative"
    STIMULANT = "stimulant"
    MAOI = "MAO inhibitor"
    SYMPATHOMIMETIC = "sympathomimetic"
    XANTHINE = "xanthine"
    LAMOTRIGINE = "lamotrigine"
    LITHIUM = "lithium"
    NALTREXONE = "naltrexone"
    ANTIDEPRESSANT = "antidepressant"
    KETAMINE = "ketamine"
    OTHER = "other"


NAMES: Final[Mapping[DrugClass, str]] = MappingProxyType(
    {
        DrugClass.BENZODIAZEPINE: "alprazolam bromazepam chlordiazepoxide clobazam clonazepam clorazepate "
        "diazepam estazolam flurazepam lorazepam midazolam oxazepam temazepam triazolam",
        DrugClass.OPIOID: "buprenorphine codeine fentanyl hydrocodone hydromorphone meperidine methadone "
        "morphine oxycodone oxymorphone tapentadol tramadol",
        DrugClass.SEDATIVE: "zolpidem zaleplon eszopiclone zopiclone phenobarbital butalbital primidone "
        "pregabalin gabapentin carisoprodol dexmedetomidine suvorexant",
        DrugClass.STIMULANT: "amphetamine dextroamphetamine lisdexamfetamine methamphetamine "
        "methylphenidate dexmethylphenidate modafinil armodafinil",
        DrugClass.MAOI: "phenelzine tranylcypromine isocarboxazid selegiline rasagiline safinamide "
        "moclobemide linezolid",
        DrugClass.SYMPATHOMIMETIC: "pseudoephedrine phenylephrine ephedrine epinephrine norepinephrine "
        "vasopressin midodrine",
        DrugClass.XANTHINE: "theophylline aminophylline",
        DrugClass.LAMOTRIGINE: "lamotrigine",
        DrugClass.LITHIUM: "lithium",
        DrugClass.NALTREXONE: "naltrexone",
        DrugClass.ANTIDEPRESSANT: "citalopram escitalopram fluoxetine fluvoxamine paroxetine sertraline "
        "venlafaxine desvenlafaxine duloxetine levomilnacipran milnacipran bupropion mirtazapine trazodone "
        "vilazodone vortioxetine amitriptyline clomipramine desipramine doxepin imipramine nortriptyline",
        DrugClass.KETAMINE: "ketamine esketamine",
        DrugClass.OTHER: "acetaminophen paracetamol aspirin ibuprofen naproxen amoxicillin clavulanate "
        "penicillin azithromycin cephalexin doxycycline amlodipine lisinopril losartan valsartan metoprolol "
        "atenolol propranolol hydrochlorothiazide chlorthalidone furosemide atorvastatin rosuvastatin "
        "simvastatin metformin insulin levothyroxine omeprazole pantoprazole famotidine loratadine "
        "cetirizine albuterol fluticasone budesonide montelukast etonogestrel levonorgestrel drospirenone "
        "norethindrone estradiol norgestimate warfarin apixaban clopidogrel buspirone quetiapine "
        "aripiprazole ondansetron melatonin",
    }
)

BRANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "xanax": "alprazolam",
        "klonopin": "clonazepam",
        "valium": "diazepam",
        "ativan": "lorazepam",
        "ambien": "zolpidem",
        "lunesta": "eszopiclone",
        "adderall": "amphetamine",
        "vyvanse": "lisdexamfetamine",
        "ritalin": "methylphenidate",
        "concerta": "methylphenidate",
        "provigil": "modafinil",
        "nardil": "phenelzine",
        "parnate": "tranylcypromine",
        "emsam": "selegiline",
        "lamictal": "lamotrigine",
        "lexapro": "escitalopram",
        "prozac": "fluoxetine",
        "zoloft": "sertraline",
        "effexor": "venlafaxine",
        "wellbutrin": "bupropion",
        "spravato": "esketamine",
        "ketalar": "ketamine",
        "vivitrol": "naltrexone",
    }
)

RXNORM: Final[Mapping[str, str]] = MappingProxyType(
    {
        "596": "alprazolam",
        "2598": "clonazepam",
        "3322": "diazepam",
        "6470": "lorazepam",
        "6960": "midazolam",
        "39993": "zolpidem",
        "8134": "phenobarbital",
        "10689": "tramadol",
        "7052": "morphine",
        "7804": "oxycodone",
        "5489": "hydrocodone",
        "4337": "fentanyl",
        "2670": "codeine",
        "6813": "methadone",
        "1819": "buprenorphine",
        "8123": "phenelzine",
        "10734": "tranylcypromine",
        "6011": "isocarboxazid",
        "9639": "selegiline",
        "10438": "theophylline",
        "689": "aminophylline",
        "6901": "methylphenidate",
        "725": "amphetamine",
        "3288": "dextroamphetamine",
        "700810": "lisdexamfetamine",
        "30125": "modafinil",
        "28439": "lamotrigine",
        "6448": "lithium",
        "7243": "naltrexone",
        "6130": "ketamine",
    }
)

CLASS_OF: Final[Mapping[str, DrugClass]] = MappingProxyType(
    {name: drug_class for drug_class, names in NAMES.items() for name in names.split()}
)

WORD: Final = re.compile(r"[a-z]+")
COMBINED: Final = re.compile(r"\s/\s|\s\+\s|;")


def ingredients_in(display: str) -> frozenset[str]:
    """The known ingredients whose name stands in `display` as a whole word."""
    words = WORD.findall(display.casefold())
    named = {BRANDS.get(word, word) for word in words}
    return frozenset(name for name in named if name in CLASS_OF)


def ingredients_of(medicine: Coding) -> frozenset[str]:
    """The known ingredients of a recorded medicine, by its code or else by its name."""
    if medicine.system is CodeSystem.RXNORM and medicine.code in RXNORM:
        return frozenset({RXNORM[medicine.code]}) | ingredients_in(medicine.display)
    return ingredients_in(medicine.display)


def is_recognised(medicine: Coding) -> bool:
    """Is every part of the medicine known? A combination with one unknown part is not."""
    if medicine.system is CodeSystem.RXNORM and medicine.code in RXNORM:
        return True
    return all(ingredients_in(part) for part in COMBINED.split(medicine.display))


def classes_of(medicine: Coding) -> frozenset[DrugClass]:
    """The classes of its known ingredients."""
    return frozenset(CLASS_OF[name] for name in ingredients_of(medicine))
