"""Consent to ketamine by infusion: what this route adds to the shared words, in English and Spanish."""

from typing import Final

from ajar.pathway.consent.documents import ConsentDocument, Element
from ajar.pathway.consent.ketamine_shared import ketamine_text
from ajar.pathway.evaluation.products import Product

ENGLISH: Final = ketamine_text(
    "en",
    title="Consent to ketamine by infusion",
    treatment="ketamine by infusion",
    own=(
        Element(
            id="CON-2",
            heading="What will happen",
            text=(
                "A thin tube is placed in a vein, and ketamine runs in slowly: usually 0.5 mg for each "
                "kilogram of body weight over about 40 minutes. Your prescriber sets the dose and may change"
                " it between sessions. Staff watch you and check your blood pressure, heartbeat, oxygen, "
                "breathing and alertness. You stay for at least 60 minutes after the infusion ends, and "
                "until you are well enough to leave. A first course is usually six sessions over two to "
                "three weeks."
            ),
        ),
        Element(
            id="CON-8",
            heading="You may change your mind",
            text=(
                "You may say no at any time, without giving a reason and without losing your other care "
                "here. Before a session nothing has been given. An infusion can be stopped at once, though "
                "what is already in your body needs time to wear off. (An injection into a muscle could not "
                "be stopped; this consent is not for injections.)"
            ),
        ),
    ),
)

SPANISH: Final = ketamine_text(
    "es",
    title="Consentimiento para recibir ketamina por infusión",
    treatment="ketamina por infusión",
    own=(
        Element(
            id="CON-2",
            heading="Qué va a pasar",
            text=(
                "Se coloca un tubo fino en una vena y la ketamina entra despacio: por lo general 0.5 mg por "
                "cada kilogramo de peso durante unos 40 minutos. Su médico fija la dosis y puede cambiarla "
                "entre sesiones. El personal le observa y controla su presión arterial, pulso, oxígeno, "
                "respiración y estado de alerta. Usted se queda al menos 60 minutos después de la infusión y"
                " hasta que esté en condiciones de irse. Un primer ciclo suele ser de seis sesiones en dos a"
                " tres semanas."
            ),
        ),
        Element(
            id="CON-8",
            heading="Puede cambiar de opinión",
            text=(
                "Puede decir que no en cualquier momento, sin dar razones y sin perder el resto de su "
                "atención aquí. Antes de la sesión no se ha administrado nada. Una infusión se puede detener"
                " enseguida, aunque lo que ya está en su cuerpo tarda en desaparecer. (Una inyección en el "
                "músculo no se podría detener; este consentimiento no es para inyecciones.)"
            ),
        ),
    ),
)

KETAMINE_IV: Final = ConsentDocument(
    id="ketamine-iv", version="2026-11", product=Product.KETAMINE_IV, texts=(ENGLISH, SPANISH)
)
