"""Which passwords may be set: long ones that are not among the most common."""

import pytest

from interviewrelay.accounts import (
    accounts,
    member_invitations,
    members,
    password_resets,
    passwords,
)
from interviewrelay.core.errors import InvalidParameter
from tests.conftest import PASSWORD
from tests.factories import a_caller

COMMON = "QwertyQwerty2024!"


@pytest.mark.parametrize(
    "password",
    [
        "whosyourdaddy",  # on the list as it is
        "WhosYourDaddy",
        "networkingpe",
        "Password1234",
        "!!Dragon-2024-!!",
        "trustno1!!!!!",
        "p a s s w o r d 1",
        "monkey monkey monkey",
        "letmeinletmein",
        "InterviewRelay1",
        "123456789012",
        "210987654321",
        "abcdefghijklm",
        "LKJHGFDSAPOI",
        "aaaaaaaaaaaa",
        "abababababab",
    ],
)
def test_a_common_password_is_refused_in_any_case_and_with_digits_added(password):
    assert passwords.describe_weakness(password) == passwords.TOO_COMMON


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "a new and better password",
        "monkey dragon sunshine!",
        "my dog eats blue shoes",
        "kJ8#mQ2$vX9!",
        "mot de passe à moi",
        "كلمة مرور طويلة",
        "ein Dutzend Äpfel",
    ],
)
def test_a_password_of_ones_own_is_taken(password):
    assert passwords.describe_weakness(password) is None


def test_the_list_has_the_ten_thousand_most_common_and_the_long_ones_behind_them():
    listed = passwords._common()
    assert len(listed) == 10_000 + 173 + 1
    assert all(word == word.casefold() for word in listed)
    assert {"123456", "password", "qwerty", "whosyourdaddy"} <= listed


def test_it_is_refused_wherever_a_password_is_set(services, ann, ben):
    def owner(email):
        return accounts.NewOwner("O", "N", email, COMMON)

    organization = ann.membership.organization
    offer = member_invitations.create_invitation(
        services, ann.actor.org_id, "cy@x.example", "viewer", "Ann"
    )
    if offer is None:  # it goes by mail
        row = member_invitations.list_invitations(ann.actor)[0]
        offer = member_invitations.issue_invitation_link(services, row.id)
    joining = offer.rpartition("/")[2]
    link = password_resets.issue_reset_link(services, ann.actor.user_id).rpartition("/")[2]
    caller = a_caller()
    for act in (
        lambda: accounts.set_up_server(owner("dee@x.example")),
        lambda: accounts.create_organization(owner("eve@x.example"), plan="free"),
        lambda: accounts.set_password(ben.email, COMMON),
        lambda: members.create_member(organization, "fay@x.example", "Fay", COMMON, "viewer"),
        lambda: member_invitations.accept_invitation(services, caller, joining, "Cy", COMMON),
        lambda: password_resets.reset_password(services, link, COMMON),
        lambda: password_resets.change_password(services, caller, ann.actor, PASSWORD, COMMON),
    ):
        with pytest.raises(InvalidParameter) as refusal:
            act()
        assert refusal.value.details["field"] == "password"
        assert passwords.TOO_COMMON in refusal.value.message
