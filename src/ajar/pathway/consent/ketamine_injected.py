"""Consent to ketamine by injection, into a muscle and under the skin, in English and Spanish.

Doses IM-03 to IM-05 and SC-01; pressure under the skin SC-02; stays MON-5 and MON-6. That an
injection cannot be stopped: CON-8, design default.
"""

from typing import Final

from ajar.pathway.consent.documents import ConsentDocument, Element
from ajar.pathway.consent.ketamine_shared import ketamine_text
from ajar.pathway.evaluation.products import Product

MUSCLE_ENGLISH: Final = ketamine_text(
    "en",
    title="Consent to ketamine by injection into a muscle",
    treatment="ketamine by injection into a muscle",
    own=(
        Element(
            id="CON-2",
            heading="What will happen",
            text=(
                "Ketamine is injected into a muscle, at once and not little by little: the first time at "
                "most 0.5 mg for each kilogram of body weight, later usually 0.25 to 1 mg. You feel it "
                "within about five minutes, and the experience lasts about an hour. Your prescriber sets "
                "the dose and may change it between sessions. Staff watch you and check your blood "
                "pressure, heartbeat, oxygen, breathing and alertness, often in the first half hour. You "
                "stay for at least 90 minutes after the injection, and until you are well enough to leave. "
                "How many sessions you have is planned with you."
            ),
        ),
        Element(
            id="CON-8",
            heading="You may change your mind",
            text=(
                "You may say no at any time before the injection, without giving a reason and without "
                "losing your other care here. An injection into a muscle cannot be stopped or taken back "
                "once it is given, unlike an infusion: it needs time to wear off, and staff stay with you "
                "until it has. After each session you may decide against another one."
            ),
        ),
    ),
)

MUSCLE_SPANISH: Final = ketamine_text(
    "es",
    title="Consentimiento para recibir ketamina por inyección en el músculo",
    treatment="ketamina por inyección en el músculo",
    own=(
        Element(
            id="CON-2",
            heading="Qué va a pasar",
            text=(
                "La ketamina se inyecta en un músculo, de una vez y no poco a poco: la primera vez como "
                "máximo 0.5 mg por cada kilogramo de peso, después por lo general de 0.25 a 1 mg. Se "
                "siente en unos cinco minutos y la experiencia dura aproximadamente una hora. Su médico "
                "fija la dosis y puede cambiarla entre sesiones. El personal le observa y controla su "
                "presión arterial, pulso, oxígeno, respiración y estado de alerta, con frecuencia durante "
                "la primera media hora. Usted se queda al menos 90 minutos después de la inyección y hasta "
                "que esté en condiciones de irse. El número de sesiones se decide con usted."
            ),
        ),
        Element(
            id="CON-8",
            heading="Puede cambiar de opinión",
            text=(
                "Puede decir que no en cualquier momento antes de la inyección, sin dar razones y sin "
                "perder el resto de su atención aquí. Una inyección en el músculo no se puede detener ni "
                "retirar una vez puesta, a diferencia de una infusión: tarda en desaparecer, y el personal "
                "se queda con usted hasta entonces. Después de cada sesión puede decidir no recibir otra."
            ),
        ),
    ),
)

SKIN_ENGLISH: Final = ketamine_text(
    "en",
    title="Consent to ketamine by injection under the skin",
    treatment="ketamine by injection under the skin",
    own=(
        Element(
            id="CON-2",
            heading="What will happen",
            text=(
                "Ketamine is injected under the skin, at once and not little by little. The dose begins "
                "low, at about 0.25 mg for each kilogram of body weight, and may rise in steps at least a "
                "week apart to at most 1 mg. Your prescriber sets it. Staff watch you and check your blood "
                "pressure, heartbeat, oxygen, breathing and alertness, often in the first half hour: in "
                "one study of a closely related drug under the skin, 14 of 70 people went above 180/110 "
                "mmHg. You stay for at least 90 minutes after the injection, and until you are well enough "
                "to leave. How many sessions you have is planned with you."
            ),
        ),
        Element(
            id="CON-8",
            heading="You may change your mind",
            text=(
                "You may say no at any time before the injection, without giving a reason and without "
                "losing your other care here. An injection under the skin cannot be stopped or taken back "
                "once it is given, unlike an infusion: it needs time to wear off, and staff stay with you "
                "until it has. After each session you may decide against another one."
            ),
        ),
    ),
)

SKIN_SPANISH: Final = ketamine_text(
    "es",
    title="Consentimiento para recibir ketamina por inyección bajo la piel",
    treatment="ketamina por inyección bajo la piel",
    own=(
        Element(
            id="CON-2",
            heading="Qué va a pasar",
            text=(
                "La ketamina se inyecta bajo la piel, de una vez y no poco a poco. La dosis empieza baja, "
                "con unos 0.25 mg por cada kilogramo de peso, y puede subir por pasos, con al menos una "
                "semana entre ellos, hasta 1 mg como máximo. Su médico la fija. El personal le observa y "
                "controla su presión arterial, pulso, oxígeno, respiración y estado de alerta, con "
                "frecuencia durante la primera media hora: en un estudio de un medicamento muy parecido "
                "bajo la piel, 14 de 70 personas pasaron de 180/110 mmHg. Usted se queda al menos 90 "
                "minutos después de la inyección y hasta que esté en condiciones de irse. El número de "
                "sesiones se decide con usted."
            ),
        ),
        Element(
            id="CON-8",
            heading="Puede cambiar de opinión",
            text=(
                "Puede decir que no en cualquier momento antes de la inyección, sin dar razones y sin "
                "perder el resto de su atención aquí. Una inyección bajo la piel no se puede detener ni "
                "retirar una vez puesta, a diferencia de una infusión: tarda en desaparecer, y el personal "
                "se queda con usted hasta entonces. Después de cada sesión puede decidir no recibir otra."
            ),
        ),
    ),
)

KETAMINE_IM: Final = ConsentDocument(
    id="ketamine-im", version="2026-11", product=Product.KETAMINE_IM, texts=(MUSCLE_ENGLISH, MUSCLE_SPANISH)
)
KETAMINE_SC: Final = ConsentDocument(
    id="ketamine-sc", version="2026-11", product=Product.KETAMINE_SC, texts=(SKIN_ENGLISH, SKIN_SPANISH)
)
