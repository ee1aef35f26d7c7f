"""Where the bars, points and words of charts stand, and that a table says the same."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from interviewrelay.web.ui import charts
from interviewrelay.web.ui.charts import HEAD, TALL, Amount, MoodPoint

FIRST = date(2026, 10, 30)
NUMBERS = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=120)


def of_days(numbers):
    counts = [(FIRST + timedelta(days=n), number) for n, number in enumerate(numbers)]
    return charts.build_days("d", "Completed by day", "interview", counts)


@given(NUMBERS)
def test_bars_stay_inside_the_picture_and_in_proportion(numbers):
    bars = of_days(numbers).bars
    assert len(bars) == len(numbers)
    for before, after in pairwise(bars):
        assert before.x + before.width <= after.x
    for bar, number in zip(bars, numbers, strict=True):
        assert bar.x >= 0
        assert bar.x + bar.width <= 100
        assert abs(bar.y + bar.height - (HEAD + TALL)) < 0.02
        assert (bar.height == 0) == (number == 0)
        assert bar.height <= TALL
    if max(numbers):
        assert bars[numbers.index(max(numbers))].height == TALL


def test_the_highest_bar_says_how_much_it_is_and_the_ends_say_when():
    made = of_days([0, 3, 12, 12, 1])
    assert (made.peak.x, made.peak.anchor, made.peak.text) == (50, "middle", "12")
    assert [(d.x, d.anchor, d.text) for d in made.dates] == [
        (0, "start", "30 Oct"),
        (100, "end", "3 Nov"),
    ]
    assert made.description == "28 interviews in 5 days, with the most on 1 Nov (12)."
    assert made.bars[1].told == "31 Oct: 3 interviews"


def test_a_word_at_the_edge_stays_inside():
    first, last = of_days([9] + [0] * 29).peak, of_days([0] * 29 + [9]).peak
    assert (first.x, first.anchor) == (0, "start")
    assert (last.x, last.anchor) == (100, "end")


def test_nothing_at_all_is_said_so():
    made = of_days([0, 0])
    assert made.peak is None
    assert made.description == "No interviews in 2 days."


def test_the_newest_day_stands_first_in_the_table():
    made = of_days([1, 1_200])
    assert made.table.columns == ("Day", "Interviews")
    assert made.table.rows == (("31 Oct", "1\u202f200"), ("30 Oct", "1"))


@given(st.lists(st.tuples(st.floats(0, 1e5), st.floats(-1, 1)), max_size=50))
def test_moods_go_from_left_to_right_and_good_is_up(given):
    felt = [MoodPoint(at, score, "mixed") for at, score in sorted(given)]
    made = charts.build_moods("l", "Mood", felt)
    assert len(made.path.split()) == len(made.points) == len(felt)
    for point, one in zip(made.points, felt, strict=True):
        assert 0 <= point.x <= 100
        assert HEAD <= point.y <= HEAD + TALL
        assert abs(point.y - (HEAD + TALL * (1 - one.score) / 2)) < 0.01
    assert sorted(p.x for p in made.points) == [p.x for p in made.points]


def test_moods_tell_the_best_and_the_worst():
    made = charts.build_moods(
        "l", "Mood", [MoodPoint(5, 0.25, "positive"), MoodPoint(65, -0.5, "negative")]
    )
    assert made.description == (
        "2 answers: from −0.5 at 01:05 to +0.25 at 00:05, where −1 is negative and +1 is positive."
    )
    assert made.table.rows[1] == ("01:05", "negative", "−0.5")


def test_moods_leave_unsure_answers_out_and_say_so():
    made = charts.build_moods(
        "l", "Mood", [MoodPoint(5, 0.25, "positive"), MoodPoint(65, 0.0, "unsure")]
    )
    assert len(made.points) == len(made.table.rows) == 1
    assert made.description.endswith(" Not clear, and not shown: 1 answer.")


def test_a_funnel_tells_each_step_as_a_share_of_the_one_before():
    made = charts.build_funnel(
        "f", "Funnel", [("Invited", 80), ("Started", 40), ("Completed", 10)]
    )
    assert [(r.share, r.note) for r in made.rows] == [(100, ""), (50, "50%"), (12.5, "25%")]
    assert made.description == "80 invited, 40 started, 10 completed."


def test_a_funnel_of_nobody_has_no_share():
    made = charts.build_funnel("f", "Funnel", [("Invited", 0), ("Started", 0)])
    assert [(r.share, r.note) for r in made.rows] == [(0, ""), (0, "")]


def test_rows_are_as_wide_as_their_share_of_the_whole():
    amounts = [Amount("a", 50, 25), Amount("b", 1, 0), Amount("c", 0)]
    made = charts.build_bars("a", "A", amounts, ("What", "Reached", "Left"), of=1_000)
    assert [r.share for r in made.rows] == [5, 1, 0]
    assert made.description == "Highest: a, 50."
    assert made.table.rows == (("a", "50", "25"), ("b", "1", "0"), ("c", "0", "–"))
    plain = charts.build_bars("a", "A", amounts, ("What", "Reached"))
    assert [r.share for r in plain.rows] == [100, 2, 0]
    assert plain.table.rows[0] == ("a", "50")


def test_a_number_may_stand_in_words_of_its_own():
    made = charts.build_bars(
        "t", "Time", [Amount("a", 90, shown="1 min 30 s")], ("What", "Time")
    )
    assert made.rows[0].value == made.table.rows[0][1] == "1 min 30 s"


def test_of_nothing_it_is_said_that_there_is_nothing():
    assert charts.build_bars("t", "Time", [], ("What", "Time")).description == "No data yet."


def test_what_is_counted_apart_stands_on_top_and_in_the_table():
    counts = [(date(2024, 5, day), number) for day, number in ((1, 4), (2, 0), (3, 1))]
    early = [(date(2024, 5, day), number) for day, number in ((1, 4), (2, 1), (3, 0))]
    made = charts.build_days("d", "Completed by day", "interview", counts, early, "ended early")
    assert made.peak.text == "8"
    assert [(bar.height, bar.rest) for bar in made.bars] == [(56, 56), (0, 14), (14, 0)]
    assert made.bars[0].told == "1 May: 4 interviews, 4 ended early"
    assert made.description.endswith("5 ended early.")
    assert made.table.columns == ("Day", "Interviews", "Ended early")
    assert made.table.rows[-1] == ("1 May", "4", "4")
