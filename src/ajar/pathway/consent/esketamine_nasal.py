"""Consent to esketamine nasal spray under its REMS: our own plain wording, in English and Spanish."""

from typing import Final

from ajar.pathway.consent.documents import ConsentDocument, ConsentText, Element
from ajar.pathway.evaluation.products import Product

ENGLISH: Final = ConsentText(
    language="en",
    title="Consent to esketamine nasal spray (Spravato)",
    opening=(
        "Please read each part, or have it read to you. Ask anything. Tick a part when you have understood "
        "it; sign only when every part is clear."
    ),
    elements=(
        Element(
            id="CON-1",
            heading="What it is approved for",
            text=(
                "Esketamine nasal spray is approved in the United States for adults with depression that did"
                " not get better with at least two antidepressants, and, together with an antidepressant by "
                "mouth, for adults with depression and acute suicidal thoughts or actions. It has not been "
                "shown to prevent suicide. Any other use would be off-label, and your prescriber would tell "
                "you so."
            ),
        ),
        Element(
            id="CON-2",
            heading="What will happen",
            text=(
                "You spray the medicine into your own nose here while a health professional watches: two or "
                "three devices of 28 mg (56 or 84 mg), five minutes apart. Your blood pressure, oxygen and "
                "alertness are checked. You stay for at least two hours after the last spray, and until "
                "staff say that you are well enough to leave. Sessions are twice a week for four weeks, then"
                " weekly or every two weeks."
            ),
        ),
        Element(
            id="CON-3",
            heading="What many people feel",
            text=(
                "Most people feel detached from their body or surroundings (in studies, 6 to 8 of every 10 "
                "people), and about half become sleepy. Changes in seeing, hearing or the sense of time, "
                "nausea, dizziness, headache, blurred vision, and a rise in blood pressure and heart rate "
                "are common too. These effects usually fade within two hours; blood pressure can stay raised"
                " for about four."
            ),
        ),
        Element(
            id="CON-4",
            heading="Serious risks",
            text=(
                "Uncommon but serious risks are: slowed or stopped breathing; deep sedation or loss of "
                "consciousness (in studies, about 3 in every 1000 people); dangerously high blood pressure; "
                "spasm of the throat (rare); psychosis or mania; new or stronger thoughts of suicide; misuse"
                " and dependence; injury to the bladder or urinary tract; injury to the liver; and a severe "
                "allergic reaction."
            ),
        ),
        Element(
            id="CON-5",
            heading="Other choices",
            text=(
                "You could instead change or combine other medicines, have psychotherapy, electroconvulsive "
                "therapy (ECT) or transcranial magnetic stimulation (TMS), or have no new treatment now. We "
                "will tell you what we know about each."
            ),
        ),
        Element(
            id="CON-6",
            heading="After each session",
            text=(
                "You must not drive, use machines, do dangerous work or make important decisions until the "
                "next day after a restful sleep, and for at least 24 hours. You need safe transport arranged"
                " with a named adult before you are given the medicine. Without it, the session is moved to "
                "another day."
            ),
        ),
        Element(
            id="CON-7",
            heading="Pregnancy and breast-feeding",
            text=(
                "Esketamine may harm an unborn baby and passes into breast milk. If you could become "
                "pregnant, use contraception during treatment. Tell us at once if you are, or might be, "
                "pregnant or if you are breast-feeding."
            ),
        ),
        Element(
            id="CON-8",
            heading="You may change your mind",
            text=(
                "You may say no at any time, without giving a reason and without losing your other care "
                "here: before the first spray, and between one device and the next. What you have already "
                "sprayed cannot be taken back and needs time to wear off, and you stay with us until it has."
            ),
        ),
        Element(
            id="CON-9",
            heading="How long it helps",
            text=(
                "Esketamine does not help everyone. Its effect may last days to weeks after a session. "
                "Relapse is common when treatment stops, and long-term knowledge is limited. We judge the "
                "benefit with you after four weeks and stop if there is none."
            ),
        ),
        Element(
            id="CON-10",
            heading="Only this product, only here",
            text=(
                "The spray is never given to you to take home. Ketamine sprays, lozenges or tablets prepared"
                " by a compounding pharmacy are a different thing: the FDA has not reviewed them, and taking"
                " them at home adds risk because nobody trained is there to help."
            ),
        ),
        Element(
            id="CON-11",
            heading="The safety program, your information, and how we behave",
            text=(
                "The FDA requires a safety program called a REMS. You are enrolled in it before the first "
                "dose, and after every session we send it a form with your name, birth date, dose, other "
                "medicines, blood pressure and side effects. We also look up and report controlled medicines"
                " in the state prescription database. Nothing is recorded in sound or picture unless you "
                "agree in writing. Nobody touches you beyond what care and safety need, unless you agreed to"
                " it before the session."
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
    ),
    patient_statement=(
        "I agree to treatment with esketamine nasal spray and to its REMS safety program as described here. "
        "I have understood every part, my questions were answered, and I know that I may change my mind."
    ),
    prescriber_statement=(
        "I explained this treatment, its REMS, its risks and the alternatives, answered the questions asked,"
        " and believe that the patient understands and agrees freely."
    ),
)

SPANISH: Final = ConsentText(
    language="es",
    title="Consentimiento para recibir esketamina en aerosol nasal (Spravato)",
    opening=(
        "Lea cada parte, o pida que se la lean. Pregunte lo que quiera. Marque cada parte cuando la haya "
        "entendido; firme solo cuando todo esté claro."
    ),
    elements=(
        Element(
            id="CON-1",
            heading="Para qué está aprobado",
            text=(
                "En Estados Unidos la esketamina nasal está aprobada para adultos con depresión que no "
                "mejoró con al menos dos antidepresivos y, junto con un antidepresivo por boca, para adultos"
                " con depresión y pensamientos o actos suicidas agudos. No se ha demostrado que prevenga el "
                "suicidio. Cualquier otro uso sería fuera de indicación, y su médico se lo diría."
            ),
        ),
        Element(
            id="CON-2",
            heading="Qué va a pasar",
            text=(
                "Usted mismo se aplica el medicamento en la nariz aquí, mientras un profesional de salud "
                "observa: dos o tres dispositivos de 28 mg (56 u 84 mg), con cinco minutos entre uno y otro."
                " Se controlan su presión arterial, oxígeno y estado de alerta. Se queda al menos dos horas "
                "después de la última aplicación, y hasta que el personal diga que está en condiciones de "
                "irse. Las sesiones son dos por semana durante cuatro semanas, y después una por semana o "
                "cada dos semanas."
            ),
        ),
        Element(
            id="CON-3",
            heading="Lo que sienten muchas personas",
            text=(
                "La mayoría se siente separada de su cuerpo o de lo que le rodea (en los estudios, de 6 a 8 "
                "de cada 10 personas), y cerca de la mitad siente sueño. También son frecuentes los cambios "
                "en la vista, el oído o la percepción del tiempo, las náuseas, el mareo, el dolor de cabeza,"
                " la visión borrosa y el aumento de la presión arterial y del pulso. Suelen desaparecer en "
                "dos horas; la presión puede seguir alta unas cuatro horas."
            ),
        ),
        Element(
            id="CON-4",
            heading="Riesgos graves",
            text=(
                "Riesgos poco frecuentes pero graves: respiración lenta o que se detiene; sedación profunda "
                "o pérdida del conocimiento (en los estudios, unas 3 de cada 1000 personas); presión "
                "arterial peligrosamente alta; espasmo de la garganta (raro); psicosis o manía; pensamientos"
                " de suicidio nuevos o más fuertes; mal uso y dependencia; daño a la vejiga o a las vías "
                "urinarias; daño al hígado; y reacción alérgica grave."
            ),
        ),
        Element(
            id="CON-5",
            heading="Otras opciones",
            text=(
                "En lugar de esto, usted podría cambiar o combinar otros medicamentos, recibir psicoterapia,"
                " terapia electroconvulsiva (TEC) o estimulación magnética transcraneal (EMT), o no recibir "
                "por ahora ningún tratamiento nuevo. Le diremos lo que sabemos de cada opción."
            ),
        ),
        Element(
            id="CON-6",
            heading="Después de cada sesión",
            text=(
                "No debe conducir, usar máquinas, hacer trabajos peligrosos ni tomar decisiones importantes "
                "hasta el día siguiente, después de haber dormido bien, y durante al menos 24 horas. Antes "
                "de recibir el medicamento necesita un transporte seguro con una persona adulta cuyo nombre "
                "conozcamos. Sin ello, la sesión se pasa a otro día."
            ),
        ),
        Element(
            id="CON-7",
            heading="Embarazo y lactancia",
            text=(
                "La esketamina puede dañar al bebé durante el embarazo y pasa a la leche materna. Si usted "
                "puede quedar embarazada, use anticonceptivos durante el tratamiento. Avísenos enseguida si "
                "está o podría estar embarazada o si está amamantando."
            ),
        ),
        Element(
            id="CON-8",
            heading="Puede cambiar de opinión",
            text=(
                "Puede decir que no en cualquier momento, sin dar razones y sin perder el resto de su "
                "atención aquí: antes de la primera aplicación, y entre un dispositivo y el siguiente. Lo "
                "que ya se aplicó no se puede retirar y tarda en desaparecer, y usted se queda con nosotros "
                "hasta entonces."
            ),
        ),
        Element(
            id="CON-9",
            heading="Cuánto dura el efecto",
            text=(
                "La esketamina no ayuda a todas las personas. El efecto de una sesión puede durar de días a "
                "semanas. Las recaídas son frecuentes al dejar el tratamiento, y se sabe poco de su uso a "
                "largo plazo. Valoramos el beneficio con usted después de cuatro semanas y suspendemos el "
                "tratamiento si no lo hay."
            ),
        ),
        Element(
            id="CON-10",
            heading="Solo este producto, solo aquí",
            text=(
                "El aerosol nunca se le entrega para llevar a casa. Los aerosoles, pastillas o tabletas de "
                "ketamina preparados en farmacias de compuestos son otra cosa: la FDA no los ha evaluado, y "
                "tomarlos en casa añade riesgos porque no hay nadie capacitado para ayudar."
            ),
        ),
        Element(
            id="CON-11",
            heading="El programa de seguridad, su información y nuestro comportamiento",
            text=(
                "La FDA exige un programa de seguridad llamado REMS. A usted se le inscribe antes de la "
                "primera dosis, y después de cada sesión enviamos un formulario con su nombre, fecha de "
                "nacimiento, dosis, otros medicamentos, presión arterial y efectos secundarios. También "
                "consultamos e informamos los medicamentos controlados en la base de datos estatal de "
                "recetas. No se graba sonido ni imagen si usted no lo acepta por escrito. Nadie le toca más "
                "de lo que exigen la atención y la seguridad, salvo que usted lo haya aceptado antes de la "
                "sesión."
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
    ),
    patient_statement=(
        "Acepto el tratamiento con esketamina en aerosol nasal y su programa de seguridad REMS tal como se "
        "describen aquí. He entendido cada parte, mis preguntas fueron contestadas y sé que puedo cambiar de"
        " opinión."
    ),
    prescriber_statement=(
        "Expliqué este tratamiento, su REMS, sus riesgos y las alternativas, contesté las preguntas y creo "
        "que la persona entiende y acepta libremente."
    ),
)

ESKETAMINE_NASAL: Final = ConsentDocument(
    id="esketamine-nasal",
    version="2026-11",
    product=Product.ESKETAMINE_IN,
    texts=(ENGLISH, SPANISH),
)
