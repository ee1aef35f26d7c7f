"""The wording rules, word by word: what each looks for, said in a phrase, and what it lets through.

In a row `{a|b}` stands for either; each reading of a row is tried, and all that fail are named at once.
"""

import re
from collections.abc import Iterator

import pytest

from interviewrelay.interviewer.wording import style_rules


def readings(row: str) -> Iterator[str]:
    """Every sentence that a row stands for."""
    choice = re.search(r"\{([^{}]*)\}", row)
    if choice is None:
        yield row
        return
    for word in choice[1].split("|"):
        yield from readings(row[: choice.start()] + word + row[choice.end() :])


def readings_of(rows: tuple[str, ...]) -> Iterator[str]:
    return (text for row in rows for text in readings(row))


# --- English --------------------------------------------------------------------------------------

BREAKS: dict[str, tuple[str, ...]] = {
    "double-barrelled": (
        "{Tell|Describe|Walk|Share|Explain} me the {day and who|day or who|day but who|day; who} came.",
        "{Take me|Talk me|Say a word|Say some words|Say some} of the day and who came.",
        "{Please|Now|First|Then}, tell me about the desk and who was there.",
        "Where was it and {what|how|when|where|who|whom|whose|which|why} came of it?",
        "What was it and {also|then|if so|if not|perhaps} who came?",
        "What was it and {also|then|if so|if not|perhaps}, who came?",
        "{What|How|When|Where|Who|Whom|Whose|Which|Why} was it and did you go?",
        "Did {you|they} go and did {you|i|we|they|he|she|it|this|that|these|those|there|the car|your car|my car|our car|their car|his car|her car|any car|people|anyone|someone|some} stay?",
        "What was it, {what|how|why} came of it?",
        "What was it, {do|did|are|were|have|had} you mind?",
        "How {satisfied|happy|easy|difficult|helpful|useful|clear|important|comfortable|likely|friendly|good} is the price and the quality?",
        "What was it, {where|when|who|whom|which|whose} {was|did|is} it?",
        "What was it, {which|whose} desk was it?",
        "How was it as well as {the|your|a|an|how|what|any|other} desk?",
        "What was it{,|} and then?",
        "When you go, what came and who stayed?",
        "Tell us when you came and who was there, please?",
        "How happy are you with the price and {the |your |our |its |}customer service?",
    ),
    "options": (
        "{And|So|But|Well|Now|Then|Ok|Okay}, did you walk or ride?",
        "Once there - did you walk or ride?",
        "Where\u2014did you walk or ride?",
        "How was the trip{,|:| \u2014| \u2013} long or short?",
        "What helped you, {such as|for example|for instance|e.g.} the manual?",
        "What helped you, like{,|} for {example|instance}?",
        "How was it \u2014 {is|was} it long?",
        "What was it, maybe a bus?",
        "How was it{:| \u2014|\u2013} good, {bad|bad, fair}?",
        "How did you go, {by|on|in|with} bus, {by|on|in|with} foot?",
        "How was it, could you tell, by day or by night?",
    ),
    "leading": (
        "It works, {don't|doesn't|didn't|isn't|aren't|wasn't|weren't|haven't|hasn't|won't|wouldn't|can't|couldn't|shouldn't} it?",
        "It works, isn't {it|you|they|he|she|we|that|there}?",
        "It works, {is|was|do|did|are|were|have} {it|you|they}?",
        "It works, {right|correct|yes|no|yeah|ok|okay|don't you think|would you agree}?",
        "{Don't|Doesn't|Didn't|Isn't|Aren't|Wasn't|Weren't|Haven't|Hasn't|Won't|Wouldn't|Can't|Couldn't|Shouldn't} you find it long?",
        "So you {feel|felt|think|thought|want|wanted|are|were|would|must|had|have|was|is|did|like|liked|found} it?",
        'So "the bus" was late?',
        "So, {you|it|that|they} had to go?",
        "So you're {found|thought} odd?",
        "So you've {felt|had} it?",
        "Do you {not agree|agree} with it?",
        "{Would|Wouldn't} you say that it is dear?",
        "What then, you must {have|feel|be} tired?",
        "Where {surely|obviously|clearly|of course|undoubtedly|naturally} is it?",
        "How much {better|worse|easier|harder|happier|more useful|more helpful|more satisfied|more difficult} is it?",
        "How {bad|terrible|great|awful|wonderful|amazing|horrible|frustrating|annoying|disappointing|excellent|upset|angry|frustrated|disappointed|delighted} was it?",
        "How bad {is|was|were|are|did|do} the trips?",
        "When do {most people|everyone|everybody|experts|many people} think of it?",
        "When do many people {think|agree|say|believe|know|find} so?",
        "When everyone {thinks|agrees|says|believes|knows|finds} so, what is it?",
        "{Given|Considering} {how|that} {bad|terrible|great|poor|good} it was, what did you do?",
    ),
    "praise": (
        "{I'm|I am} {really |}impressed.",
        "{Thanks|Thank you} for {such|that|this|the|so} {a |an |}{very |}{thoughtful|great|honest|open|rich|detailed|lovely|nice|interesting|wonderful|helpful|candid|clear} reply.",
        "You {did|made|chose} {the |a |exactly |}{right|good|best|wise|great|brave} thing.",
        "Now what {a|an} {nice|great|lovely|good|beautiful|clever|brave|wonderful|fine} day.",
        "{That |It |}{sounds|must be|must have been} {very |}{tough|hard|awful|great|lovely|difficult|stressful|frustrating|nice|wonderful|terrible|fun|exciting|scary|annoying|upsetting}.",
        "{Great|Excellent|Wonderful|Fantastic|Amazing|Brilliant|Awesome|Perfect|Superb|Terrific|Well done}.",
        "Good {answer|point|question|job|for you|to hear|to know}.",
        "{Interesting|Fascinating|Insightful|Impressive|Helpful|Useful|Valuable|Lovely|Nice|Beautiful|Thoughtful|Clever|Smart}.",
        "{Exactly|Absolutely|Indeed|Wow}.",
        "How {interesting|lovely|nice|wonderful|sad|awful|terrible}.",
        "What an {answer|experience}.",
        "What a {story|insight|point|sad story}.",
        "{That|This|It} {is|was|sounds|must be} {a lovely|an impressive|such a lovely|so lovely|very lovely|really lovely|quite lovely|truly lovely} one.",
        "{That's|This's|It's} useful.",
        "I think {that|this} is useful.",
        "{Thanks|Thank you} for {being|your honesty|your openness|your great|your wonderful|your thoughtful} reply.",
        "{You're|You are} {absolutely |so |}right.",
        "I {completely |totally |fully |}agree.",
        "{That makes|Makes} {perfect |total |}sense.",
        "{That's|That is} {so |}true.",
        "{And|So|But|Well|Now|Then|Ok|Okay}, great.",
        '"Never again" is very useful.',
    ),
    "feeling": (
        "{I'm|I am} {so|very|really|truly} glad.",
        "I'm {sorry to|sorry that|sorry for|sorry you|happy|glad|sad|pleased|delighted|excited|thrilled|touched|moved|proud|surprised|curious|fascinated} it ended.",
        "I {feel|felt|love|loved|enjoy|enjoyed|hope|empathise|empathize|sympathise|sympathize|care about} it.",
        "I {understand|know} how it is.",
        "I can {imagine|relate|see how}.",
        "As a {human|person|fellow}, no.",
        "{I've|I have} {been there|experienced} it.",
    ),
    "advice": (
        "You {should|ought to|need to|must|had better} go.",
        "You'd better go.",
        "{I would|I'd|I} {recommend|suggest|advise} it.",
        "My advice is to go.",
        "So why don't you go.",
        "It {might|would} be {best|better|wise} to go.",
        "So have you {tried|considered} it.",
        "Have you {tried|considered} it?",
        "Why don't you go?",
    ),
    "why": (
        "Why {do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|shall|may|might|am} you there?",
        "Why {don't|doesn't|didn't|isn't|aren't|wasn't|weren't|haven't|hasn't|won't|wouldn't|can't|couldn't|shouldn't} you there?",
        "You went{,|;|:} why did you?",
        "You went {and|but|so} why did you?",
        "{And|But|So} why?",
        "{And|But|So} why {not|so}?",
        "{Then |}why {so|you|the car|only you|exactly did you go|go}?",
    ),
    "yes-no": (
        "{Do|Does|Did|Is|Are|Was|Were|Have|Has|Had|Can|Could|Will|Would|Should|Shall|May|Might|Am} buses late?",
        "{Don't|Doesn't|Didn't|Isn't|Aren't|Wasn't|Weren't|Haven't|Hasn't|Won't|Wouldn't|Can't|Couldn't|Shouldn't} buses stop?",
        "Did {you|Ann} sleep?",
        "Once home, did you sleep?",
        "{And|So|But|Well|Now|Then|Ok|Okay} did you sleep?",
    ),
    "markup": (
        "See {http://x|https://x|www.x|<b>x</b>|</p>|<a href=x>|```x|[x](y)|**x**}.",
        "See \x7bx.",
        "See x\x7d.",
        "# See",
        "See function (x).",
    ),
    "multiple": ("Tell me. Describe it.", "Who came? Go on.  What next?", "Who came??"),
    "shouting": ("See!", "See \u263a.", "See \U0001f600."),
}


