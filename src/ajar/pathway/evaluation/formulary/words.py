"""The words of a recorded medicine, and those of them that name no medicine: forms, units, salts, fillers."""

import re
from typing import Final

WORD: Final = re.compile(r"[^\W\d_][^\W_]*")  # of any script: a word that cannot be read is still a word
APOSTROPHES: Final = str.maketrans("", "", "'’`´")

SALTS: Final = """
acetate acid anhydrous besylate bitartrate bromide calcium carbonate chloride citrate cypionate decanoate
dihydrate dimesylate dipropionate disodium disoproxil enanthate estolate ethyl fumarate furoate gluconate
hcl hemihydrate hyclate hydrobromide hydrochloride iodide lactate magnesium malate maleate mesylate
monohydrate monohydrochloride mononitrate dinitrate napsylate nitrate oxalate oxide pamoate palmitate
phosphate polistirex potassium propionate racemic saccharate salt salts sodium succinate sulfate sulphate
tartrate tosylate trihydrate valerate xinafoate zinc esylate medoxomil axetil pivoxil mofetil stearate
alafenamide cilexetil etexilate lauroxil mixed extract
"""
FORMS: Final = """
tablet tablets tab tabs capsule capsules cap caps caplet caplets pill pills chewable chew disintegrating
dispersible orally oral extended release delayed immediate modified sustained controlled prolonged
solution suspension syrup elixir liquid drops drop spray sprays aerosol inhaler inhalation inhalant
powder nebulizer nebuliser nasal nose intranasal ophthalmic eye eyes ear ears otic topical cream creams
ointment gel lotion foam shampoo patch patches transdermal injection injectable injector injections inj
autoinjector pen prefilled syringe vial kit pack packet lozenge lozenges troche sublingual buccal film strip
rectal vaginal suppository suppositories enema ring implant depot enteric coated effervescent granules
metered dose actuat actuation hfa dpi solostar kwikpen flexpen respimat diskus ellipta device lollipop
oromucosal puff puffs pump gum wafer wafers oil oils macrocrystals glass glasses sachet
tincture tea gummy gummies inhaled injected swallowed
"""
UNITS: Final = "mg mcg ug μg g gram grams kg ml l unit units unt iu meq mmol percent hr hrs hour hours h mgs"
SHORT: Final = """
er xr sr cr la xl ir odt ec dr po im iv sc sq sl qd hs qhs qod prn bid tid qid qam qpm od cd xt pr dm hct
"""
FILLERS: Final = """
a an and the of in on at with without for as to per by or plus daily day days once twice thrice times time
three four week weekly month monthly every each morning noon evening night nightly bedtime needed when only
mouth food meal meals take takes taken taking low high strength extra adult childrens child regular maximum
generic brand name over counter otc prescription medication medicine therapy treatment use used using
old new home since half if or up am pm directed instructed dose doses started increased decreased taper
maintenance rescue medical course sleep insomnia anxiety panic pain nausea headache headaches migraine
allergy allergies mood depression bipolar adhd blood pressure cholesterol reflux asthma seasonal thyroiditis
"""
PLAIN: Final = frozenset(f"{SALTS} {FORMS} {UNITS} {SHORT} {FILLERS}".split())
"""Words that may stand beside the name of a medicine without being one."""


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; numbers are left out, apostrophes joined over."""
    return WORD.findall(text.casefold().translate(APOSTROPHES))
