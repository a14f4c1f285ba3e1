"""Medicines for pain, seizures, movement and muscles: from general knowledge, verify."""

from typing import Final

TABLE: Final = """
buprenorphine | opioid | 1819 | N07BC01 N02AE01 | subutex, sublocade@injected, brixadi@injected
butorphanol | opioid | 1841 | N02AF01 |
codeine | opioid | 2670 | R05DA04 |
dihydrocodeine | opioid | | N02AA08 |
fentanyl | opioid | 4337 | N01AH01 N02AB03 | duragesic@patch, actiq, sublimaze@injected
hydrocodone | opioid | 5489 | R05DA03 | hysingla, zohydro
hydromorphone | opioid | 3423 | N02AA03 | dilaudid
levorphanol | opioid | 6378 | |
meperidine | opioid | 6754 | N02AB02 | demerol, pethidine
methadone | opioid | 6813 | N07BC02 | dolophine, methadose
morphine | opioid | 7052 | N02AA01 | kadian
nalbuphine | opioid | 7238 | N02AF02 |
opium | opioid | 7676 | N02AA02 |
oxycodone | opioid | 7804 | N02AA05 | oxycontin, roxicodone, xtampza, roxybond
oxymorphone | opioid | 7814 | N02AA11 | opana
pentazocine | opioid | 8001 | N02AD01 |
sufentanil | opioid | 56795 | N01AH03 |
remifentanil | opioid | 73032 | N01AH06 |
tapentadol | opioid | 787390 | N02AX06 | nucynta
tramadol | opioid | 10689 | N02AX02 | ultram, conzip, qdolo
heroin | opioid | | | diamorphine
kratom | opioid | | | mitragynine
naloxone | other | 7242 | V03AB15 | narcan@nasal, kloxxado@nasal, evzio
methylnaltrexone | other | | A06AH01 | relistor
naloxegol | other | | A06AH03 | movantik
acetaminophen | painkiller | 161 | N02BE01 | paracetamol, apap, tylenol, panadol, ofirmev
aspirin | painkiller antithrombotic | 1191 | B01AC06 N02BA01 | acetylsalicylic acid, ecotrin, bayer, asa
ibuprofen | painkiller | 5640 | M01AE01 | advil, motrin, nurofen
naproxen | painkiller | 7258 | M01AE02 | aleve, naprosyn, anaprox
diclofenac | painkiller | 3355 | M01AB05 | voltaren, cataflam, flector@patch
celecoxib | painkiller | 140587 | M01AH01 | celebrex
etodolac | painkiller | 24605 | M01AB08 | lodine
indomethacin | painkiller | 5781 | M01AB01 | indocin, indometacin
ketorolac | painkiller | 35827 | M01AB15 | toradol, acular@eye
meloxicam | painkiller | 41493 | M01AC06 | mobic
nabumetone | painkiller | 31448 | M01AX01 | relafen
sulindac | painkiller | 10237 | M01AB02 |
metamizole | painkiller | | N02BB02 | dipyrone
caffeine | other | 1886 | N06BC01 |
sumatriptan | other | 37418 | N02CC01 | imitrex, imigran
rizatriptan | other | 88014 | N02CC04 | maxalt
zolmitriptan | other | 135775 | N02CC03 | zomig
eletriptan | other | 231049 | N02CC06 | relpax
naratriptan | other | 141366 | N02CC02 | amerge
frovatriptan | other | | N02CC07 | frova
ergotamine | other | 4025 | N02CA02 |
dihydroergotamine | other | 3418 | N02CA01 | migranal@nasal, trudhesa@nasal
rimegepant | other | | N02CD06 | nurtec
ubrogepant | other | | N02CD04 | ubrelvy
atogepant | other | | N02CD07 | qulipta
erenumab | other | | N02CD01 | aimovig@injected
fremanezumab | other | | N02CD03 | ajovy@injected
galcanezumab | other | | N02CD02 | emgality@injected
onabotulinumtoxina | other | | M03AX01 | botox@injected, botulinum toxin
gabapentin | sedative antiepileptic | 25480 | N02BF01 | neurontin, gralise, horizant
pregabalin | sedative antiepileptic | 187832 | N02BF02 | lyrica
topiramate | antiepileptic | 38404 | N03AX11 | topamax, trokendi, qudexy
levetiracetam | antiepileptic | 114477 | N03AX14 | keppra, spritam
brivaracetam | antiepileptic | | N03AX23 | briviact
lacosamide | antiepileptic | 623400 | N03AX18 | vimpat
zonisamide | antiepileptic | 39998 | N03AX15 | zonegran
phenytoin | antiepileptic | 8183 | N03AB02 | dilantin, fosphenytoin, cerebyx
ethosuximide | antiepileptic | 4135 | N03AD01 | zarontin
felbamate | antiepileptic | 24812 | N03AX10 | felbatol
perampanel | antiepileptic | | N03AX22 | fycompa
rufinamide | antiepileptic | | N03AF03 | banzel
tiagabine | antiepileptic | 31914 | N03AG06 | gabitril
vigabatrin | antiepileptic | 14851 | N03AG04 | sabril
cenobamate | antiepileptic | | N03AX25 | xcopri
eslicarbazepine | antiepileptic | | N03AF04 | aptiom
carisoprodol | sedative | 2101 | M03BA02 | soma
baclofen | sedative | 1292 | M03BX01 | lioresal
tizanidine | sedative | 57258 | M03BX02 | zanaflex
cyclobenzaprine | other | 21949 | M03BX08 | flexeril, amrix
methocarbamol | other | 6845 | M03BA03 | robaxin
metaxalone | other | 59078 | | skelaxin
dantrolene | other | 3105 | M03CA01 | dantrium
orphenadrine | other | 7715 | M03BC01 | norflex
amantadine | other | 620 | N04BB01 | symmetrel, gocovri, osmolex
dextromethorphan | other | 3289 | R05DA09 | delsym, robitussin, dxm
quinidine | other | 9068 | C01BA01 |
levodopa | other | 6375 | N04BA01 |
carbidopa | other | 2019 | |
entacapone | other | 60307 | N04BX02 | comtan
pramipexole | other | 746 | N04BC05 | mirapex
ropinirole | other | 72302 | N04BC04 | requip
rotigotine | other | | N04BC09 | neupro@patch
benztropine | other | 1424 | N04AC01 | cogentin, benzatropine
trihexyphenidyl | other | 10811 | N04AA01 | artane
riluzole | other | 35623 | N07XX02 | rilutek
lidocaine | other | 6387 | N01BB02 | lidoderm@patch, xylocaine
bupivacaine | other | 1815 | N01BB01 | marcaine
propofol | sedative | 8782 | N01AX10 | diprivan
nitrous oxide | sedative | 7486 | N01AX13 |
colchicine | other | 2683 | M04AC01 | colcrys, mitigare
allopurinol | other | 519 | M04AA01 | zyloprim
febuxostat | other | 73689 | M04AA03 | uloric
"""