def breaks(rule: str, text: str) -> bool:
    if rule == "yes-no":
        return style_rules.is_yes_no(text) and style_rules.is_closed_in_any_language(text, "en")
    return rule in style_rules.list_violations(text)


@pytest.mark.parametrize("rule", BREAKS)
def test_each_phrase_breaks_its_rule(rule: str) -> None:
    assert [text for text in readings_of(BREAKS[rule]) if not breaks(rule, text)] == []


LETS_THROUGH: dict[str, tuple[str, ...]] = {
    "double-barrelled": (
        "What was there, and {how|why|when} {not|else|ever}?",
        "What did you do now and then?",
        "What did you first see and then hear?",
        "How happy was the balance between home and work?",
        "How happy were you with both price and quality?",
        "{When|Whenever|Where} you know what to do, what helps?",
        "You may describe it and what came of it?",
        "{And|So} when you work and do you rest, what helps?",
        'What was "it and who came" about?',
        "The day; the night, what came?",
        "So how happy was the price and the quality?",
        "How happy were you with the price and the quality of it all?",
        "You were glad and what came next?",
    ),
    "options": (
        "Of these: who, before you came in, was there?",
        "How was it, {whether or not|more or less|one way or another} it rained?",
        "How was it, in {one or two|a day or two|once or twice} weeks?",
        "How was it, in an hour or {so|more|less|not|other}?",
        "{Can|Could|Would|Will} you {tell|describe|walk|take|share|explain|give|talk|show|help|think back|go|expand|put|recall|list|name} to us by day or by night?",
        "Could you {please tell|say a|say some|say something|say more|say what|say how} is it by day or by night?",
        "You go there, do you, {more or less} often?",
    ),
    "leading": (
        "What did he mean by right?",
        "It was right, how was it?",
        "Where do you think it is not, isn't it you know?",
        "And so you had it, when?",
        "At what point was it, given how good it was?",
        "The bus, that you said isn't it, when does it go?",
    ),
    "multiple": ('"Please" explain was all they said. What then?',),
    "praise": (
        "The engine sounds terrible.",
        "There it was great.",
        "It makes sense.",
        "And that's true.",
        "Is it great?",
    ),
    "why": (
        "The reason why was what?",
        "Do you know why?",
        "And the reason why you went, what was it?",
        "Where, and what for and why not there?",
    ),
    "yes-no": (
        "Did you see {what|how|when|where|who|whom|whose|which|why} it was?",
        "{Can|Could|Would|Will} you {tell|describe|walk|take|share|explain|give|talk|show|help|think back|go|expand|put|recall|list|name} it?",
        "Could you {please tell|say a|say some|say something|say more|say what|say how} it?",
        "Did you, now describe it?",
        "The bus you did it with?",
        "It was {late|so}, {isn't it|right|would you agree}?",
        "Could you expand, yes?",
    ),
    "advice": ("They tell you have you tried it?", "Where do they say why don't you?"),
    "markup": ("See # 1 here.", "Where is the function of it?"),
}


