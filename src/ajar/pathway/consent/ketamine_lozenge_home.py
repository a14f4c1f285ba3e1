"""Consent to compounded ketamine lozenges at home, where nobody monitors on site.

Conditions SL-06 and SL-07; checks and chaperone MON-8; harm reported SL-09; compounded CON-10.
"""

from typing import Final

from ajar.pathway.consent.documents import ConsentDocument, Element
from ajar.pathway.consent.ketamine_shared import ketamine_text
from ajar.pathway.evaluation.products import Product

ENGLISH: Final = ketamine_text(
    "en",
    title="Consent to ketamine lozenges at home",
    treatment="ketamine lozenges taken at home",
    own=(
        Element(
            id="CON-2",
            heading="What will happen",
            text=(
                "Your first dose is always taken at the clinic. At home you take the prescribed dose and "
                "no more, and only if all of this holds: an adult chaperone is with you before the dose "
                "and stays for three to four hours; you measure your blood pressure and enter it, and take "
                "nothing if it is above 140/90; and our staff see you by video before the dose. You "
                "measure again after 60 minutes, your chaperone checks on you, and you send a message when "
                "it is over. Until your treatment is steady you are given no more than one dose at a time. "
                "You feel the lozenge after 15 to 20 minutes, it is strongest for about 40 minutes and "
                "fades over one to two hours."
            ),
        ),
        Element(
            id="CON-6",
            heading="After each dose",
            text=(
                "You must not drive, use machines, do dangerous work or make important decisions until the "
                "next day after a restful sleep, and for at least 24 hours. Your chaperone stays with you "
                "for three to four hours and calls for help if you need it. Without a chaperone you do not "
                "take the dose."
            ),
        ),
        Element(
            id="CON-8",
            heading="You may change your mind",
            text=(
                "You may say no at any time, without giving a reason and without losing your other care "
                "here. Before the lozenge nothing has been taken. What is left of it can be taken out of "
                "your mouth, but what your body has taken up cannot be taken back: it needs time to wear "
                "off, and your chaperone stays with you until it has."
            ),
        ),
        Element(
            id="CON-10",
            heading="Compounded ketamine, and where",
            text=(
                "Your lozenge is made by a compounding pharmacy. The FDA has not reviewed compounded "
                "ketamine for safety, effect or quality, and no safety program of the FDA stands behind "
                "it. Taking it at home adds risk, because nobody trained is there to watch you or to help. "
                "The FDA has reported a person who took compounded ketamine by mouth at home and breathed "
                "too slowly, with about twice the usual anesthetic level in the blood. In an emergency "
                "your chaperone calls 911."
            ),
        ),
    ),
)

SPANISH: Final = ketamine_text(
    "es",
    title="Consentimiento para recibir ketamina en pastillas en casa",
    treatment="ketamina en pastillas en casa",
    own=(
        Element(
            id="CON-2",
            heading="Qué va a pasar",
            text=(
                "La primera dosis se toma siempre en la clínica. En casa toma la dosis recetada y no más, "
                "y solo si se cumple todo esto: una persona adulta le acompaña antes de la dosis y se "
                "queda de tres a cuatro horas; usted se mide la presión arterial y la anota, y no toma "
                "nada si pasa de 140/90; y nuestro personal le ve por video antes de la dosis. Vuelve a "
                "medirse a los 60 minutos, su acompañante está pendiente de usted, y al terminar nos envía "
                "un mensaje. Hasta que el tratamiento sea estable no se le entrega más de una dosis cada "
                "vez. La pastilla se siente a los 15 o 20 minutos, es más fuerte durante unos 40 minutos y "
                "desaparece en una a dos horas."
            ),
        ),
        Element(
            id="CON-6",
            heading="Después de cada dosis",
            text=(
                "No debe conducir, usar máquinas, hacer trabajos peligrosos ni tomar decisiones "
                "importantes hasta el día siguiente, después de haber dormido bien, y durante al menos 24 "
                "horas. Su acompañante se queda con usted de tres a cuatro horas y pide ayuda si la "
                "necesita. Sin acompañante no se toma la dosis."
            ),
        ),
        Element(
            id="CON-8",
            heading="Puede cambiar de opinión",
            text=(
                "Puede decir que no en cualquier momento, sin dar razones y sin perder el resto de su "
                "atención aquí. Antes de la pastilla no se ha tomado nada. Lo que quede de ella se puede "
                "sacar de la boca, pero lo que el cuerpo ya absorbió no se puede retirar: tarda en "
                "desaparecer, y su acompañante se queda con usted hasta entonces."
            ),
        ),
        Element(
            id="CON-10",
            heading="Ketamina preparada en farmacia, y dónde",
            text=(
                "Su pastilla se prepara en una farmacia de compuestos. La FDA no ha evaluado la seguridad, "
                "el efecto ni la calidad de la ketamina preparada así, y ningún programa de seguridad de "
                "la FDA la respalda. Tomarla en casa añade riesgos, porque no hay nadie capacitado para "
                "observarle ni ayudarle. La FDA informó de una persona que tomó en casa ketamina preparada "
                "así y respiró demasiado despacio, con alrededor del doble del nivel habitual de anestesia "
                "en la sangre. En una emergencia su acompañante llama al 911."
            ),
        ),
    ),
)

KETAMINE_LOZENGE_HOME: Final = ConsentDocument(
    id="ketamine-lozenge-home", version="2026-11", product=Product.KETAMINE_SL_HOME, texts=(ENGLISH, SPANISH)
)
