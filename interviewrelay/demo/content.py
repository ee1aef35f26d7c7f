"""Demonstration study: its questions, and the answers of its invented participants."""

from collections.abc import Mapping
from typing import Any, Final

SCRIPT: Final[dict[str, Any]] = {
    "name": "Your visit to the outpatient clinic",
    "language": "en",
    "target_minutes": 15,
    "purpose": "We want to learn how a first visit to the outpatient clinic goes, and how we could improve it.",
    "contact": "study@alder.example",
    "reporting": {"Patient safety desk": "safety@alder.example"},
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
            "text": "How was the wait that day?",
            "importance": "must",
            "depth": "standard",
            "expected": {"wants": ["time", "example"]},
            "needs": [
                {
                    "id": "how_long",
                    "label": "how long it took",
                    "ask": "How long did you wait altogether?",
                    "cues": ["minutes", "hour", "hours", "waited", "long"],
                    "weight": 2,
                },
                {
                    "id": "told",
                    "label": "what they were told while waiting",
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
                    "label": "what was clear and what wasn't",
                    "ask": "Which questions did you still have afterwards?",
                    "cues": ["explained", "understood", "clear", "unclear", "confusing"],
                }
            ],
            "probes": ["What happened right after that?"],
        },
        {
            "id": "costs",
            "text": "What did the visit cost you altogether?",
            "kind": "open",
            "importance": "should",
            "depth": "light",
            "sensitivity": 1,
        },
        {
            "id": "again",
            "text": "If you could change one thing about a visit like this, what would it be?",
            "importance": "must",
            "depth": "light",
        },
    ],
    "closing": {
        "anything_to_add": True,
        "thank_text": "Thank you for your time. The team will read every interview before the next planning round in spring.",
    },
}

