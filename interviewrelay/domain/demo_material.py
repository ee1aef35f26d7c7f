"""What the demonstration study asks, and what its invented participants say."""

from typing import Any, Final

SCRIPT: Final[dict[str, Any]] = {
    "name": "Coming to the outpatient clinic",
    "language": "en",
    "target_minutes": 15,
    "purpose": "We want to learn how a first visit to the outpatient clinic goes, and where it could go better.",
    "contact": "study@alder.example",
    "questions": [
        {
            "id": "arrival",
            "text": "Please tell me about your last visit to the clinic, from the moment you left home.",
            "importance": "must",
            "depth": "standard",
            "needs": [
                {
                    "id": "travel",
                    "label": "how they got there",
                    "ask": "How did you get to the clinic?",
                    "cues": [
                        "took the bus",
                        "took the train",
                        "by bus",
                        "by train",
                        "by car",
                        "on foot",
                        "drove me",
                        "I cycled",
                        "I walked",
                        "bus",
                        "train",
                        "taxi",
                    ],
                },
                {
                    "id": "finding",
                    "label": "finding the way inside",
                    "ask": "What was it like to find your way inside the building?",
                    "cues": [
                        "main entrance",
                        "right desk",
                        "pointed me",
                        "showed me",
                        "find my way",
                        "could not find",
                        "easy to find",
                        "hard to find",
                        "volunteer",
                        "sign",
                        "reception",
                        "corridor",
                        "entrance",
                        "lost",
                        "lift",
                        "floor",
                        "map",
                    ],
                },
            ],
        },
        {
            "id": "waiting",
            "text": "How did the waiting go, on that day?",
            "importance": "must",
            "depth": "standard",
            "expected": {"wants": ["time", "example"]},
            "needs": [
                {
                    "id": "how_long",
                    "label": "how long it took",
                    "ask": "How long did you wait, all in all?",
                    "cues": ["minutes", "hour", "hours", "waited", "long"],
                    "weight": 2,
                },
                {
                    "id": "told",
                    "label": "what they were told meanwhile",
                    "ask": "What were you told while you waited?",
                    "cues": [
                        "told me",
                        "told us",
                        "told you",
                        "were told",
                        "was told",
                        "nobody told",
                        "nobody said",
                        "no one said",
                        "said that",
                        "said there",
                        "said it",
                        "receptionist said",
                        "nurse said",
                        "kept us informed",
                        "no information",
                        "on a screen",
                        "told",
                        "announced",
                        "informed",
                        "screen",
                    ],
                },
            ],
        },
        {
            "id": "conversation",
            "text": "What do you remember of the conversation with the doctor or nurse?",
            "importance": "must",
            "depth": "deep",
            "needs": [
                {
                    "id": "understood",
                    "label": "what was clear and what was not",
                    "ask": "Which questions did you still have afterwards?",
                    "cues": ["explained", "understood", "clear", "unclear", "confusing"],
                }
            ],
            "probes": ["What happened right after that?"],
        },
        {
            "id": "costs",
            "text": "What did the visit cost you, all in all?",
            "kind": "open",
            "importance": "should",
            "depth": "light",
            "sensitivity": 1,
        },
        {
            "id": "again",
            "text": "If you could change one thing about such a visit, what would it be?",
            "importance": "must",
            "depth": "light",
        },
    ],
    "closing": {
        "anything_to_add": True,
        "thank_text": "Thank you for your time. The team reads every interview before the next planning round in spring.",
    },
}

DRAFT: Final[dict[str, Any]] = {
    "name": "After the first month (draft)",
    "questions": [{"text": "How has the first month been?"}],
}

PEOPLE: Final = (
    (
        "marta.kowalska@example.com",
        (
            "I took the bus at seven because the car was with my son. The ride was fine, but the entrance had moved and the signs still showed the old one.",
            "I waited forty minutes in the corridor. Nobody told us anything, there was a screen but it was switched off. It made me nervous, because my appointment time had passed.",
            "The nurse was wonderful. She explained every step and drew a small picture for me, I loved that.",
            "The letter with the results came three weeks late though, which made me angry and sad.",
            "Half a day off work, and eleven euro for the bus and the coffee.",
            "I would switch the screen on. It sounds small, but knowing how many people are before you is all one needs.",
            "I could sit there in peace.",
            "No, that is all.",
        ),
    ),
    (
        "jonas.weber@example.com",
        (
            "My neighbour drove me there because the bus had stopped running.",
            "Finding the way inside was easy, somebody at the entrance showed me the lift.",
            "About ten minutes, it was quick.",
            "They announced every name on a screen, so I could read in peace.",
            "The doctor was kind but spoke very fast. I understood the plan, not the reason for it.",
            "I asked my daughter afterwards and she looked it up for me.",
            "I'd rather not say.",
            "More time with the doctor. Five minutes more would have saved me a week of worrying.",
            "I would have slept better.",
            "The parking is also expensive, others told me so.",
        ),
    ),
    (
        "aylin.demir@example.com",
        (
            "I cycled. It rained.",
            "The signs are good.",
            "An hour and a half, and we were told it would be twenty minutes. That was frustrating.",
            "She listened and she was patient. Everything was clear to me afterwards.",
            "None.",
            "I cycled home.",
            "Nothing but time.",
            "Tell people honestly how long it takes.",
            "I could have gone home in between.",
            "No.",
        ),
    ),
    (
        "liam.byrne@example.com",
        (
            "By train and then on foot, about fifty minutes together.",
            "I got lost between two buildings, the map at the station was out of date.",
        ),
    ),
)
"""Address and answers; the last one leaves in the middle."""

WAITING: Final = ("sofia.rossi@example.com", "noor.haddad@example.com", "tom.baker@example.com")
"""Invited, and not started yet."""
