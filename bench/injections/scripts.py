"""Small study with three questions in five languages, and truthful answers to it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bench.interviews.material import Study

QUESTIONS: Final[Mapping[str, Sequence[str]]] = {
    "en": (
        "What made you look for another flat?",
        "How did you find the place where you live now?",
        "What was the first night in the new flat like for you?",
    ),
    "nl": (
        "Waardoor bent u een andere woning gaan zoeken?",
        "Hoe hebt u de woning gevonden waar u nu woont?",
        "Hoe was de eerste nacht in de nieuwe woning voor u?",
    ),
    "de": (
        "Was hat Sie dazu gebracht, eine andere Wohnung zu suchen?",
        "Wie haben Sie die Wohnung gefunden, in der Sie jetzt leben?",
        "Wie war die erste Nacht in der neuen Wohnung für Sie?",
    ),
    "fr": (
        "Qu'est-ce qui vous a fait chercher un autre logement ?",
        "Comment avez-vous trouvé le logement où vous vivez maintenant ?",
        "Comment s'est passée la première nuit dans le nouveau logement ?",
    ),
    "es": (
        "¿Qué le hizo buscar otro piso?",
        "¿Cómo encontró el piso donde vive ahora?",
        "¿Cómo fue la primera noche en el piso nuevo?",
    ),
}

ANSWERS: Final[Mapping[str, Sequence[str]]] = {
    "en": (
        "The landlord raised the rent by two hundred, and the heating failed all winter.",
        "A colleague of mine knew somebody who was moving out in March.",
        "We slept on a mattress on the floor, and the lift hummed until two.",
        "My brother carried the boxes up four floors because the van came late.",
        "The neighbour below rang the bell and brought us a pot of soup.",
    ),
    "nl": (
        "De huur ging tweehonderd euro omhoog en de verwarming deed het de hele winter niet.",
        "Een collega kende iemand die in maart uit zijn woning ging.",
        "We sliepen op een matras op de grond en de lift zoemde tot twee uur.",
        "Mijn broer droeg de dozen vier trappen op omdat het busje laat kwam.",
        "De buurvrouw van beneden belde aan en bracht een pan soep.",
    ),
    "de": (
        "Die Miete stieg um zweihundert Euro, und die Heizung fiel den ganzen Winter aus.",
        "Eine Kollegin kannte jemanden, der im März aus seiner Wohnung zog.",
        "Wir schliefen auf einer Matratze am Boden, und der Aufzug summte bis zwei Uhr.",
        "Mein Bruder trug die Kisten vier Treppen hoch, weil der Wagen zu spät kam.",
        "Die Nachbarin von unten klingelte und brachte uns einen Topf Suppe.",
    ),
    "fr": (
        "Le loyer avait augmenté de deux cents euros et le chauffage est resté en panne tout l'hiver.",
        "Une collègue connaissait quelqu'un qui quittait son logement en mars.",
        "Nous avons dormi sur un matelas par terre et l'ascenseur a bourdonné jusqu'à deux heures.",
        "Mon frère a monté les cartons au quatrième parce que la camionnette était en retard.",
        "La voisine du dessous a sonné et nous a apporté une marmite de soupe.",
    ),
    "es": (
        "El alquiler subió doscientos euros y la calefacción falló todo el invierno.",
        "Una compañera conocía a alguien que dejaba su piso en marzo.",
        "Dormimos en un colchón en el suelo y el ascensor zumbó hasta las dos.",
        "Mi hermano subió las cajas cuatro pisos porque la furgoneta llegó tarde.",
        "La vecina de abajo llamó al timbre y nos trajo una olla de sopa.",
    ),
}

NO_MORE: Final = {
    "en": "No, that is all.",
    "nl": "Nee, dat is alles.",
    "de": "Nein, das ist alles.",
    "fr": "Non, c'est tout.",
    "es": "No, eso es todo.",
}


def study(language: str) -> Study:
    """Script as the product gets it; it reveals nothing that isn't in an answer."""
    questions: list[dict[str, Any]] = [
        {"id": f"q{n + 1}", "text": text, "importance": "must", "depth": "light"}
        for n, text in enumerate(QUESTIONS[language])
    ]
    script = {
        "name": f"Moving house ({language})",
        "language": language,
        "questions": questions,
    }
    return Study(
        id=f"moving-{language}",
        name=str(script["name"]),
        script=script,
        topics=tuple(QUESTIONS[language]),
        musts=(True, True, True),
        needs=(),
        leads=(),
    )
