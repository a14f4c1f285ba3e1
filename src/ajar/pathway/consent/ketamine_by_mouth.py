"""Consent to compounded ketamine by mouth at the clinic: lozenge and swallowed, in English and Spanish.

How much reaches the blood SL-01; how it feels SL-02; amounts SL-03 and SL-05; stay MON-7; compounded CON-10.
"""

from typing import Final

from ajar.pathway.consent.documents import ConsentDocument, Element
from ajar.pathway.consent.ketamine_shared import ketamine_text
from ajar.pathway.evaluation.products import Product

LOZENGE_ENGLISH: Final = ketamine_text(
    "en",
    title="Consent to ketamine lozenges at the clinic",
    treatment="ketamine lozenges taken at the clinic",
    own=(
        Element(
            id="CON-2",
            heading="What will happen",
            text=(
                "You let a lozenge dissolve in your mouth here, at the clinic. Usual amounts are 100 to "
                "400 mg in a session; only a quarter to two fifths reaches the blood, and how much differs "
                "from person to person. You feel it after 15 to 20 minutes, it is strongest for about 40 "
                "minutes and fades over one to two hours. Your prescriber sets the dose and may change it "
                "between sessions. Staff watch you and check your blood pressure, heartbeat and oxygen "
                "every half hour. You stay for at least two hours after the dose, and until you are well "
                "enough to leave. How many sessions you have is planned with you."
            ),
        ),
        Element(
            id="CON-8",
            heading="You may change your mind",
            text=(
                "You may say no at any time, without giving a reason and without losing your other care "
                "here. Before the lozenge nothing has been given. What is left of it can be taken out of "
                "your mouth, but what your body has taken up cannot be taken back: it needs time to wear "
                "off, and staff stay with you until it has."
            ),
        ),
        Element(
            id="CON-10",
            heading="Compounded ketamine, and where",
            text=(
                "Your lozenge is made by a compounding pharmacy. The FDA has not reviewed compounded "
                "ketamine for safety, effect or quality, and no safety program of the FDA stands behind "
                "it. You take it here, under observation. This consent does not cover taking it at home: "
                "there nobody trained is with you, which adds risk."
            ),
        ),
    ),
)

LOZENGE_SPANISH: Final = ketamine_text(
    "es",
    title="Consentimiento para recibir ketamina en pastillas en la clínica",
    treatment="ketamina en pastillas en la clínica",
    own=(
        Element(
            id="CON-2",
            heading="Qué va a pasar",
            text=(
                "Usted deja que una pastilla se disuelva en la boca aquí, en la clínica. Las cantidades "
                "habituales son de 100 a 400 mg por sesión; solo llega a la sangre entre una cuarta parte "
                "y dos quintas partes, y cuánto varía de una persona a otra. Se siente a los 15 o 20 "
                "minutos, es más fuerte durante unos 40 minutos y desaparece en una a dos horas. Su médico "
                "fija la dosis y puede cambiarla entre sesiones. El personal le observa y controla su "
                "presión arterial, pulso y oxígeno cada media hora. Usted se queda al menos dos horas "
                "después de la dosis y hasta que esté en condiciones de irse. El número de sesiones se "
                "decide con usted."
            ),
        ),
        Element(
            id="CON-8",
            heading="Puede cambiar de opinión",
            text=(
                "Puede decir que no en cualquier momento, sin dar razones y sin perder el resto de su "
                "atención aquí. Antes de la pastilla no se ha administrado nada. Lo que quede de ella se "
                "puede sacar de la boca, pero lo que el cuerpo ya absorbió no se puede retirar: tarda en "
                "desaparecer, y el personal se queda con usted hasta entonces."
            ),
        ),
        Element(
            id="CON-10",
            heading="Ketamina preparada en farmacia, y dónde",
            text=(
                "Su pastilla se prepara en una farmacia de compuestos. La FDA no ha evaluado la seguridad, "
                "el efecto ni la calidad de la ketamina preparada así, y ningún programa de seguridad de "
                "la FDA la respalda. Usted la toma aquí, bajo observación. Este consentimiento no cubre "
                "tomarla en casa: allí no hay nadie capacitado a su lado, y eso añade riesgos."
            ),
        ),
    ),
)

