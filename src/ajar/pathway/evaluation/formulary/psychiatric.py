"""Medicines for the mind: names, classes and codes from general knowledge, verify."""

from typing import Final

TABLE: Final = """
citalopram | antidepressant ssri | 2556 | N06AB04 | celexa, cipramil
escitalopram | antidepressant ssri | 321988 | N06AB10 | lexapro, cipralex
fluoxetine | antidepressant ssri | 4493 | N06AB03 | prozac, sarafem
fluvoxamine | antidepressant ssri | 42355 | N06AB08 | luvox
paroxetine | antidepressant ssri | 32937 | N06AB05 | paxil, pexeva, seroxat, brisdelle
sertraline | antidepressant ssri | 36437 | N06AB06 | zoloft, lustral
venlafaxine | antidepressant | 39786 | N06AX16 | effexor
desvenlafaxine | antidepressant | 734064 | N06AX23 | pristiq
duloxetine | antidepressant | 72625 | N06AX21 | cymbalta, drizalma
levomilnacipran | antidepressant | 1433212 | N06AX28 | fetzima
milnacipran | antidepressant | 588250 | N06AX17 | savella
bupropion | antidepressant | 42347 | N06AX12 | wellbutrin, zyban, aplenzin, forfivo
mirtazapine | antidepressant | 15996 | N06AX11 | remeron
mianserin | antidepressant | | N06AX03 |
reboxetine | antidepressant | | N06AX18 |
agomelatine | antidepressant | | N06AX22 | valdoxan
trazodone | antidepressant | 10737 | N06AX05 | desyrel, oleptro
nefazodone | antidepressant | 31565 | N06AX06 | serzone
vilazodone | antidepressant | 1086769 | N06AX24 | viibryd
vortioxetine | antidepressant | 1455099 | N06AX26 | trintellix, brintellix
gepirone | antidepressant | | N06AX19 | exxua
zuranolone | antidepressant | | N06AX31 | zurzuvae
brexanolone | antidepressant | | N06AX29 | zulresso
amitriptyline | antidepressant | 704 | N06AA09 | elavil
amoxapine | antidepressant | 722 | N06AA17 |
clomipramine | antidepressant | 2597 | N06AA04 | anafranil
desipramine | antidepressant | 3247 | N06AA01 | norpramin
doxepin | antidepressant | 3638 | N06AA12 | silenor, sinequan
imipramine | antidepressant | 5691 | N06AA02 | tofranil
maprotiline | antidepressant | 6646 | N06AA21 |
nortriptyline | antidepressant | 7531 | N06AA10 | pamelor
protriptyline | antidepressant | 8886 | N06AA11 | vivactil
trimipramine | antidepressant | 10834 | N06AA06 | surmontil
tianeptine | antidepressant | | N06AX14 |
phenelzine | antidepressant maoi | 8123 | N06AF03 | nardil
tranylcypromine | antidepressant maoi | 10734 | N06AF04 | parnate
isocarboxazid | antidepressant maoi | 6011 | N06AF01 | marplan
moclobemide | antidepressant maoi | | N06AG02 | manerix, aurorix
selegiline | maoi | 9639 | N04BD01 | emsam@patch, eldepryl, zelapar
rasagiline | maoi | 134748 | N04BD02 | azilect
safinamide | maoi | | N04BD03 | xadago
linezolid | maoi antibiotic | 190376 | J01XX08 | zyvox
methylene blue | maoi | 6878 | V03AB17 | methylthioninium chloride, provayblue
ketamine | ketamine | 6130 | N01AX03 | ketalar
esketamine | ketamine | 2119365 | N01AX14 N06AX27 | spravato@nasal
aripiprazole | antipsychotic | 89013 | N05AX12 | abilify, aristada, abilify maintena, abilify asimtufii
asenapine | antipsychotic | 784649 | N05AH05 | saphris, secuado@patch
brexpiprazole | antipsychotic | 1658314 | N05AX16 | rexulti
cariprazine | antipsychotic | 1667655 | N05AX15 | vraylar, reagila
chlorpromazine | antipsychotic | 2403 | N05AA01 | thorazine
clozapine | antipsychotic | 2626 | N05AH02 | clozaril, versacloz
fluphenazine | antipsychotic | 4496 | N05AB02 | prolixin
haloperidol | antipsychotic | 5093 | N05AD01 | haldol
iloperidone | antipsychotic | 73178 | N05AX14 | fanapt
loxapine | antipsychotic | 6475 | N05AH01 | adasuve@inhaled
lumateperone | antipsychotic | | N05AD10 | caplyta
lurasidone | antipsychotic | 1040028 | N05AE05 | latuda
molindone | antipsychotic | | N05AE02 |
olanzapine | antipsychotic | 61381 | N05AH03 | zyprexa
paliperidone | antipsychotic | 679314 | N05AX13 | invega, invega sustenna, invega trinza, invega hafyera
perphenazine | antipsychotic | 8076 | N05AB03 | trilafon
pimavanserin | antipsychotic | | N05AX17 | nuplazid
pimozide | antipsychotic | 8331 | N05AG02 | orap
quetiapine | antipsychotic | 51272 | N05AH04 | seroquel
risperidone | antipsychotic | 35636 | N05AX08 | risperdal, perseris, uzedy, risperdal consta
thioridazine | antipsychotic | 10502 | N05AC02 |
thiothixene | antipsychotic | | N05AF04 | navane, tiotixene
trifluoperazine | antipsychotic | 10800 | N05AB06 |
amisulpride | antipsychotic | 46303 | N05AL05 |
sulpiride | antipsychotic | | N05AL01 |
ziprasidone | antipsychotic | 115698 | N05AE04 | geodon
xanomeline | antipsychotic | | |
lithium | mood-stabiliser | 6448 | N05AN01 | lithobid, eskalith, priadel
lamotrigine | mood-stabiliser antiepileptic | 28439 | N03AX09 | lamictal, subvenite
valproate | mood-stabiliser antiepileptic | 40254 | N03AG01 | valproic acid, divalproex, depakote, depakene
carbamazepine | mood-stabiliser antiepileptic | 2002 | N03AF01 | tegretol, equetro, carbatrol, epitol
oxcarbazepine | mood-stabiliser antiepileptic | 32624 | N03AF02 | trileptal, oxtellar
alprazolam | benzodiazepine | 596 | N05BA12 | xanax, niravam
bromazepam | benzodiazepine | 1749 | N05BA08 | lexotan
brotizolam | benzodiazepine | | N05CD09 |
chlordiazepoxide | benzodiazepine | 2356 | N05BA02 | librium
clobazam | benzodiazepine | 21241 | N05BA09 | onfi, sympazan
clonazepam | benzodiazepine | 2598 | N03AE01 | klonopin, rivotril
clorazepate | benzodiazepine | 2353 | N05BA05 | tranxene
diazepam | benzodiazepine | 3322 | N05BA01 | valium, valtoco@nasal, diastat
estazolam | benzodiazepine | 4077 | N05CD04 | prosom
flunitrazepam | benzodiazepine | | N05CD03 | rohypnol
flurazepam | benzodiazepine | 4501 | N05CD01 | dalmane
loprazolam | benzodiazepine | | N05CD11 |
lorazepam | benzodiazepine | 6470 | N05BA06 | ativan, loreev
lormetazepam | benzodiazepine | | N05CD06 |
midazolam | benzodiazepine | 6960 | N05CD08 | versed, nayzilam@nasal
nitrazepam | benzodiazepine | | N05CD02 | mogadon
oxazepam | benzodiazepine | 7781 | N05BA04 | serax
prazepam | benzodiazepine | | N05BA11 |
quazepam | benzodiazepine | 35185 | N05CD10 | doral
temazepam | benzodiazepine | 10355 | N05CD07 | restoril
triazolam | benzodiazepine | 10767 | N05CD05 | halcion
zolpidem | sedative | 39993 | N05CF02 | ambien, edluar, intermezzo, stilnoct
zaleplon | sedative | 74667 | N05CF03 | sonata
eszopiclone | sedative | 461016 | N05CF04 | lunesta
zopiclone | sedative | 40001 | N05CF01 | imovane
suvorexant | sedative | | N05CJ01 | belsomra
lemborexant | sedative | | N05CJ02 | dayvigo
daridorexant | sedative | | N05CJ03 | quviviq
phenobarbital | sedative antiepileptic | 8134 | N03AA02 | phenobarbitone, sezaby
primidone | sedative antiepileptic | 8691 | N03AA03 | mysoline
butalbital | sedative | 19860 | |
secobarbital | sedative | 9624 | N05CA06 | seconal
pentobarbital | sedative | 8004 | N05CA01 | nembutal
sodium oxybate | sedative | | N07XX04 | xyrem, xywav, lumryz, oxybate, gamma hydroxybutyrate, ghb
chloral hydrate | sedative | | N05CC01 |
meprobamate | sedative | 6760 | N05BC01 |
dexmedetomidine | sedative | 48937 | N05CM18 | precedex, igalmi
buspirone | other | 1827 | N05BE01 | buspar
hydroxyzine | antihistamine | 5553 | N05BB01 | vistaril, atarax
ramelteon | other | 596205 | N05CH02 | rozerem
melatonin | supplement | 6711 | N05CH01 |
amphetamine | stimulant | 725 | N06BA01 | adderall, evekeo, mydayis, adzenys, dyanavel
dextroamphetamine | stimulant | 3288 | N06BA02 | dexedrine, zenzedi, xelstrym@patch, dexamfetamine
lisdexamfetamine | stimulant | 700810 | N06BA12 | vyvanse, elvanse
methamphetamine | stimulant | 6816 | N06BA03 | desoxyn
methylphenidate | stimulant | 6901 | N06BA04 | ritalin, concerta, daytrana@patch, metadate, methylin
dexmethylphenidate | stimulant | 352372 | N06BA11 | focalin, azstarys
modafinil | stimulant | 30125 | N06BA07 | provigil
armodafinil | stimulant | 228783 | N06BA13 | nuvigil
phentermine | stimulant | 8152 | A08AA01 | adipex, lomaira
atomoxetine | other | 38400 | N06BA09 | strattera
viloxazine | other | | N06AX09 | qelbree
solriamfetol | stimulant | | N06BA14 | sunosi
pitolisant | other | | N07XX11 | wakix
memantine | other | 6719 | N06DX01 | namenda, ebixa
donepezil | other | 135447 | N06DA02 | aricept
rivastigmine | other | 183379 | N06DA03 | exelon@patch
galantamine | other | 4637 | N06DA04 | razadyne
naltrexone | other | 7243 | N07BB04 | vivitrol@injected, revia, depade, ldn
acamprosate | other | 82819 | N07BB03 | campral
disulfiram | other | 3554 | N07BB01 | antabuse
varenicline | other | 591622 | N07BA03 | chantix, champix
nicotine | other | 7407 | N07BA01 | nicorette, nicoderm@patch, vape
valbenazine | other | | | ingrezza
deutetrabenazine | other | | N07XX16 | austedo
tetrabenazine | other | | N07XX06 | xenazine
alcohol | alcohol | 448 | | ethanol, beer, wine, spirits, liquor
cannabis | other | | | marijuana, thc, dronabinol, marinol
cocaine | stimulant | | | crack
mdma | stimulant | | | ecstasy, molly
psilocybin | other | | | magic mushrooms
lsd | other | | | lysergide
cannabidiol | other | | N03AX24 | epidiolex, cbd
"""
