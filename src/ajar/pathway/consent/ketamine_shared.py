"""What every consent to ketamine says alike, whatever the route: one wording of each shared element.

A document takes these and says only what its own route adds (clinical.md 3.7). A word changed here changes
every document that shares it, and their digests with it: write a new version, never edit an old one.
"""

from collections.abc import Mapping
from typing import Final

from ajar.pathway.consent.checklist import ELEMENT_IDS
from ajar.pathway.consent.documents import ConsentText, Element

OPENINGS: Final[Mapping[str, str]] = {
    "en": (
        "Please read each part, or have it read to you. Ask anything. Tick a part when you have "
        "understood it; sign only when every part is clear."
    ),
    "es": (
        "Lea cada parte, o pida que se la lean. Pregunte lo que quiera. Marque cada parte cuando la "
        "haya entendido; firme solo cuando todo esté claro."
    ),
}

ENGLISH: Final = (
    Element(
        id="CON-1",
        heading="This use is off-label",
        text=(
            "Ketamine is approved in the United States for anesthesia. It is not approved for depression"
            " or for any other mental-health condition. Using it here is called off-label: it is legal "
            "and studied, but the Food and Drug Administration (FDA) has not reviewed it for this use."
        ),
    ),
    Element(
        id="CON-3",
        heading="What many people feel",
        text=(
            "During and shortly after a session many people feel detached from their body or "
            "surroundings, or see, hear or sense time differently. Nausea, dizziness, sleepiness, "
            "headache, blurred vision, and a rise in blood pressure and heart rate are common too. These"
            " effects usually fade within two hours."
        ),
    ),
    Element(
        id="CON-4",
        heading="Serious risks",
        text=(
            "Uncommon but serious risks are: slowed or stopped breathing; dangerously high blood "
            "pressure; spasm of the throat (rare); psychosis or mania; new or stronger thoughts of "
            "suicide; misuse of ketamine and dependence on it; injury to the bladder or urinary tract; "
            "injury to the liver; and a severe allergic reaction."
        ),
    ),
    Element(
        id="CON-5",
        heading="Other choices",
        text=(
            "You could instead change or combine other medicines, have psychotherapy, electroconvulsive "
            "therapy (ECT), transcranial magnetic stimulation (TMS) or approved esketamine nasal spray, "
            "or have no new treatment now. We will tell you what we know about each."
        ),
    ),
    Element(
        id="CON-6",
        heading="After each session",
        text=(
            "You must not drive, use machines, do dangerous work or make important decisions until the "
            "next day after a restful sleep, and for at least 24 hours. You need a named adult to go "
            "home with. Without one, the session is moved to another day."
        ),
    ),
    Element(
        id="CON-7",
        heading="Pregnancy and breast-feeding",
        text=(
            "Ketamine may harm an unborn baby and passes into breast milk. If you could become pregnant,"
            " use contraception during treatment. Tell us at once if you are, or might be, pregnant or "
            "if you are breast-feeding."
        ),
    ),
    Element(
        id="CON-9",
        heading="How long it helps",
        text=(
            "Ketamine does not help everyone. Where it helps, one session helps for days to weeks. "
            "Relapse is common, and what is known about long-term, repeated treatment is limited. We "
            "measure your symptoms and stop if it does not help."
        ),
    ),
    Element(
        id="CON-10",
        heading="Which ketamine, and where",
        text=(
            "You are given ketamine made by a licensed manufacturer, here, under observation. Ketamine "
            "prepared by a compounding pharmacy is not reviewed by the FDA for safety, effect or "
            "quality, and taking ketamine at home adds risk because nobody trained is there to help. "
            "This consent covers neither."
        ),
    ),
    Element(
        id="CON-11",
        heading="Your information, and how we behave",
        text=(
            "We keep a medical record of every session. The law asks us to look up and report controlled"
            " medicines in the state prescription database. Nothing is recorded in sound or picture "
            "unless you agree to it in writing. Nobody touches you beyond what care and safety need, "
            "unless you agreed to it before the session, and you can say stop at any time."
        ),
    ),
    Element(
        id="CON-12",
        heading="How long this consent lasts",
        text=(
            "This consent is valid for one year. We ask you again each year, if the way the medicine is "
            "given changes, and if important new risks become known. You can read or print what you "
            "signed at any time."
        ),
    ),
)

