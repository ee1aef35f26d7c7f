"""The matrix tells for each person what shows a goal, or why nothing does."""

from interviewrelay.core.db.pagination import Window
from interviewrelay.results import analyses, goal_matrix


def test_each_cell_has_words_or_a_reason(ann, campaign, three, run):
    analyses.start_analysis(ann.actor, campaign.id)
    run()
    page = goal_matrix.list_rows(campaign, Window(limit=2))
    assert (page.total, len(page.items)) == (3, 2)
    goals = goal_matrix.list_goals(campaign)
    rows = {row.interview.id: row for row in goal_matrix.list_rows(campaign, Window()).items}
    cells = dict(zip([g.key for g in goals], rows[three[1].id].cells, strict=True))
    assert cells["waiting/how_long"].status == "covered"
    assert "two hours" in cells["waiting/how_long"].quotes[0].text
    empty = [c for row in rows.values() for c in row.cells if not c.quotes]
    assert empty
    assert {c.status for c in empty} <= {"declined", "no_answer", "not_asked"}
    counted = next(g for g in goals if g.key == "waiting/how_long")
    assert counted.covered == sum(
        row.cells[goals.index(counted)].status == "covered" for row in rows.values()
    )
