"""What of a measured page is said to be missed, and how growth is judged."""

from dataclasses import replace

import pytest

from bench.pages.aims import KB, Measured, Visit, grown, line, missed
from bench.pages.places import Place

LIGHT = Visit(bytes=20 * KB, requests=3, paint=(0.3,), task=(0.0,), shift=0.0)


def page(who="desk", *, again=LIGHT, queries=4, **first):
    return Measured(Place("p", "/p", who), replace(LIGHT, **first), again, queries)


def test_a_light_page_holds_and_its_line_says_so():
    for who in ("desk", "door", "participant"):
        assert missed(page(who)) == []
    assert line(page()) == "| p | 20.0 | 20.0 | 3 | 0.30 | 0 | 0.000 | 4 | held |"


@pytest.mark.parametrize(
    ("who", "most", "over"),
    [
        ("desk", {"bytes": 150 * KB}, {"bytes": 150 * KB + 1}),
        ("participant", {"bytes": 60 * KB}, {"bytes": 60 * KB + 1}),
        ("participant", {"requests": 5}, {"requests": 6}),
        ("desk", {"paint": (1.0, 9.0)}, {"paint": (1.001, 2.0)}),
        ("desk", {"task": (0.05,)}, {"task": (0.051,)}),
        ("desk", {"queries": 12}, {"queries": 13}),
    ],
)
def test_each_aim_is_kept_to_its_edge_and_missed_beyond(who, most, over):
    assert missed(page(who, **most)) == []
    (name,) = missed(page(who, **over))
    assert f"| MISSED: {name} |" in line(page(who, **over))


def test_the_desk_may_ask_more_often_than_a_phone():
    assert missed(page("desk", requests=9)) == []


def test_a_page_that_moves_or_paints_nothing_is_missed():
    assert missed(page(shift=0.001)) == ["shift"]
    assert missed(page(paint=(0.0,))) == ["paint"]


def test_a_time_that_is_met_now_and_then_is_unsure_and_not_missed():
    mostly, seldom = page(paint=(0.9, 0.8, 1.4)), page(paint=(0.9, 1.2, 1.4), task=(0.04,) * 3)
    assert "| 0.90 [0.80–1.40] |" in line(mostly)
    assert line(mostly).endswith("| held |")
    assert missed(seldom) == []
    assert line(seldom).endswith("| UNSURE: paint |")


def test_a_second_visit_has_an_aim_of_its_own():
    assert missed(page(again=replace(LIGHT, bytes=30 * KB))) == []
    assert missed(page(again=replace(LIGHT, bytes=30 * KB + 1))) == ["again"]


def test_growth_is_judged_by_the_median_of_paired_rounds():
    few, same = [0.010, 0.010, 0.010], [0.011, 0.010, 0.012]
    row, wrong = grown("p", (few, same), (few, same))
    assert (wrong, row) == (
        False,
        "| p | 10.0 | 11.0 | 1.10 [1.00–1.20] | 1.10 [1.00–1.20] | held |",
    )
    row, wrong = grown("p", (few, [0.011, 0.010, 0.030]), (few, same))
    assert (wrong, row.rsplit("|", 2)[1]) == (False, " held at the median ")
    slow = [0.020, 0.021, 0.019]
    row, wrong = grown("p", (few, slow), (few, slow))
    assert (wrong, row.rsplit("|", 2)[1]) == (True, " MISSED ")


def test_time_that_nobody_worked_in_is_the_machines():
    few, waited = [0.010] * 3, [0.020] * 3
    assert grown("p", (few, waited), (few, few))[1] is False
    assert grown("p", (few, waited), (few, waited))[1] is True
