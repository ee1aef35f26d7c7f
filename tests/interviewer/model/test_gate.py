"""The gate lets pass what a skilled interviewer would ask, and holds back what has a fault."""

from collections import Counter

import pytest

from bench import listening
from interviewrelay.interviewer.model import gate, presuppositions
from interviewrelay.interviewer.model.grounds import Grounds
from interviewrelay.interviewer.model.reply import ProposedMove
from interviewrelay.interviewer.wording import attributions

SAID = (
    "I'm a night nurse on the stroke ward, since March.",
    "Ok I guess. Fifteen minutes for nineteen people, and twice nobody told me about the insulin.",
)
GROUNDS = Grounds(
    language="en",
    answers=SAID,
    author=["How night nurses hand over", "How did the last handover go?", "what gets lost"],
    asked=["What is your job here?", "How did the last handover go?"],
    lines=["Since March, on the stroke ward."],
    facts=["Your answers are read by the people who run this study."],
)
EVIDENCE = "twice nobody told me about the insulin"


def judged(question, acknowledgement="", evidence=EVIDENCE, grounds=GROUNDS):
    move = ProposedMove("follow_up", "q", evidence, acknowledgement, question)
    return gate.check_question(move, grounds)


@pytest.mark.parametrize("author", listening.AUTHORS)
def test_of_labelled_questions_the_good_ones_pass_and_the_bad_ones_do_not(author):
    good, bad = Counter(), Counter()
    for one in listening.questions(author):
        (bad if one.breaks else good)[one.held_back] += 1
    assert good[False] >= 0.95 * good.total()
    assert bad[True] >= 0.9 * bad.total()
    assert good.total() >= 200
    assert bad.total() >= 150


@pytest.mark.parametrize(
    "question",
    [
        "What happened on those two nights?",
        "How do you decide what to say first?",
        "Who is on the ward with you then?",
        "What would have to be different for that not to happen?",
        "How did you find out about it in the end?",
        "Nineteen people in fifteen minutes: how does that go?",
    ],
)
def test_a_good_question_passes(question):
    verdict = judged(question)
    assert (verdict.refused, verdict.question) == ("", question)


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("What was the day shift angry about?", "presupposes"),
        ("What led the day nurse to forget it?", "presupposes"),
        ("What did Doctor Brown say to that?", "presupposes"),
        ("Who of the forty people was it?", "presupposes"),
        ("What do they do to put you down?", "presupposes"),
        ("What happened then, and who noticed it?", "one question"),
        ("What happened then? Who noticed it?", "one question"),
        ("So nobody told you, right?", "leading"),
        ("Why did you not ask?", "leading"),
        ("Was it in the morning or at night?", "leading"),
        ("Did somebody notice it?", "closed"),
        ("How did the last handover go?", "asked"),
        ("How did the last handover go for you?", "asked"),
        ("How many people were there?", ""),
        ("What happened **then**?", "markup"),
        ("What happened then \N{GRINNING FACE}?", "markup"),
        ("What happened \N{REPLACEMENT CHARACTER} then?", "markup"),
        ("Was ist denn dann mit dem Insulin passiert?", "language"),
        ("As an AI I wonder, what happened then?", "itself"),
        ("You should tell your boss. What happened then?", "advice"),
        ("Call 0800 123 456. What happened then?", "contact"),
        ("What a great answer. What happened then?", "praise"),
        (f"What happened {'then and there ' * 10}on that night?", "length"),
        ("That is all, the interview is over.", "ends"),
        ("What is your password?", "personal data"),
        ("What are your account details there?", "personal data"),
    ],
)
def test_a_question_with_a_fault_does_not(question, rule):
    assert judged(question).refused == rule


def test_a_question_for_the_figure_that_its_evidence_tells_is_told():
    told = judged("How many people were there?", evidence="Fifteen minutes for nineteen people")
    assert told.refused == "told"


def test_words_that_nobody_said_are_no_evidence():
    assert judged("What happened then?", evidence="I hate the day shift").refused == "evidence"
    slip = judged("What happened then?", evidence="twice nobdy told me about the insulin")
    assert slip.refused == ""


def test_a_question_has_to_do_with_its_evidence():
    assert judged("What do you do on Sundays?").refused == "off evidence"
    assert judged("What do you do on those nights?").refused == ""


