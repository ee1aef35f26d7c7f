"""Named filters: one's own, or everybody's."""

import pytest

from interviewrelay.accounts import members
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter, NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.notes import saved_filters
from interviewrelay.organizations import access
from tests.conftest import HASHED, _somebody, _writing

FILTERS = {"status": "completed", "q": "waiting room"}


@pytest.fixture
def rita(app, ann):
    from interviewrelay.accounts import accounts

    with _writing():
        user = accounts.add_user("rita@alder.example", "Rita", HASHED())
        member = accounts.add_member(ann.membership.organization, user, "researcher")
    return _somebody(app, member)


def seen(somebody):
    return [view.name for view in saved_filters.list_filters(somebody.actor)]


def test_a_private_view_is_seen_by_its_own_member_only(ann, rita, ben):
    view = saved_filters.save_filter(rita.actor, "  Mine   alone ", FILTERS, shared=False)
    assert (view.name, view.filters) == ("Mine alone", FILTERS)
    assert (seen(rita), seen(ann), seen(ben)) == (["Mine alone"], [], [])
    with pytest.raises(NotFound):
        access.get_saved_filter(ann.actor, view.id)
    saved_filters.change_filter(rita.actor, view.id, "Ours", shared=True)
    assert (seen(rita), seen(ann), seen(ben)) == (["Ours"], ["Ours"], [])


def test_what_is_shared_is_changed_by_its_member_or_an_admin(ann, rita, vic, ben):
    hers = saved_filters.save_filter(rita.actor, "Hers", FILTERS, shared=True)
    owners = saved_filters.save_filter(ann.actor, "Owner's", FILTERS, shared=True)
    for somebody, view in ((rita, owners), (vic, hers)):
        with pytest.raises(Forbidden):
            saved_filters.change_filter(somebody.actor, view.id, "x", shared=True)
        with pytest.raises(Forbidden):
            saved_filters.delete_filter(somebody.actor, view.id)
    with pytest.raises(NotFound):
        saved_filters.delete_filter(ben.actor, hers.id)
    saved_filters.change_filter(ann.actor, hers.id, "Better", shared=True)
    saved_filters.delete_filter(rita.actor, hers.id)
    assert seen(ann) == ["Owner's"]


def test_a_viewer_keeps_views_and_shares_none(vic, ann):
    with pytest.raises(Forbidden):
        saved_filters.save_filter(vic.actor, "For all", FILTERS, shared=True)
    view = saved_filters.save_filter(vic.actor, "For me", FILTERS, shared=False)
    with pytest.raises(Forbidden):
        saved_filters.change_filter(vic.actor, view.id, "For all", shared=True)
    assert (seen(vic), seen(ann)) == (["For me"], [])


@pytest.mark.parametrize(
    ("name", "filters", "field"),
    [("", FILTERS, "name"), (" \u200b", FILTERS, "name"), ("n" * 81, FILTERS, "name"), ("n", {}, "filters")],
)  # fmt: skip
def test_what_cannot_be_saved_is_named(ann, name, filters, field):
    with pytest.raises(InvalidParameter) as refused:
        saved_filters.save_filter(ann.actor, name, filters, shared=False)
    assert refused.value.details["field"] == field


def test_a_form_that_is_sent_again_saves_once(ann, monkeypatch):
    form = new_id()
    first = saved_filters.save_filter(ann.actor, "Once", FILTERS, shared=True, form=form)
    assert (
        saved_filters.save_filter(ann.actor, "Once", FILTERS, shared=True, form=form).id
        == first.id
    )
    assert seen(ann) == ["Once"]
    with pytest.raises(InvalidParameter):
        saved_filters.save_filter(ann.actor, "Once", FILTERS, shared=True, form="mine")
    monkeypatch.setattr(saved_filters, "MOST", 1)
    with pytest.raises(Conflict):
        saved_filters.save_filter(ann.actor, "Two", FILTERS, shared=True)


def test_who_leaves_takes_along_what_was_theirs_alone(ann, rita):
    saved_filters.save_filter(rita.actor, "Private", FILTERS, shared=False)
    ours = saved_filters.save_filter(rita.actor, "Shared", FILTERS, shared=True)
    members.remove_member(rita.membership)
    assert seen(ann) == ["Shared"]
    view = saved_filters.change_filter(ann.actor, ours.id, "Shared", shared=False)
    assert (view.membership_id, seen(ann)) == (ann.membership.id, ["Shared"])
