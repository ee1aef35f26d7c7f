"""The written answers of `bench voice`: enough different ones, with pauses where people make them."""

from collections import Counter

from bench.voice.answers import LENGTHS, PLACES, choose_lengths, read_answers


def test_there_are_enough_different_answers():
    answers = read_answers()
    assert len({answer.text for answer in answers}) == len(answers)
    paused = [answer for answer in answers if answer.places]
    inside = [answer for answer in paused if "sentence" not in answer.places]
    assert len(inside) >= 60
    assert all(
        set(answer.places) in ({"sentence"}, set(answer.places) - {"sentence"})
        for answer in paused
    )
    places = Counter(place for answer in paused for place in answer.places)
    assert min(places[place] for place in PLACES) >= 8


def test_pauses_are_where_they_are_said_to_be():
    for answer in read_answers():
        for piece, place in zip(answer.pieces, answer.places, strict=False):
            last = piece.lower().rstrip(",").split()[-1]
            fits = {
                "filler": last in ("um", "uh", "er"),
                "conjunction": last in ("and", "but", "because", "so", "or"),
                "sentence": piece[-1] in ".!?",
                "list": piece[-1] == "," or last == "then",
                "clause": piece[-1].isalpha(),
            }
            assert fits[place], (place, piece)
        assert answer.pieces[-1][-1] == "."


def test_every_pause_of_an_answer_gets_every_length():
    answer = max(read_answers(), key=lambda one: len(one.places))
    seen = [set() for _ in answer.places]
    for again in range(len(LENGTHS)):
        for at, length in enumerate(choose_lengths(answer, 0, again)):
            seen[at].add(length)
    assert all(one == set(LENGTHS) for one in seen)