def test_an_opinion_is_asked_for_only_on_what_was_brought_up():
    general = judged("What do you think of night shifts in hospitals these days?")
    assert general.refused == "off evidence"
    assert judged("What do you think of the handover?").refused == ""
    assert judged("What do you make of that now?").refused == ""


def test_a_helpline_is_named_only_if_the_study_names_one():
    words = "There is a carers' line, day and night."
    move = ProposedMove("care", acknowledgement=words)
    assert gate.check_statement(move, GROUNDS).refused == "contact"
    known = Grounds("en", SAID, [words], facts=[words])
    assert gate.check_statement(move, known).refused == ""


@pytest.mark.parametrize(
    ("language", "acknowledgement"),
    [
        ("en", "You must feel quite alone there."),
        ("de", "Da fühlt man sich abends recht allein."),
        ("fr", "Cette brouille doit vous peser."),
        ("es", "Se sentiría muy sola en aquel probador."),
        ("nl", "U moet zich daar alleen gevoeld hebben."),
    ],
)
def test_a_feeling_is_not_guessed(language, acknowledgement):
    assert attributions.guesses_feeling(acknowledgement, language)


def test_feelings_are_taken_up_where_somebody_spoke_of_them():
    angry = Grounds("en", ["I was so angry that I cried."], ["How was it?"])
    asked = judged("What made you angriest?", evidence="I was so angry", grounds=angry)
    assert asked.refused == ""


@pytest.mark.parametrize(
    ("acknowledgement", "dropped"),
    [
        ("Twice, and about insulin.", ""),
        ("Nineteen people in fifteen minutes.", ""),
        ("That must have been awful for you.", "praise"),
        ("Great, thank you!", "markup"),
        ("So the doctors forgot.", "presupposes"),
        ("Quovarin.", "presupposes"),
        ("I am quovarin.", "itself"),
        ("Since March, on the stroke ward.", "said"),
        ("What was that like?", "length"),
        ("Words " + "of it " * 15, "length"),
    ],
)
def test_an_acknowledgement_with_a_fault_is_dropped_and_the_question_asked(
    acknowledgement, dropped
):
    verdict = judged("What happened then?", acknowledgement)
    assert verdict.dropped == dropped
    assert verdict.question == "What happened then?"
    assert verdict.acknowledgement == ("" if dropped else acknowledgement)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Of course, take your time.", ""),
        ("The people who run this study read it. More than that is not known to me.", ""),
        ("Call 0800 123 456 now.", "contact"),
        ("Write to help@example.org.", "contact"),
        ("You should see a doctor.", "advice"),
        ("Call quovarin.", "presupposes"),
        ("word " * 61, "length"),
    ],
)
def test_what_asks_nothing_gives_no_address_and_no_advice(words, rule):
    move = ProposedMove("care", acknowledgement=words)
    assert gate.check_statement(move, GROUNDS).refused == rule


def test_an_address_of_the_script_may_be_named():
    place = "113, day and night: 0800 0113"
    grounds = Grounds("en", SAID, [place], facts=[place])
    move = ProposedMove("care", acknowledgement="You can call 0800 0113, day and night.")
    assert gate.check_statement(move, grounds).refused == ""
    services = Grounds("en", SAID, [], facts=["office@ward.example"])
    move = ProposedMove("answer", acknowledgement="You can ask office@ward.example.")
    assert gate.check_statement(move, services).refused == ""


@pytest.mark.parametrize("language", listening.LANGUAGES)
def test_the_words_of_a_language_are_in_one_list_each(language):
    lexicon = presuppositions.load_question_words(language)
    assert len(lexicon.plain) > 2_000
    assert len(lexicon.loaded) > 1_000
    assert not lexicon.loaded & (lexicon.plain - lexicon.loaded)
    assert all(row for rows in lexicon.phrases.values() for phrase in rows for row in phrase)


@pytest.mark.parametrize(
    ("language", "said", "word"),
    [
        ("de", "Die Übergabe dauert zu lange.", "Übergabebuch"),
        ("nl", "Het rooster klopt nooit.", "dienstrooster"),
        ("en", "We arranged it at once.", "arrangement"),
        ("fr", "La caissière a refusé.", "caissières"),
    ],
)
def test_what_is_made_of_a_word_that_was_said_is_no_new_one(language, said, word):
    assert presuppositions.KnownWords([said], language).has(word.lower())