DRAFT: Final[dict[str, Any]] = {
    "name": "After the first month (draft)",
    "target_minutes": 5,
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
"""Address and answers of each participant; the last one leaves halfway."""

MORE_PEOPLE: Final = (
    (
        "hanna.virtanen@example.com",
        (
            "I drove, and then I went round the car park three times. There was no parking space at all, so I left the car in a side street.",
            "I could not find the entrance, the signs still point to the old building. A volunteer walked with me.",
            "Half an hour. The waiting room was full and two of us stood, but the receptionist told us that the doctor was late.",
            "The doctor explained the plan very clearly and gave me a printed sheet to take home.",
            "I read the printed sheet on the train, and it still hangs on my fridge.",
            "Eighteen euro for parking, which is outrageous for one hour.",
            "More parking spaces, or a bus that stops at the door.",
            "No, nothing else.",
        ),
    ),
    (
        "piet.vandijk@example.com",
        (
            "My daughter took me by car. She dropped me at the main entrance, because finding a parking space takes longer than the visit itself.",
            "Ten minutes in the waiting room, no more. There was a screen with my number on it, that was clear and pleasant.",
            "The doctor spoke very fast and looked at his computer. I did not dare to ask what the new tablets are for.",
            "The nurse explained it once more in the corridor, slowly, and I was grateful for that.",
            "We went straight home after that, and I put the tablets in the cupboard.",
            "Four euro for the parking ticket.",
            "A doctor who looks at me and not at the computer.",
            "That is all, thank you.",
        ),
    ),
    (
        "grace.okafor@example.com",
        (
            "I took two buses with my little boy, and the second bus was late. We ran through the rain.",
            "It was confusing. The signs use colours, but the map on the wall does not.",
            "An hour and twenty minutes with a tired child. Nobody told us anything, and the screen in the waiting room showed advertisements.",
            "The nurse was wonderful with him, she let him hold the stethoscope and explained every step.",
            "We waited for the letter with the results, and it took four weeks. Those were bad weeks.",
            "A day without pay, and nine euro for the buses.",
            "Put the waiting time on the screen instead of advertisements.",
            "There was nothing for children in the waiting room, not even a book.",
        ),
    ),
    (
        "emil.larsen@example.com",
        (
            "I walked, I live around the corner. It took me five minutes.",
            "It is easy to find when you know it. The reception is just behind the door.",
            "I waited fifty minutes and was told twenty. When I asked, the woman at the reception was friendly but she knew nothing either.",
            "The doctor took time for me and answered all my questions. I felt taken seriously.",
            "Only one, about the letter with the results. It was hard to understand and full of abbreviations.",
            "He printed the plan for me, so that I could show it to my wife.",
            "Two euro for a bad coffee out of the machine.",
            "An honest waiting time. I do not mind an hour if somebody tells me so.",
            "No, thank you.",
        ),
    ),
    (
        "ioana.popescu@example.com",
        (
            "By car with my husband. We paid for the parking before we had even found a parking space.",
            "The signs were fine up to the lift, then we were lost on the second floor.",
            "Only a quarter of an hour. I had brought a book, so I did not notice it.",
            "The screen showed whose turn it was, nothing more.",
            "He spoke very fast, and I had the feeling that somebody else was already waiting for my chair.",
            "Nearly all of them. At home I could not remember half of what he had said.",
            "My husband drove me there once more, and a nurse printed it all for me.",
            "Twelve euro for parking and an afternoon off work.",
            "I want the plan on paper, so that I can read it again at home.",
            "The people are kind, it is the organization that is tired.",
        ),
    ),
)
"""More participants, so that there is something to compare."""

LEAVES: Final = (
    "samuel.meyer@example.com",
    (
        "By train, and then the last part on foot along the main road.",
        "The main entrance is closed, and the signs to the new entrance are small.",
        "Nearly two hours, and nobody told us why. Several people in the waiting room got angry.",
    ),
)
"""A participant who leaves and does not come back."""

WAITING: Final = ("sofia.rossi@example.com", "noor.haddad@example.com", "tom.baker@example.com")
"""Participants who are invited and have not started."""

TOLD_MORE: Final = {
    "The ride was fine, but the entrance had moved and the signs still showed the old one": "I walked once around the building and asked a gardener. The door is on the car park now.",
    "Nobody told us anything, there was a screen but it was switched off": "A nurse said later that it had been broken since the summer.",
    "My neighbour drove me there because the bus had stopped running": "The line was cut in spring, and the next stop is a mile away.",
    "I understood the plan, not the reason for it": "He had written it down in three lines and turned to his screen.",
    "An hour and a half, and we were told it would be twenty minutes": "The doctor had an emergency, I heard later from the woman beside me.",
    "There was no parking space at all, so I left the car in a side street": "I ran the rest of the way and was there two minutes before my time.",
    "I could not find the entrance, the signs still point to the old building": "They moved last winter, and the arrows were left where they were.",
    "She dropped me at the main entrance, because finding a parking space takes longer than the visit itself": "She drove home and came back when I called.",
    "I did not dare to ask what the new tablets are for": "I took the paper and went out into the corridor.",
    "I took two buses with my little boy, and the second bus was late": "It comes once an hour, so we were lucky to get there at all.",
    "The signs use colours, but the map on the wall does not": "It has numbers, and the doors have names.",
    "When I asked, the woman at the reception was friendly but she knew nothing either": "I went back to my chair and counted the tiles.",
    "He printed the plan for me, so that I could show it to my wife": "She reads such things better than I do, and she put it on the fridge.",
    "I do not mind an hour if somebody tells me so": "I would go for a walk and come back in time.",
    "I had brought a book, so I did not notice it": "My name was called in the middle of a chapter.",
    "A nurse said later that it had been broken since the summer": "Nothing, as far as I know. It was dark when I left as well.",
    "The letter with the results came three weeks late though, which made me angry and sad": "I read it at the kitchen table and called my sister.",
    "Tell people honestly how long it takes.": "I could have gone home in between.",
    "The waiting room was full and two of us stood, but the receptionist told us that the doctor was late": "A chair came free after twenty minutes.",
    "I read the printed sheet on the train, and it still hangs on my fridge": "It says in plain words when to come back.",
    "More parking spaces, or a bus that stops at the door.": "I would arrive in a calm mood and not in a sweat.",
    "A doctor who looks at me and not at the computer": "I would have understood what the tablets are for.",
    "Nobody told us anything, and the screen in the waiting room showed advertisements": "A nurse with a list read out our name, and we followed her.",
    "Put the waiting time on the screen instead of advertisements.": "I could have taken him outside for a while.",
    "At home I could not remember half of what he had said": "I called the next day, and had to call three times until somebody answered.",
    "I want the plan on paper, so that I can read it again at home": "I would not have had to call at all.",
    "Nearly two hours, and nobody told us why": "I thought that they had forgotten us, and a man went to the desk to ask.",
    "The door is on the car park now": "There is no sign to it, one has to ask.",
    "I would switch the screen on. It sounds small, but knowing how many people are before you is all one needs.": "I could sit there in peace.",
    "They announced every name on a screen, so I could read in peace": "A glance now and then was enough.",
    "The parking is also expensive, others told me so": "Some come by bus because of that.",
    "The people are kind, it is the organization that is tired": "I would still go there, for the people.",
}
"""Answers to follow-ups, by the words that the follow-up takes up."""

NO_MORE: Final = "There is not much more to it."
"""The answer to a follow-up without one."""

PUT_RIGHT: Final = {
    "You took two buses with your little boy, and the second bus was late.": "Nearly: the first bus was late, not the second.",
}
"""Corrections of the closing summary, by its statements."""

ALL_RIGHT: Final = "Yes, that is right."
"""The answer to a closing summary that is right."""


def write_follow_up_answer(details: Mapping[str, Any]) -> str:
    """The answer to a follow-up that takes up their words, or to the closing summary; empty for any
    other question.
    """
    if details.get("kind") in ("taken_up", "plain"):
        return TOLD_MORE.get(details["anchor"], NO_MORE)
    if said := details.get("statements"):
        known = (PUT_RIGHT[one["text"]] for one in said if one["text"] in PUT_RIGHT)
        return next(known, ALL_RIGHT)
    return ""
