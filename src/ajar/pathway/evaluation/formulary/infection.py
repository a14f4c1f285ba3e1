"""Medicines against bacteria, fungi, viruses and parasites, and vaccines: from general knowledge, verify."""

from typing import Final

TABLE: Final = """
amoxicillin | antibiotic | 723 | J01CA04 | amoxil
ampicillin | antibiotic | 733 | J01CA01 |
penicillin | antibiotic | 7984 | J01CE02 | penicillin v, penicillin g, benzathine penicillin, bicillin
clavulanate | antibiotic | 48203 | | clavulanic acid
cephalexin | antibiotic | 2231 | J01DB01 | keflex, cefalexin
cefadroxil | antibiotic | 2177 | J01DB05 |
cefazolin | antibiotic | 2180 | J01DB04 |
cefdinir | antibiotic | 25037 | J01DD15 | omnicef
cefuroxime | antibiotic | 2194 | J01DC02 | ceftin
ceftriaxone | antibiotic | 2193 | J01DD04 | rocephin
azithromycin | antibiotic | 18631 | J01FA10 | zithromax, z pak, zpak
clarithromycin | antibiotic | 21212 | J01FA09 | biaxin
erythromycin | antibiotic | 4053 | J01FA01 | ilotycin@eye
doxycycline | antibiotic | 3640 | J01AA02 | vibramycin, oracea
minocycline | antibiotic | 6980 | J01AA08 | minocin, solodyn
tetracycline | antibiotic | 10395 | J01AA07 |
ciprofloxacin | antibiotic | 2551 | J01MA02 | cipro
levofloxacin | antibiotic | 82122 | J01MA12 | levaquin
moxifloxacin | antibiotic | 139462 | J01MA14 | avelox, vigamox@eye
ofloxacin | antibiotic | 7623 | J01MA01 | floxin
clindamycin | antibiotic | 2582 | J01FF01 | cleocin
metronidazole | antibiotic | 6922 | J01XD01 P01AB01 | flagyl
tinidazole | antibiotic | 10612 | P01AB02 |
nitrofurantoin | antibiotic | 7454 | J01XE01 | macrobid, macrodantin
fosfomycin | antibiotic | 4550 | J01XX01 | monurol
sulfamethoxazole | antibiotic | 10180 | J01EC01 | sulphamethoxazole
trimethoprim | antibiotic | 10829 | J01EA01 |
methenamine | antibiotic | 6832 | J01XX05 | hiprex
vancomycin | antibiotic | 11124 | J01XA01 | vancocin
mupirocin | antibiotic | 42372 | D06AX09 | bactroban@skin
neomycin | antibiotic | 7299 | |
bacitracin | antibiotic | 1291 | |
polymyxin b | antibiotic | 8536 | | polymyxin
rifampicin | antibiotic | 9384 | J04AB02 | rifampin, rifadin, rimactane
rifabutin | antibiotic | 55672 | J04AB04 | mycobutin
rifapentine | antibiotic | 35617 | J04AB05 | priftin
rifaximin | antibiotic | 35619 | A07AA11 | xifaxan
isoniazid | antibiotic | 6038 | J04AC01 |
ethambutol | antibiotic | 4110 | J04AK02 | myambutol
pyrazinamide | antibiotic | 8987 | J04AK01 |
dapsone | antibiotic | 3108 | J04BA02 | aczone@skin
fluconazole | antifungal | 4450 | J02AC01 | diflucan
itraconazole | antifungal | 28031 | J02AC02 | sporanox, tolsura, onmel
ketoconazole | antifungal | 6135 | J02AB02 D01AC08 | nizoral, extina@skin
posaconazole | antifungal | 282446 | J02AC04 | noxafil
voriconazole | antifungal | 121243 | J02AC03 | vfend
isavuconazonium | antifungal | | J02AC05 | cresemba, isavuconazole
terbinafine | antifungal | 37801 | D01BA02 | lamisil
griseofulvin | antifungal | 5021 | D01BA01 |
clotrimazole | antifungal | 2623 | D01AC01 | lotrimin@skin
miconazole | antifungal | 6932 | D01AC02 | monistat
nystatin | antifungal | 7597 | A07AA02 |
acyclovir | antiviral | 281 | J05AB01 | zovirax, aciclovir
valacyclovir | antiviral | 73645 | J05AB11 | valtrex, valaciclovir
famciclovir | antiviral | 68099 | J05AB09 | famvir
oseltamivir | antiviral | 260101 | J05AH02 | tamiflu
baloxavir | antiviral | | J05AX25 | xofluza
ritonavir | antiviral | 85762 | J05AE03 | norvir
cobicistat | antiviral | | V03AX03 | tybost
nirmatrelvir | antiviral | | |
molnupiravir | antiviral | | J05AB18 | lagevrio
efavirenz | antiviral | 195085 | J05AG03 | sustiva
etravirine | antiviral | | J05AG04 | intelence
nevirapine | antiviral | 53654 | J05AG01 | viramune
rilpivirine | antiviral | | J05AG05 | edurant
doravirine | antiviral | | J05AG06 | pifeltro
atazanavir | antiviral | 343047 | J05AE08 | reyataz
darunavir | antiviral | 460132 | J05AE10 | prezista
lopinavir | antiviral | 195088 | |
abacavir | antiviral | 190521 | J05AF06 | ziagen
emtricitabine | antiviral | 276237 | J05AF09 | emtriva
lamivudine | antiviral | 68244 | J05AF05 | epivir
tenofovir | antiviral | 117466 | J05AF07 J05AF13 | viread, vemlidy, tenofovir alafenamide
zidovudine | antiviral | 11413 | J05AF01 | retrovir, azt
bictegravir | antiviral | | |
dolutegravir | antiviral | 1433868 | J05AJ03 | tivicay
elvitegravir | antiviral | | J05AJ02 |
raltegravir | antiviral | 719872 | J05AJ01 | isentress
cabotegravir | antiviral | | J05AJ04 | apretude@injected, vocabria
maraviroc | antiviral | | J05AX09 | selzentry
lenacapavir | antiviral | | J05AX31 | sunlenca, yeztugo@injected
entecavir | antiviral | 306266 | J05AF10 | baraclude
sofosbuvir | antiviral | | J05AP08 | sovaldi
velpatasvir | antiviral | | |
ledipasvir | antiviral | | |
glecaprevir | antiviral | | |
pibrentasvir | antiviral | | |
hydroxychloroquine | other | 5521 | P01BA02 | plaquenil
chloroquine | other | 2393 | P01BA01 | aralen
mefloquine | other | 6694 | P01BC02 |
atovaquone | other | 60212 | P01AX06 | mepron
proguanil | other | 8743 | P01BB01 |
ivermectin | other | 6069 | P02CF01 | stromectol, soolantra@skin
albendazole | other | 430 | P02CA03 | albenza
vaccine | other | | | influenza vaccine, flu vaccine, flu shot, covid vaccine
"""