SPANISH: Final = (
    Element(
        id="CON-1",
        heading="Este uso no está aprobado",
        text=(
            "En Estados Unidos la ketamina está aprobada como anestésico. No está aprobada para la "
            "depresión ni para ningún otro problema de salud mental. Usarla así se llama uso fuera de "
            "indicación: es legal y se ha estudiado, pero la Administración de Alimentos y Medicamentos "
            "(FDA) no la ha evaluado para este uso."
        ),
    ),
    Element(
        id="CON-3",
        heading="Lo que sienten muchas personas",
        text=(
            "Durante la sesión y poco después, muchas personas se sienten separadas de su cuerpo o de lo"
            " que les rodea, o ven, oyen o perciben el tiempo de otra manera. También son frecuentes las"
            " náuseas, el mareo, el sueño, el dolor de cabeza, la visión borrosa y el aumento de la "
            "presión arterial y del pulso. Estos efectos suelen desaparecer en dos horas."
        ),
    ),
    Element(
        id="CON-4",
        heading="Riesgos graves",
        text=(
            "Riesgos poco frecuentes pero graves: respiración lenta o que se detiene; presión arterial "
            "peligrosamente alta; espasmo de la garganta (raro); psicosis o manía; pensamientos de "
            "suicidio nuevos o más fuertes; mal uso de la ketamina y dependencia; daño a la vejiga o a "
            "las vías urinarias; daño al hígado; y reacción alérgica grave."
        ),
    ),
    Element(
        id="CON-5",
        heading="Otras opciones",
        text=(
            "En lugar de esto, usted podría cambiar o combinar otros medicamentos, recibir psicoterapia,"
            " terapia electroconvulsiva (TEC), estimulación magnética transcraneal (EMT) o el aerosol "
            "nasal aprobado de esketamina, o no recibir por ahora ningún tratamiento nuevo. Le diremos "
            "lo que sabemos de cada opción."
        ),
    ),
    Element(
        id="CON-6",
        heading="Después de cada sesión",
        text=(
            "No debe conducir, usar máquinas, hacer trabajos peligrosos ni tomar decisiones importantes "
            "hasta el día siguiente, después de haber dormido bien, y durante al menos 24 horas. "
            "Necesita volver a casa con una persona adulta cuyo nombre conozcamos. Sin ella, la sesión "
            "se pasa a otro día."
        ),
    ),
    Element(
        id="CON-7",
        heading="Embarazo y lactancia",
        text=(
            "La ketamina puede dañar al bebé durante el embarazo y pasa a la leche materna. Si usted "
            "puede quedar embarazada, use anticonceptivos durante el tratamiento. Avísenos enseguida si "
            "está o podría estar embarazada o si está amamantando."
        ),
    ),
    Element(
        id="CON-9",
        heading="Cuánto dura el efecto",
        text=(
            "La ketamina no ayuda a todas las personas. Cuando ayuda, el efecto de una sesión dura de "
            "días a semanas. Las recaídas son frecuentes, y se sabe poco del tratamiento repetido a "
            "largo plazo. Medimos sus síntomas y suspendemos el tratamiento si no ayuda."
        ),
    ),
    Element(
        id="CON-10",
        heading="Qué ketamina, y dónde",
        text=(
            "Usted recibe ketamina de un fabricante autorizado, aquí y bajo observación. La FDA no "
            "evalúa la seguridad, el efecto ni la calidad de la ketamina preparada en farmacias de "
            "compuestos, y tomar ketamina en casa añade riesgos porque no hay nadie capacitado para "
            "ayudar. Este consentimiento no cubre ninguna de las dos cosas."
        ),
    ),
    Element(
        id="CON-11",
        heading="Su información, y nuestro comportamiento",
        text=(
            "Guardamos un registro médico de cada sesión. La ley nos pide consultar e informar los "
            "medicamentos controlados en la base de datos estatal de recetas. No se graba sonido ni "
            "imagen si usted no lo acepta por escrito. Nadie le toca más de lo que exigen la atención y "
            "la seguridad, salvo que usted lo haya aceptado antes de la sesión, y puede decir basta en "
            "cualquier momento."
        ),
    ),
    Element(
        id="CON-12",
        heading="Cuánto dura este consentimiento",
        text=(
            "Este consentimiento es válido por un año. Se lo pedimos de nuevo cada año, si cambia la "
            "forma de dar el medicamento y si se conocen riesgos nuevos importantes. Puede leer o "
            "imprimir lo que firmó en cualquier momento."
        ),
    ),
)

SHARED: Final[Mapping[str, Mapping[str, Element]]] = {
    language: {element.id: element for element in elements}
    for language, elements in (("en", ENGLISH), ("es", SPANISH))
}
"""By language and element id. CON-10 is that of a manufacturer's ketamine given at the clinic."""


AGREED: Final[Mapping[str, str]] = {
    "en": (
        "I agree to treatment with {treatment} as described here. I have understood every part, my "
        "questions were answered, and I know that I may change my mind."
    ),
    "es": (
        "Acepto el tratamiento con {treatment} tal como se describe aquí. He entendido cada parte, mis "
        "preguntas fueron contestadas y sé que puedo cambiar de opinión."
    ),
}
"""What the patient's signature means."""

EXPLAINED: Final[Mapping[str, str]] = {
    "en": (
        "I explained this treatment, its risks and the alternatives, answered the questions asked, and "
        "believe that the patient understands and agrees freely."
    ),
    "es": (
        "Expliqué este tratamiento, sus riesgos y las alternativas, contesté las preguntas y creo que la "
        "persona entiende y acepta libremente."
    ),
}
"""What the prescriber's signature means."""


def ketamine_text(language: str, *, title: str, treatment: str, own: tuple[Element, ...]) -> ConsentText:
    """The whole text: the route's own elements in the place of the shared ones."""
    chosen = {**SHARED[language], **{element.id: element for element in own}}
    return ConsentText(
        language=language,
        title=title,
        opening=OPENINGS[language],
        elements=tuple(chosen[element_id] for element_id in ELEMENT_IDS),
        patient_statement=AGREED[language].format(treatment=treatment),
        prescriber_statement=EXPLAINED[language],
    )
