"""Products that hold several ingredients under one name: from general knowledge, verify."""

from typing import Final

TABLE: Final = """
auvelity | dextromethorphan, bupropion
nuedexta | dextromethorphan, quinidine
symbyax | olanzapine, fluoxetine
lybalvi | olanzapine, samidorphan
contrave | naltrexone, bupropion
mysimba | naltrexone, bupropion
cobenfy | xanomeline, trospium
limbitrol | chlordiazepoxide, amitriptyline
librax | chlordiazepoxide, clidinium
namzaric | memantine, donepezil
qsymia | phentermine, topiramate
suboxone | buprenorphine, naloxone
zubsolv | buprenorphine, naloxone
percocet | oxycodone, acetaminophen
endocet | oxycodone, acetaminophen
percodan | oxycodone, aspirin
vicodin | hydrocodone, acetaminophen
norco | hydrocodone, acetaminophen
lortab | hydrocodone, acetaminophen
ultracet | tramadol, acetaminophen
seglentis | tramadol, celecoxib
tylenol pm | acetaminophen, diphenhydramine
advil pm | ibuprofen, diphenhydramine
fioricet | butalbital, acetaminophen, caffeine
fiorinal | butalbital, aspirin, caffeine
excedrin | acetaminophen, aspirin, caffeine
treximet | sumatriptan, naproxen
sinemet | carbidopa, levodopa
rytary | carbidopa, levodopa
stalevo | carbidopa, levodopa, entacapone
dayquil | acetaminophen, dextromethorphan, phenylephrine
nyquil | acetaminophen, dextromethorphan, doxylamine
mucinex dm | guaifenesin, dextromethorphan
mucinex d | guaifenesin, pseudoephedrine
robitussin dm | guaifenesin, dextromethorphan
claritin d | loratadine, pseudoephedrine
zyrtec d | cetirizine, pseudoephedrine
allegra d | fexofenadine, pseudoephedrine
zestoretic | lisinopril, hydrochlorothiazide
hyzaar | losartan, hydrochlorothiazide
diovan hct | valsartan, hydrochlorothiazide
benicar hct | olmesartan, hydrochlorothiazide
exforge | amlodipine, valsartan
azor | amlodipine, olmesartan
lotrel | amlodipine, benazepril
caduet | amlodipine, atorvastatin
tenoretic | atenolol, chlorthalidone
ziac | bisoprolol, hydrochlorothiazide
maxzide | triamterene, hydrochlorothiazide
dyazide | triamterene, hydrochlorothiazide
aldactazide | spironolactone, hydrochlorothiazide
entresto | sacubitril, valsartan
bidil | isosorbide, hydralazine
vytorin | ezetimibe, simvastatin
aggrenox | aspirin, dipyridamole
janumet | sitagliptin, metformin
jentadueto | linagliptin, metformin
synjardy | empagliflozin, metformin
xigduo | dapagliflozin, metformin
glyxambi | empagliflozin, linagliptin
soliqua@injected | insulin, lixisenatide
xultophy@injected | insulin, liraglutide
augmentin | amoxicillin, clavulanate
bactrim | sulfamethoxazole, trimethoprim
septra | sulfamethoxazole, trimethoprim
cotrimoxazole | sulfamethoxazole, trimethoprim
rifamate | rifampicin, isoniazid
rifater | rifampicin, isoniazid, pyrazinamide
prevpac | lansoprazole, amoxicillin, clarithromycin
malarone | atovaquone, proguanil
paxlovid | nirmatrelvir, ritonavir
kaletra | lopinavir, ritonavir
prezcobix | darunavir, cobicistat
evotaz | atazanavir, cobicistat
symtuza | darunavir, cobicistat, emtricitabine, tenofovir
genvoya | elvitegravir, cobicistat, emtricitabine, tenofovir
stribild | elvitegravir, cobicistat, emtricitabine, tenofovir
atripla | efavirenz, emtricitabine, tenofovir
symfi | efavirenz, lamivudine, tenofovir
complera | rilpivirine, emtricitabine, tenofovir
odefsey | rilpivirine, emtricitabine, tenofovir
biktarvy | bictegravir, emtricitabine, tenofovir
triumeq | abacavir, dolutegravir, lamivudine
dovato | dolutegravir, lamivudine
juluca | dolutegravir, rilpivirine
cabenuva@injected | cabotegravir, rilpivirine
descovy | emtricitabine, tenofovir
truvada | emtricitabine, tenofovir
combivir | lamivudine, zidovudine
epclusa | sofosbuvir, velpatasvir
harvoni | sofosbuvir, ledipasvir
mavyret | glecaprevir, pibrentasvir
advair@inhaled | fluticasone, salmeterol
airduo@inhaled | fluticasone, salmeterol
wixela@inhaled | fluticasone, salmeterol
breo@inhaled | fluticasone, vilanterol
trelegy@inhaled | fluticasone, umeclidinium, vilanterol
anoro@inhaled | umeclidinium, vilanterol
symbicort@inhaled | budesonide, formoterol
breyna@inhaled | budesonide, formoterol
dulera@inhaled | mometasone, formoterol
stiolto@inhaled | tiotropium, olodaterol
combivent@inhaled | ipratropium, albuterol
duoneb@inhaled | ipratropium, albuterol
dymista@nasal | azelastine, fluticasone
ryaltris@nasal | olopatadine, mometasone
cosopt@eye | dorzolamide, timolol
combigan@eye | brimonidine, timolol
yaz | drospirenone, ethinyl estradiol
yasmin | drospirenone, ethinyl estradiol
ortho tri cyclen | norgestimate, ethinyl estradiol
tri sprintec | norgestimate, ethinyl estradiol
sprintec | norgestimate, ethinyl estradiol
loestrin | norethindrone, ethinyl estradiol
junel | norethindrone, ethinyl estradiol
aviane | levonorgestrel, ethinyl estradiol
seasonique | levonorgestrel, ethinyl estradiol
nuvaring | etonogestrel, ethinyl estradiol
xulane@patch | norelgestromin, ethinyl estradiol
"""

ALSO: Final = """
samidorphan | other | | |
clidinium | other | | |
lixisenatide | diabetes | | A10BJ03 | adlyxin@injected
"""
"""Ingredients that occur in a combination above and nowhere else."""

MORE_NAMES: Final = """
mixed amphetamine salts | amphetamine
amfetamine | amphetamine
quillivant | methylphenidate
jornay | methylphenidate
butrans@patch | buprenorphine
belbuca | buprenorphine
l thyroxine | levothyroxine
thyroxine | levothyroxine
t4 | levothyroxine
insulin degludec | insulin
insulin detemir | insulin
nph insulin | insulin
lantus@injected | insulin
basaglar@injected | insulin
toujeo@injected | insulin
tresiba@injected | insulin
levemir@injected | insulin
humalog@injected | insulin
novolog@injected | insulin
humulin@injected | insulin
novolin@injected | insulin
arnuity@inhaled | fluticasone
beclometasone | beclomethasone
st john wort | st johns wort
sjw | st johns wort
colecalciferol | vitamin d
"""
"""Names for which the line of their ingredient has no room."""