@pytest.mark.parametrize(
    ("language", "answer", "said", "question"),
    [
        (
            "de",
            "Ich muss weinen, entschuldigen Sie, ich mache gleich eine Pause.",
            "Sie müssen jetzt nichts schreiben.",
            "Möchten Sie eine Pause machen, über etwas anderes sprechen oder aufhören?",
        ),
        (
            "en",
            "I keep crying, I need to stop for a bit.",
            "Nothing has to be said now.",
            "Would you like a pause, another subject, or to stop here?",
        ),
    ],
)
def test_whoever_is_upset_may_be_offered_a_pause(language, answer, said, question):
    grounds = Grounds(language=language, answers=[answer], author=["Der Besuch", "The visit"])
    move = ProposedMove("care", "", "", said, question)
    assert gate.check_statement(move, grounds).refused == ""


def test_what_an_answer_about_the_interview_says_need_not_be_in_words_of_the_matter():
    said = "How it is reported is not known here; both halves and the correction are kept."
    assert (
        gate.check_statement(ProposedMove("answer", acknowledgement=said), GROUNDS).refused
        == ""
    )
    blames = "The nurses were careless; it stands in the text."
    told = gate.check_statement(ProposedMove("answer", acknowledgement=blames), GROUNDS)
    assert told.refused == "presupposes"


@pytest.mark.parametrize(
    ("language", "answer", "said", "refused"),
    [
        (
            "en",
            "I would write to somebody about it, if I knew who that is.",
            "In England the Care Quality Commission takes such reports; please check that first.",
            "",
        ),
        (
            "nl",
            "Ik zou het melden, als ik wist waar.",
            "In Nederland neemt de Inspectie Gezondheidszorg dat aan, zover ik weet.",
            "",
        ),
        (
            "en",
            "Who reads what I say here?",
            "It is read by Doctor Miller at Northgate Partners.",
            "presupposes",
        ),
    ],
)
def test_only_a_body_that_takes_concerns_may_be_named(language, answer, said, refused):
    grounds = Grounds(language=language, answers=[answer], author=["The visit"])
    move = ProposedMove("answer", acknowledgement=said)
    assert gate.check_statement(move, grounds).refused == refused


def test_what_stands_behind_the_question_does_not_close_it():
    assert judged("What got lost then? As far as you like.").refused == ""


def test_words_of_the_first_person_are_said_back_in_the_second():
    grounds = Grounds(
        language="en", answers=["By eleven I was on my own with it."], author=["?"]
    )
    move = ProposedMove("follow_up", "q", "on my own with it", "", "")
    asked = "What happened after eleven, when you were on your own with it?"
    told = gate.check_question(ProposedMove(**{**_as(move), "question": asked}), grounds)
    assert (told.refused, told.because) == ("", "")


def test_two_statements_before_one_question_are_one_question():
    said = "I would vote for it and be angry with them."
    grounds = Grounds(language="en", answers=[said], author=["?"])
    asked = "You would vote for it and be angry with them; what would that be about?"
    assert (
        gate.check_question(ProposedMove("follow_up", "q", said, "", asked), grounds).refused
        == ""
    )
    twice = "What would you vote for; who would you be angry with?"
    assert gate.check_question(ProposedMove("follow_up", "q", said, "", twice), grounds).refused


def _as(move):
    return {
        name: getattr(move, name) for name in ("act", "target", "evidence", "acknowledgement")
    }


def test_what_it_says_of_itself_is_no_judgement_of_theirs():
    said = "Sorry, I put that badly. Nineteen people in fifteen minutes."
    assert judged("What happened then?", said).dropped == ""
    assert judged("What happened then?", "You put that badly.").dropped == "presupposes"


@pytest.mark.parametrize(
    "said",
    ['"Which form?" is a question that stays with you.', "Of course, I'll keep it short."],
)
def test_an_acknowledgement_may_quote_a_question_and_agree_to_a_wish(said):
    grounds = Grounds(
        "en", answers=["Which form? They lost it. Keep it short, please."], author=[]
    )
    move = ProposedMove("follow_up", "q1", "They lost it", said, "What happened then?")
    assert gate.check_question(move, grounds).acknowledgement == said


def test_of_an_acknowledgement_what_breaks_no_rule_is_said():
    said = "Twice, and about insulin. The doctors forgot about it."
    verdict = judged("What happened then?", said)
    assert verdict.dropped == "presupposes"
    assert verdict.acknowledgement == "Twice, and about insulin."
