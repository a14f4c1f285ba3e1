"""Diagnoses by name: a name that is on the list stands for its ICD-10-CM code, any other stays text.

Names are matched whole, in any case, never by likeness; what looks alike is offered as a question. Codes:
clinical.md 8.6; those that are not there from general knowledge, verify.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from ajar.pathway.patients.facts import CodeSystem, Coding

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "F32.9": "depression|major depression|major depressive disorder|mdd|unipolar depression",
        "F33.9": "recurrent depression|recurrent major depressive disorder|treatment-resistant depression"
        "|treatment resistant depression|trd",
        "F32.3": "psychotic depression|major depression with psychotic features",
        "F34.1": "dysthymia|persistent depressive disorder",
        "R45.851": "suicidal ideation|suicidal thoughts|suicidality",
        "F41.1": "generalized anxiety disorder|generalised anxiety disorder|gad|anxiety",
        "F41.0": "panic disorder",
        "F40.10": "social anxiety disorder|social anxiety|social phobia",
        "F43.10": "post-traumatic stress disorder|posttraumatic stress disorder|ptsd",
        "F42.9": "obsessive-compulsive disorder|obsessive compulsive disorder|ocd",
        "F60.3": "borderline personality disorder|bpd|emotionally unstable personality disorder",
        "F50.00": "anorexia nervosa|anorexia",
        "F50.2": "bulimia nervosa|bulimia",
        "F50.81": "binge eating disorder|binge-eating disorder",
        "F90.9": "adhd|attention deficit hyperactivity disorder|attention-deficit/hyperactivity disorder",
        "F20.9": "schizophrenia",
        "F25.9": "schizoaffective disorder",
        "F29": "psychosis|psychotic disorder",
        "F31.9": "bipolar disorder|bipolar|bipolar i disorder|bipolar 1 disorder",
        "F31.81": "bipolar ii disorder|bipolar 2 disorder|bipolar ii",
        "F30.9": "mania|manic episode",
        "F10.20": "alcohol use disorder|alcohol dependence|alcoholism",
        "F11.20": "opioid use disorder|opioid dependence",
        "F12.20": "cannabis use disorder|cannabis dependence",
        "F13.20": "sedative use disorder|benzodiazepine dependence|benzodiazepine use disorder",
        "F14.20": "cocaine use disorder|cocaine dependence",
        "F15.20": "stimulant use disorder|methamphetamine use disorder",
        "F16.20": "ketamine use disorder|ketamine dependence|ketamine addiction",
        "F17.200": "nicotine dependence|tobacco use disorder|smoking",
        "F05": "delirium",
        "F03.90": "dementia",
        "G30.9": "alzheimer's disease|alzheimer disease|alzheimers disease",
        "I67.1": "cerebral aneurysm|brain aneurysm|intracranial aneurysm",
        "I71.9": "aortic aneurysm|aneurysm of the aorta",
        "I71.4": "abdominal aortic aneurysm|aaa",
        "I71.2": "thoracic aortic aneurysm",
        "I72.9": "peripheral aneurysm|aneurysm|aneurysmal vascular disease",
        "Q28.2": "arteriovenous malformation|avm|cerebral arteriovenous malformation|cerebral avm",
        "I61.9": "intracerebral haemorrhage|intracerebral hemorrhage|haemorrhagic stroke|hemorrhagic stroke"
        "|brain haemorrhage|brain hemorrhage",
        "I63.9": "ischaemic stroke|ischemic stroke|stroke|cerebral infarction",
        "G45.9": "transient ischaemic attack|transient ischemic attack|tia",
        "I21.9": "myocardial infarction|acute myocardial infarction|heart attack",
        "I25.2": "old myocardial infarction|history of myocardial infarction",
        "I10": "hypertension|essential hypertension|high blood pressure|arterial hypertension",
        "I67.4": "hypertensive encephalopathy",
        "I20.0": "unstable angina",
        "I50.9": "heart failure|congestive heart failure",
        "I35.0": "aortic stenosis|severe aortic stenosis",
        "G93.2": "raised intracranial pressure|increased intracranial pressure|intracranial hypertension"
        "|idiopathic intracranial hypertension",
        "G91.9": "hydrocephalus",
        "G40.909": "epilepsy|seizure disorder",
        "H40.9": "glaucoma|raised intraocular pressure|acute glaucoma",
        "E05.90": "hyperthyroidism|overactive thyroid|thyrotoxicosis",
        "E03.9": "hypothyroidism",
        "E80.21": "acute intermittent porphyria|acute porphyria|porphyria",
        "N30.10": "interstitial cystitis|ulcerative cystitis",
        "N30.20": "ketamine cystitis|ketamine-induced cystitis|chronic cystitis",
        "K72.90": "hepatic failure|liver failure",
        "K74.60": "cirrhosis|liver cirrhosis|cirrhosis of the liver",
        "N18.6": "end-stage renal disease|end stage renal disease|dialysis",
        "J44.9": "copd|chronic obstructive pulmonary disease",
        "G47.33": "obstructive sleep apnea|obstructive sleep apnoea|sleep apnea|sleep apnoea",
        "Z33.1": "pregnancy|pregnant",
        "Z39.1": "breast-feeding|breastfeeding|lactation",
        "E11.9": "type 2 diabetes|diabetes|diabetes mellitus|type 2 diabetes mellitus",
        "E10.9": "type 1 diabetes|type 1 diabetes mellitus",
        "E78.5": "hyperlipidemia|hyperlipidaemia|high cholesterol|dyslipidemia",
        "E66.9": "obesity",
        "G43.909": "migraine",
        "G47.00": "insomnia",
        "J45.909": "asthma",
        "K21.9": "reflux|gerd|gastro-oesophageal reflux|gastroesophageal reflux disease",
        "M54.50": "low back pain|back pain",
        "G89.4": "chronic pain|chronic pain syndrome",
        "M79.7": "fibromyalgia",
        "F84.0": "autism|autism spectrum disorder",
    }
)

CODE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {name: code for code, names in NAMES.items() for name in names.split("|")}
)


def coded(condition: Coding) -> Coding:
    """A diagnosis in text with the code that its name stands for, where it is on the list."""
    if condition.system is not CodeSystem.TEXT:
        return condition
    code = CODE_OF.get(_plain(condition.display))
    if code is None:
        return condition
    return Coding(system=CodeSystem.ICD_10_CM, code=code, display=condition.display)


def is_recognised(condition: Coding) -> bool:
    """Has it a code, or a name that stands for one?"""
    return coded(condition).system is not CodeSystem.TEXT


def meant(condition: Coding) -> tuple[str, ...]:
    """Names on the list that look like this one, to ask about; never taken by themselves."""
    return tuple(get_close_matches(_plain(condition.display), CODE_OF, n=2, cutoff=0.8))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
