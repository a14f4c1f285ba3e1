"""Medicines for hormones, stomach, airways, skin, bladder; supplements: from general knowledge, verify."""

from typing import Final

TABLE: Final = """
levothyroxine | thyroid-hormone | 10582 | H03AA01 | synthroid, levoxyl, unithroid, tirosint, euthyrox
liothyronine | thyroid-hormone | 10814 | H03AA02 | cytomel, triiodothyronine, t3
thyroid | thyroid-hormone | 10572 | H03AA05 | armour thyroid, np thyroid, desiccated thyroid
liotrix | thyroid-hormone | | H03AA03 | thyrolar
methimazole | other | 6835 | H03BB02 | tapazole, thiamazole
propylthiouracil | other | 8794 | H03BA02 | ptu
metformin | diabetes | 6809 | A10BA02 | glucophage, glumetza, fortamet
glimepiride | diabetes | 25789 | A10BB12 | amaryl
glipizide | diabetes | 4821 | A10BB07 | glucotrol
glyburide | diabetes | 4815 | A10BB01 | glibenclamide, glynase
pioglitazone | diabetes | 33738 | A10BG03 | actos
repaglinide | diabetes | 73044 | A10BX02 | prandin
acarbose | diabetes | 16681 | A10BF01 | precose
alogliptin | diabetes | | A10BH04 | nesina
linagliptin | diabetes | 1100699 | A10BH05 | tradjenta
saxagliptin | diabetes | 857974 | A10BH03 | onglyza
sitagliptin | diabetes | 593411 | A10BH01 | januvia
canagliflozin | diabetes | 1373458 | A10BK02 | invokana
dapagliflozin | diabetes | 1488564 | A10BK01 | farxiga, forxiga
empagliflozin | diabetes | 1545653 | A10BK03 | jardiance
ertugliflozin | diabetes | | A10BK04 | steglatro
dulaglutide | diabetes | 1551291 | A10BJ05 | trulicity@injected
exenatide | diabetes | 60548 | A10BJ01 | byetta@injected, bydureon@injected
liraglutide | diabetes | 475968 | A10BJ02 | victoza@injected, saxenda@injected
semaglutide | diabetes | 1991302 | A10BJ06 | ozempic@injected, wegovy@injected, rybelsus
tirzepatide | diabetes | | A10BX16 | mounjaro@injected, zepbound@injected
insulin | diabetes | 5856 | A10AE04 A10AB01 | insulin glargine, insulin lispro, insulin aspart
omeprazole | acid-reducer | 7646 | A02BC01 | prilosec, losec
esomeprazole | acid-reducer | 283742 | A02BC05 | nexium
lansoprazole | acid-reducer | 17128 | A02BC03 | prevacid
dexlansoprazole | acid-reducer | 816346 | A02BC06 | dexilant
pantoprazole | acid-reducer | 40790 | A02BC02 | protonix
rabeprazole | acid-reducer | 114979 | A02BC04 | aciphex
famotidine | acid-reducer | 4278 | A02BA03 | pepcid
ranitidine | acid-reducer | 9143 | A02BA02 | zantac
cimetidine | acid-reducer | 2541 | A02BA01 | tagamet
sucralfate | acid-reducer | 10156 | A02BX02 | carafate
calcium carbonate | acid-reducer | 1897 | A02AC01 | tums, antacid
misoprostol | other | 42331 | A02BB01 | cytotec
ondansetron | other | 26225 | A04AA01 | zofran
metoclopramide | other | 6915 | A03FA01 | reglan
prochlorperazine | other | 8704 | N05AB04 | compazine
promethazine | antihistamine | 8745 | R06AD02 | phenergan
domperidone | other | 3626 | A03FA03 |
scopolamine | other | 9601 | A04AD01 | transderm scop@patch, hyoscine
dicyclomine | other | 3361 | A03AA07 | bentyl, dicycloverine
hyoscyamine | other | 153970 | A03BA03 | levsin
loperamide | other | 6468 | A07DA03 | imodium
bisacodyl | other | 1596 | A06AB02 | dulcolax
senna | other | 36387 | A06AB06 | sennosides, senokot
docusate | other | 82003 | A06AA02 | colace
polyethylene glycol | other | 8516 | A06AD15 | miralax, macrogol, peg 3350
psyllium | other | 8928 | A06AC01 | metamucil
lactulose | other | 6218 | A06AD11 |
linaclotide | other | | A06AX04 | linzess
simethicone | other | 9796 | A03AX13 | gas x
mesalamine | other | 52582 | A07EC02 | lialda, asacol, pentasa, mesalazine
sulfasalazine | other | 9524 | A07EC01 | azulfidine
ursodiol | other | 62427 | A05AA02 | ursodeoxycholic acid, actigall
albuterol | respiratory | 435 | R03AC02 | salbutamol, proair@inhaled, ventolin@inhaled, proventil@inhaled
levalbuterol | respiratory | 237159 | | xopenex@inhaled
salmeterol | respiratory | 36117 | R03AC12 | serevent@inhaled
formoterol | respiratory | 25255 | R03AC13 | perforomist@inhaled
vilanterol | respiratory | | |
olodaterol | respiratory | | R03AC19 | striverdi@inhaled
ipratropium | respiratory | 7213 | R03BB01 | atrovent@inhaled
tiotropium | respiratory | 69120 | R03BB04 | spiriva@inhaled
umeclidinium | respiratory | | R03BB07 | incruse@inhaled
glycopyrrolate | respiratory | 4955 | R03BB06 | glycopyrronium, robinul
montelukast | respiratory | 88249 | R03DC03 | singulair
zafirlukast | respiratory | 114970 | R03DC01 | accolate
theophylline | xanthine | 10438 | R03DA04 | theo 24, uniphyl, elixophyllin
aminophylline | xanthine | 689 | R03DA05 |
roflumilast | respiratory | | R03DX07 | daliresp
guaifenesin | respiratory | 5032 | R05CA03 | mucinex
benzonatate | respiratory | 18993 | R05DB01 | tessalon
acetylcysteine | respiratory | 197 | R05CB01 | nac, n acetylcysteine
omalizumab | respiratory | | R03DX05 | xolair@injected
fluticasone | nasal-steroid | 41126 | R01AD08 R03BA05 | flonase@nasal, xhance@nasal, flovent@inhaled
budesonide | nasal-steroid | 19831 | R01AD05 R03BA02 | rhinocort@nasal, pulmicort@inhaled, entocort, uceris
mometasone | nasal-steroid | 108118 | R01AD09 R03BA07 | nasonex@nasal, asmanex@inhaled, elocon@skin
triamcinolone | nasal-steroid | 10759 | R01AD11 | nasacort@nasal, kenalog
beclomethasone | nasal-steroid | 1347 | R01AD01 R03BA01 | qnasl@nasal, beconase@nasal, qvar@inhaled
flunisolide | nasal-steroid | 25120 | R01AD04 |
ciclesonide | nasal-steroid | 274964 | R01AD13 R03BA08 | omnaris@nasal, zetonna@nasal, alvesco@inhaled
oxymetazoline | nasal-decongestant | 7812 | R01AA05 | afrin@nasal, rhofade@skin
xylometazoline | nasal-decongestant | 39841 | R01AA07 | otrivin@nasal
naphazoline | nasal-decongestant | 7245 | R01AA08 S01GA01 | clear eyes@eye
tetrahydrozoline | nasal-decongestant | 10402 | R01AA06 S01GA02 | visine@eye, tetryzoline
azelastine | antihistamine | 18603 | R01AC03 | astelin@nasal, astepro@nasal
cromolyn | respiratory | 42612 | R01AC01 | nasalcrom@nasal, cromoglicic acid
cetirizine | antihistamine | 20610 | R06AE07 | zyrtec
levocetirizine | antihistamine | 398335 | R06AE09 | xyzal
loratadine | antihistamine | 28889 | R06AX13 | claritin
desloratadine | antihistamine | 275635 | R06AX27 | clarinex
fexofenadine | antihistamine | 87636 | R06AX26 | allegra
diphenhydramine | antihistamine | 3498 | R06AA02 | benadryl, zzzquil, unisom sleepgels
doxylamine | antihistamine | 3642 | R06AA09 | unisom
chlorpheniramine | antihistamine | 2400 | R06AB04 | chlorphenamine
cyproheptadine | antihistamine | 3013 | R06AX02 | periactin
olopatadine | antihistamine | 135391 | S01GX09 | pataday@eye, patanase@nasal
ketotifen | antihistamine | 6146 | S01GX08 | zaditor@eye
prednisone | other | 8640 | H02AB07 | deltasone, rayos
prednisolone | other | 8638 | H02AB06 | pred forte@eye, orapred
methylprednisolone | other | 6902 | H02AB04 | medrol, depo medrol@injected
dexamethasone | other | 3264 | H02AB02 | decadron
hydrocortisone | other | 5492 | H02AB09 | cortef, cortisone
betamethasone | other | 1514 | D07AC01 |
clobetasol | other | 2590 | D07AD01 | temovate@skin
estradiol | hormone | 4083 | G03CA03 | estrace, vivelle@patch, climara@patch, divigel@skin
conjugated estrogens | hormone | 4099 | G03CA57 | premarin, estrogens, estrogen
ethinyl estradiol | hormone | 4124 | G03CA01 | ethinylestradiol
progesterone | hormone | 8727 | G03DA04 | prometrium
medroxyprogesterone | hormone | 6691 | G03DA02 | provera, depo provera@injected
norethindrone | hormone | 7514 | G03DC02 | norethisterone, camila, errin, aygestin
levonorgestrel | hormone | 6373 | G03AC03 | mirena, kyleena, liletta, skyla, plan b
etonogestrel | hormone | 14584 | G03AC08 | nexplanon, implanon
norgestimate | hormone | 31994 | |
norgestrel | hormone | 7518 | G03AC10 | opill
desogestrel | hormone | 22656 | G03AC09 |
drospirenone | hormone | 11636 | | slynd
norelgestromin | hormone | | |
ulipristal | hormone | | G03AD02 | ella
contraceptive | hormone | | | oral contraceptive, birth control, ocp, intrauterine device, iud
testosterone | hormone | 10379 | G03BA03 | androgel@skin, depo testosterone@injected, testim@skin
raloxifene | hormone | 72143 | G03XC01 | evista
tamoxifen | hormone | 10324 | L02BA01 | nolvadex
anastrozole | hormone | 84857 | L02BG03 | arimidex
letrozole | hormone | 72965 | L02BG04 | femara
clomiphene | hormone | 2596 | G03GB02 | clomid, clomifene
cabergoline | other | 47579 | G02CB03 | dostinex
bromocriptine | other | 1760 | G02CB01 | parlodel, cycloset
desmopressin | other | 3251 | H01BA02 | ddavp, nocdurna
finasteride | other | 25025 | G04CB01 | proscar, propecia
dutasteride | other | 228790 | G04CB02 | avodart
tamsulosin | other | 77492 | G04CA02 | flomax
alfuzosin | other | 17300 | G04CA01 | uroxatral
silodosin | other | 720825 | G04CA04 | rapaflo
oxybutynin | other | 32675 | G04BD04 | ditropan, oxytrol@patch
tolterodine | other | 119565 | G04BD07 | detrol
solifenacin | other | 322167 | G04BD08 | vesicare
mirabegron | other | 1300786 | G04BD12 | myrbetriq
trospium | other | 10936 | G04BD09 | sanctura
phenazopyridine | other | 8120 | G04BX06 | pyridium, azo
pentosan | other | | G04BX15 | elmiron, pentosan polysulfate
sildenafil | other | 136411 | G04BE03 | viagra, revatio
tadalafil | other | 358263 | G04BE08 | cialis, adcirca
vardenafil | other | 306674 | G04BE09 | levitra
alendronate | other | 46041 | M05BA04 | fosamax, alendronic acid
denosumab | other | | M05BX04 | prolia@injected
methotrexate | other | 6851 | L04AX03 L01BA01 | trexall, otrexup@injected
azathioprine | other | 1256 | L04AX01 | imuran
mycophenolate | other | 68149 | L04AA06 | cellcept
tacrolimus | other | 42316 | L04AD02 | prograf, protopic@skin
cyclosporine | other | 3008 | L04AD01 | neoral, restasis@eye, ciclosporin
adalimumab | other | 327361 | L04AB04 | humira@injected
etanercept | other | 214555 | L04AB01 | enbrel@injected
infliximab | other | 191831 | L04AB02 | remicade@injected
ustekinumab | other | | L04AC05 | stelara@injected
dupilumab | other | | D11AH05 | dupixent@injected
tofacitinib | other | | L04AA29 | xeljanz
apremilast | other | | L04AA32 | otezla
isotretinoin | other | 6064 | D10BA01 | accutane, absorica, claravis
tretinoin | other | 10753 | D10AD01 | retin a@skin
adapalene | other | 60223 | D10AD03 | differin@skin
benzoyl peroxide | other | 1418 | D10AE01 |
latanoprost | other | 43611 | S01EE01 | xalatan@eye
dorzolamide | other | 60207 | S01EC03 | trusopt@eye
brimonidine | other | 134615 | S01EA05 | alphagan@eye, lumify@eye
acetazolamide | other | 167 | S01EC01 | diamox
grapefruit juice | supplement | | | grapefruit
st johns wort | supplement | 258326 | N06AX25 | hypericum, hypericum perforatum, saint johns wort
ginkgo | supplement | | N06DX02 | ginkgo biloba
ginseng | supplement | | |
valerian | supplement | | N05CM09 |
kava | supplement | | | kava kava
turmeric | supplement | | | curcumin
ashwagandha | supplement | | |
s adenosylmethionine | supplement | | A16AA02 | sam e
5 hydroxytryptophan | supplement | | N06AX01 | htp, hydroxytryptophan, oxitriptan
l tryptophan | supplement | | N06AX02 | tryptophan
l theanine | supplement | | | theanine
creatine | supplement | | |
glucosamine | supplement | | M01AX05 |
chondroitin | supplement | | M01AX25 |
coenzyme q10 | supplement | | | coq10, ubiquinone, co q10
fish oil | supplement | | | omega 3, omega 3 fatty acids
probiotic | supplement | | | probiotics, lactobacillus
multivitamin | supplement | | | multivitamins, prenatal vitamin, prenatal vitamins
vitamin c | supplement | 1151 | A11GA01 | ascorbic acid
vitamin d | supplement | 11253 | A11CC05 | cholecalciferol, ergocalciferol, vitamin d3, vitamin d2
vitamin e | supplement | 11256 | A11HA03 | tocopherol
vitamin b12 | supplement | 11248 | B03BA01 | b12, cyanocobalamin, methylcobalamin, hydroxocobalamin
vitamin b6 | supplement | 684879 | A11HA02 | pyridoxine
vitamin b1 | supplement | 10454 | A11DA01 | thiamine, thiamin
vitamin b complex | supplement | | | b complex, vitamin b
biotin | supplement | 1588 | A11HA05 |
folic acid | supplement | 4511 | B03BB01 | folate, folinic acid, leucovorin
l methylfolate | supplement | | | methylfolate, levomefolate, deplin, levomefolic acid
calcium | supplement | 1895 | |
magnesium | supplement | 6574 | | magnesium oxide, magnesium glycinate, magnesium citrate
zinc | supplement | 11416 | |
iron | supplement | 90176 | | ferrous sulfate, ferrous gluconate, ferrous fumarate
potassium chloride | supplement | 8591 | A12BA01 | potassium, klor con, kcl
sodium bicarbonate | supplement | | |
inositol | supplement | | |
whey protein | supplement | | | protein powder, whey
elderberry | supplement | | |
collagen | supplement | | |
apple cider vinegar | supplement | | |
sodium chloride | other | | | saline, normal saline
artificial tears | other | | | carboxymethylcellulose, hypromellose
oxytocin | hormone | | H01BB02 | pitocin@injected
flumazenil | other | | V03AB25 |
trimethobenzamide | other | | | tigan
"""
