"""Medicines for heart, vessels and blood: from general knowledge, verify."""

from typing import Final

TABLE: Final = """
acebutolol | beta-blocker | 149 | C07AB04 |
atenolol | beta-blocker | 1202 | C07AB03 | tenormin
betaxolol | beta-blocker | 1520 | C07AB05 | kerlone, betoptic@eye
bisoprolol | beta-blocker | 19484 | C07AB07 | zebeta, concor
carvedilol | beta-blocker | 20352 | C07AG02 | coreg
esmolol | beta-blocker | 49737 | C07AB09 | brevibloc@injected
labetalol | beta-blocker | 6185 | C07AG01 | trandate
metoprolol | beta-blocker | 6918 | C07AB02 | lopressor, toprol, kapspargo
nadolol | beta-blocker | 7226 | C07AA12 | corgard
nebivolol | beta-blocker | 31555 | C07AB12 | bystolic
pindolol | beta-blocker | 8332 | C07AA03 |
propranolol | beta-blocker | 8787 | C07AA05 | inderal, hemangeol
sotalol | beta-blocker | 9947 | C07AA07 | betapace
timolol | beta-blocker | 10600 | C07AA06 S01ED01 | timoptic@eye, istalol@eye
amlodipine | antihypertensive | 17767 | C08CA01 | norvasc, katerzia
diltiazem | antihypertensive | 3443 | C08DB01 | cardizem, tiazac
felodipine | antihypertensive | 4316 | C08CA02 | plendil
isradipine | antihypertensive | 33910 | C08CA03 |
nicardipine | antihypertensive | 7396 | C08CA04 | cardene
nifedipine | antihypertensive | 7417 | C08CA05 | procardia, adalat
verapamil | antihypertensive | 11170 | C08DA01 | calan, isoptin, verelan
benazepril | antihypertensive | 18867 | C09AA07 | lotensin
captopril | antihypertensive | 1998 | C09AA01 | capoten
enalapril | antihypertensive | 3827 | C09AA02 | vasotec
fosinopril | antihypertensive | 50166 | C09AA09 | monopril
lisinopril | antihypertensive | 29046 | C09AA03 | zestril, prinivil, qbrelis
moexipril | antihypertensive | 30131 | C09AA13 |
perindopril | antihypertensive | 54552 | C09AA04 | aceon, coversyl
quinapril | antihypertensive | 35208 | C09AA06 | accupril
ramipril | antihypertensive | 35296 | C09AA05 | altace
trandolapril | antihypertensive | 38454 | C09AA10 | mavik
azilsartan | antihypertensive | | C09CA09 | edarbi
candesartan | antihypertensive | 214354 | C09CA06 | atacand
eprosartan | antihypertensive | 83515 | C09CA02 |
irbesartan | antihypertensive | 83818 | C09CA04 | avapro
losartan | antihypertensive | 52175 | C09CA01 | cozaar
olmesartan | antihypertensive | 321064 | C09CA08 | benicar
telmisartan | antihypertensive | 73494 | C09CA07 | micardis
valsartan | antihypertensive | 69749 | C09CA03 | diovan
sacubitril | antihypertensive | | |
aliskiren | antihypertensive | 325646 | C09XA02 | tekturna
hydrochlorothiazide | antihypertensive | 5487 | C03AA03 | hctz, microzide
chlorthalidone | antihypertensive | 2409 | C03BA04 | thalitone
chlorothiazide | antihypertensive | 2396 | C03AA04 | diuril
indapamide | antihypertensive | 5764 | C03BA11 |
metolazone | antihypertensive | 6916 | C03BA08 | zaroxolyn
furosemide | antihypertensive | 4603 | C03CA01 | lasix
bumetanide | antihypertensive | 1808 | C03CA02 | bumex
torsemide | antihypertensive | 38413 | C03CA04 | demadex, torasemide
amiloride | antihypertensive | 644 | C03DB01 | midamor
triamterene | antihypertensive | 10763 | C03DB02 |
spironolactone | antihypertensive | 9997 | C03DA01 | aldactone, carospir
eplerenone | antihypertensive | 298869 | C03DA04 | inspra
finerenone | antihypertensive | | C03DA05 | kerendia
clonidine | other | 2599 | C02AC01 | catapres, kapvay
guanfacine | antihypertensive | 40114 | C02AC02 | intuniv, tenex
methyldopa | antihypertensive | 6876 | C02AB01 | aldomet
prazosin | other | 8629 | C02CA01 | minipress
doxazosin | antihypertensive | 49276 | C02CA04 | cardura
terazosin | antihypertensive | 37798 | G04CA03 | hytrin
hydralazine | antihypertensive | 5470 | C02DB02 | apresoline
minoxidil | antihypertensive | 6984 | C02DC01 | loniten, rogaine@skin
isosorbide | other | 6057 | C01DA08 | imdur, isordil
nitroglycerin | other | 4917 | C01DA02 | nitrostat, glyceryl trinitrate, gtn
ranolazine | other | 35829 | C01EB18 | ranexa
ivabradine | other | | C01EB17 | corlanor
digoxin | other | 3407 | C01AA05 | lanoxin
amiodarone | other | 703 | C01BD01 | pacerone
dofetilide | other | 49247 | C01BD04 | tikosyn
dronedarone | other | | C01BD07 | multaq
flecainide | other | 4441 | C01BC04 | tambocor
propafenone | other | 8754 | C01BC03 | rythmol
warfarin | antithrombotic | 11289 | B01AA03 | coumadin, jantoven
apixaban | antithrombotic | 1364430 | B01AF02 | eliquis
dabigatran | antithrombotic | | B01AE07 | pradaxa
edoxaban | antithrombotic | 1599538 | B01AF03 | savaysa
rivaroxaban | antithrombotic | 1114195 | B01AF01 | xarelto
enoxaparin | antithrombotic | 67108 | B01AB05 | lovenox@injected
heparin | antithrombotic | 5224 | B01AB01 |
clopidogrel | antithrombotic | 32968 | B01AC04 | plavix
prasugrel | antithrombotic | 613391 | B01AC22 | effient
ticagrelor | antithrombotic | 1116632 | B01AC24 | brilinta
ticlopidine | antithrombotic | 10594 | B01AC05 | ticlid
dipyridamole | antithrombotic | 3521 | B01AC07 | persantine
cilostazol | antithrombotic | 21107 | B01AC23 | pletal
atorvastatin | statin | 83367 | C10AA05 | lipitor
fluvastatin | statin | 41127 | C10AA04 | lescol
lovastatin | statin | 6472 | C10AA02 | mevacor
pitavastatin | statin | 861634 | C10AA08 | livalo
pravastatin | statin | 42463 | C10AA03 | pravachol
rosuvastatin | statin | 301542 | C10AA07 | crestor
simvastatin | statin | 36567 | C10AA01 | zocor
ezetimibe | statin | 341248 | C10AX09 | zetia
fenofibrate | statin | 8703 | C10AB05 | tricor, fenofibric acid
gemfibrozil | statin | 4719 | C10AB04 | lopid
niacin | statin | 7393 | C10AD02 | nicotinic acid, vitamin b3
colestyramine | statin | 2447 | C10AC01 | cholestyramine, questran
colesevelam | statin | 141625 | C10AC04 | welchol
evolocumab | statin | | C10AX13 | repatha@injected
alirocumab | statin | | C10AX14 | praluent@injected
bempedoic acid | statin | | C10AX15 | nexletol
icosapent ethyl | statin | | C10AX06 | vascepa, omega 3 acid ethyl esters, lovaza
epinephrine | sympathomimetic | 3992 | C01CA24 | adrenaline, epipen@injected, auvi q@injected
norepinephrine | sympathomimetic | 7512 | C01CA03 | noradrenaline, levophed@injected
ephedrine | sympathomimetic | 3966 | C01CA26 | emerphed@injected
phenylephrine | sympathomimetic nasal-decongestant | 8163 | C01CA06 R01AA04 | sudafed pe, neo synephrine@nasal
pseudoephedrine | sympathomimetic | 8896 | R01BA02 | sudafed
midodrine | sympathomimetic | 6963 | C01CA17 | proamatine
droxidopa | sympathomimetic | 3771 | C01CA27 | northera
dopamine | sympathomimetic | 3628 | C01CA04 |
dobutamine | sympathomimetic | 3616 | C01CA07 |
vasopressin | sympathomimetic | 11149 | H01BA01 | vasostrict@injected
fludrocortisone | other | 4452 | H02AA02 | florinef
"""