SWALLOWED_ENGLISH: Final = ketamine_text(
    "en",
    title="Consent to swallowed ketamine",
    treatment="swallowed ketamine",
    own=(
        Element(
            id="CON-2",
            heading="What will happen",
            text=(
                "You swallow ketamine here, at the clinic. Only about a seventh to a quarter of it reaches "
                "the blood, and how much differs from person to person, so amounts are larger than by "
                "infusion: between 25 and 300 mg have been used. Your prescriber sets the dose and may "
                "change it between sessions. Staff watch you and check your blood pressure, heartbeat and "
                "oxygen every half hour. You stay for at least two hours after the dose, and until you are "
                "well enough to leave. How many sessions you have is planned with you."
            ),
        ),
        Element(
            id="CON-8",
            heading="You may change your mind",
            text=(
                "You may say no at any time before you swallow it, without giving a reason and without "
                "losing your other care here. What is swallowed cannot be stopped or taken back: it needs "
                "time to wear off, and staff stay with you until it has. After each session you may decide "
                "against another one."
            ),
        ),
        Element(
            id="CON-10",
            heading="Compounded ketamine, and where",
            text=(
                "What you swallow is made by a compounding pharmacy. The FDA has not reviewed compounded "
                "ketamine for safety, effect or quality, and no safety program of the FDA stands behind "
                "it. You take it here, under observation. This consent does not cover taking it at home: "
                "there nobody trained is with you, which adds risk."
            ),
        ),
    ),
)

SWALLOWED_SPANISH: Final = ketamine_text(
    "es",
    title="Consentimiento para recibir ketamina tragada",
    treatment="ketamina tragada",
    own=(
        Element(
            id="CON-2",
            heading="Qué va a pasar",
            text=(
                "Usted traga la ketamina aquí, en la clínica. Solo llega a la sangre entre una séptima y "
                "una cuarta parte, y cuánto varía de una persona a otra; por eso las cantidades son "
                "mayores que en una infusión: se han usado entre 25 y 300 mg. Su médico fija la dosis y "
                "puede cambiarla entre sesiones. El personal le observa y controla su presión arterial, "
                "pulso y oxígeno cada media hora. Usted se queda al menos dos horas después de la dosis y "
                "hasta que esté en condiciones de irse. El número de sesiones se decide con usted."
            ),
        ),
        Element(
            id="CON-8",
            heading="Puede cambiar de opinión",
            text=(
                "Puede decir que no en cualquier momento antes de tragarla, sin dar razones y sin perder "
                "el resto de su atención aquí. Lo que se ha tragado no se puede detener ni retirar: tarda "
                "en desaparecer, y el personal se queda con usted hasta entonces. Después de cada sesión "
                "puede decidir no recibir otra."
            ),
        ),
        Element(
            id="CON-10",
            heading="Ketamina preparada en farmacia, y dónde",
            text=(
                "Lo que usted traga se prepara en una farmacia de compuestos. La FDA no ha evaluado la "
                "seguridad, el efecto ni la calidad de la ketamina preparada así, y ningún programa de "
                "seguridad de la FDA la respalda. Usted la toma aquí, bajo observación. Este "
                "consentimiento no cubre tomarla en casa: allí no hay nadie capacitado a su lado, y eso "
                "añade riesgos."
            ),
        ),
    ),
)

KETAMINE_LOZENGE_CLINIC: Final = ConsentDocument(
    id="ketamine-lozenge-clinic",
    version="2026-11",
    product=Product.KETAMINE_SL_CLINIC,
    texts=(LOZENGE_ENGLISH, LOZENGE_SPANISH),
)
KETAMINE_SWALLOWED: Final = ConsentDocument(
    id="ketamine-swallowed",
    version="2026-11",
    product=Product.KETAMINE_PO,
    texts=(SWALLOWED_ENGLISH, SWALLOWED_SPANISH),
)