def breaks_any(rule: str, text: str) -> bool:
    return (
        style_rules.is_yes_no(text)
        if rule == "yes-no"
        else rule in style_rules.list_violations(text)
    )


@pytest.mark.parametrize("rule", LETS_THROUGH)
def test_what_is_only_like_it_breaks_no_rule(rule: str) -> None:
    assert [text for text in readings_of(LETS_THROUGH[rule]) if breaks_any(rule, text)] == []


# --- lengths, and words of praise anywhere --------------------------------------------------------


def test_a_question_has_thirty_words_at_most() -> None:
    assert style_rules.list_violations("what " * 30 + "?") == ()
    assert style_rules.list_violations("what " * 31 + "?") == ("too-long",)
    assert style_rules.list_violations("It was " + "so " * 30 + "late.") == ()


def test_an_acknowledgement_has_twelve_words_at_most_and_asks_nothing() -> None:
    assert style_rules.fits_acknowledgement("so " * 12)
    assert not style_rules.fits_acknowledgement("so " * 13)
    assert not style_rules.fits_acknowledgement("And then?")


def test_a_rule_that_one_sentence_breaks_is_broken() -> None:
    assert style_rules.gives_praise("It was late. Great.")
    assert style_rules.gives_advice("It was late. You should go.")
    assert style_rules.offers_options("What else? By bus, or by train?")
    assert style_rules.is_leading("What else? It was late, wasn't it?")
    assert style_rules.asks_why("What else? Why did you go?")
    assert style_rules.is_yes_no("What else? Did you go?")
