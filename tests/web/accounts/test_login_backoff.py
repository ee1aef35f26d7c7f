"""Back-off at the log-in: strangers are slowed down, and nobody is locked out by them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.accounts import passwords
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Mail, User
from interviewrelay.notifications import mail_delivery
from tests.conftest import PASSWORD, logged_in

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEW = "a new and better password"


@pytest.fixture
def checked(monkeypatch):
    """The passwords that were checked at the cost of a hash."""
    done, real = [], passwords.matches_hash
    monkeypatch.setattr(
        passwords, "matches_hash", lambda kept, given: done.append(given) or real(kept, given)
    )
    return done


def at(address):
    return {"environ_base": {"REMOTE_ADDR": address}}


def enter(browser, email, password=PASSWORD, address="192.0.2.1"):
    return browser.post("/login", data={"email": email, "password": password}, **at(address))


def attack(app, email, times, address=lambda n: "198.51.100.7", *, within=60.0, since=NOON):
    """So many wrong passwords, evenly spread over some seconds; the statuses."""
    stranger = app.test_client(use_cookies=False)
    statuses = []
    for n in range(times):
        with clock.freeze_at(since + timedelta(seconds=within * n / times)):
            statuses.append(enter(stranger, email, f"wrong {n}", address(n)).status_code)
    return statuses


def many(n):
    return f"10.{n // 65536 % 256}.{n // 256 % 256}.{n % 256}"


def alerts():
    db.session.expire_all()
    return db.session.execute(select(Mail).where(Mail.kind == "login_alert")).scalars().all()


@pytest.mark.gate
@pytest.mark.parametrize("address", [many, lambda n: "198.51.100.7"], ids=["many", "one"])
def test_a_known_browser_logs_in_at_once_amid_a_thousand_wrong_passwords(
    app, ann, checked, address
):
    with clock.freeze_at(NOON):
        known = logged_in(app, ann)
        known.post("/logout")
    checked.clear()
    first = attack(app, ann.email, 500, address, within=30)
    with clock.freeze_at(NOON + timedelta(seconds=30)):
        assert enter(known, ann.email, address=address(499)).status_code == 303
    rest = attack(app, ann.email, 500, address, within=30, since=NOON + timedelta(seconds=30))
    assert set(first + rest) == {401, 429}
    assert len(checked) <= 10 + 1, "what is refused costs no hash"
    with clock.freeze_at(NOON + timedelta(seconds=60)):
        known.post("/logout")
        assert enter(known, ann.email, address=address(499)).status_code == 303


@pytest.mark.gate
@pytest.mark.parametrize("fraction", [0, 1, 999])
def test_an_unknown_browser_gets_in_after_the_wait_it_was_told_while_the_attack_goes_on(
    app, ann, fraction
):
    attack(app, ann.email, 300, many)
    at_home, moment = app.test_client(), NOON + timedelta(minutes=1, milliseconds=fraction)
    with clock.freeze_at(moment):
        told = enter(at_home, ann.email)
    assert told.status_code == 429
    wait = int(told.headers["Retry-After"])
    assert 0 < wait <= 900
    assert re.search(r"Wait \d+ (seconds|minutes), then try again", told.text)
    assert 'href="/password"' in told.text
    attack(app, ann.email, 200, lambda n: many(n + 300), within=wait - 1, since=moment)
    with clock.freeze_at(moment + timedelta(seconds=wait - 1)):
        assert enter(at_home, ann.email).headers["Retry-After"] == "1"
    with clock.freeze_at(moment + timedelta(seconds=wait)):
        assert enter(at_home, ann.email).status_code == 303


def test_strangers_never_prolong_a_wait_and_none_is_longer_than_fifteen_minutes(app, ann):
    stranger, moment, waits = app.test_client(), NOON, []
    for n in range(40):
        attack(app, ann.email, 5, lambda k, n=n: many(5 * n + k), within=1, since=moment)
        with clock.freeze_at(moment):
            answer = enter(stranger, ann.email, f"wrong {n}")
        if answer.status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            moment += timedelta(seconds=waits[-1])
    assert max(waits) == 900
    with clock.freeze_at(moment):
        answer = enter(stranger, ann.email)
        if answer.status_code == 429:
            moment += timedelta(seconds=int(answer.headers["Retry-After"]))
    with clock.freeze_at(moment):
        assert answer.status_code == 303 or enter(stranger, ann.email).status_code == 303


def test_the_waits_of_one_caller_grow_from_the_fifth_wrong_password_on(app, ann):
    stranger, moment, waits = app.test_client(), NOON, []
    for n in range(60):
        with clock.freeze_at(moment):
            answer = enter(stranger, ann.email, f"wrong {n}")
        if answer.status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            moment += timedelta(seconds=waits[-1])
        elif not waits:
            assert n <= 4
        if moment > NOON + timedelta(minutes=50):
            break
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_neighbours_behind_one_address_are_not_kept_out_by_guesses_at_another_account(
    app, ann, ben
):
    attack(app, ann.email, 200)
    with clock.freeze_at(NOON + timedelta(minutes=1)):
        assert enter(app.test_client(), ben.email, address="198.51.100.7").status_code == 303


def test_many_people_behind_one_address_log_in_within_a_minute(app, ann):
    with clock.freeze_at(NOON):
        assert {enter(app.test_client(), ann.email).status_code for _ in range(60)} == {303}


def test_guesses_at_ever_new_accounts_from_one_network_cost_few_hashes(app, ann, checked):
    stranger = app.test_client()
    for minute in range(15):
        with clock.freeze_at(NOON + timedelta(minutes=minute)):
            for n in range(40):
                address = f"2001:db8:0:{(minute * 40 + n) % 500:x}::1"
                enter(stranger, f"n{n}@x.example", "wrong", address)
    assert 20 <= len(checked) <= 100


def test_accounts_that_exist_and_those_that_do_not_are_answered_alike(app, ann):
    def answers(email):
        stranger, told = app.test_client(use_cookies=False), []
        for n in range(60):
            with clock.freeze_at(NOON + timedelta(seconds=10 * n)):
                page = enter(stranger, email, f"wrong {n}", many(n // 6))
            text = re.sub(
                r"I[jm][\w-]+\.[\w-]+\.[\w-]+", "token", page.text.replace(email, "…")
            )
            told.append((page.status_code, page.headers.get("Retry-After"), text))
        return told

    one, other = answers(ann.email), answers("nobody@alder.example")
    assert [a[:2] for a in one] == [a[:2] for a in other]
    assert [a[2] for a in one] == [a[2] for a in other]


def test_a_stolen_cookie_has_a_back_off_of_its_own_and_does_not_keep_the_owner_out(
    app, ann, checked
):
    with clock.freeze_at(NOON):
        known = logged_in(app, ann)
        known.post("/logout")
        thief = app.test_client()
        thief.set_cookie("ir_known", known.get_cookie("ir_known").value)
        checked.clear()
        tried = [enter(thief, ann.email, f"w{n}", "203.0.113.9").status_code for n in range(99)]
        assert (tried.count(401), tried[-1]) == (10, 429)
        assert len(checked) == 10
        told = enter(known, ann.email)
    wait = timedelta(seconds=int(told.headers["Retry-After"]))
    assert wait == timedelta(seconds=30)
    with clock.freeze_at(NOON + wait):
        enter(thief, ann.email, "taken first", "203.0.113.9")
        assert enter(known, ann.email).headers["Retry-After"] == "30"
    with clock.freeze_at(NOON + 2 * wait):
        enter(thief, ann.email, "taken first", "203.0.113.9")
        assert enter(known, ann.email).status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"),
        lambda text: ("x" if text[0] != "x" else "y") + text[1:],
        lambda text: text.replace(".", ".9", 1),
        lambda text: "",
        lambda text: text + "\n",
        lambda text: "é" * 99,
    ],
)
def test_a_cookie_that_was_changed_makes_nobody_known(app, ann, change):
    with clock.freeze_at(NOON):
        cookie = logged_in(app, ann).get_cookie("ir_known").value
    attack(app, ann.email, 100, many)
    browser = app.test_client()
    with clock.freeze_at(NOON + timedelta(minutes=1)):
        browser.set_cookie("ir_known", change(cookie))
        assert enter(browser, ann.email, address="192.0.2.7").status_code == 429
        browser.set_cookie("ir_known", cookie)
        assert enter(browser, ann.email, address="192.0.2.8").status_code == 303


def test_a_browser_is_known_for_its_account_only_and_for_180_days(app, ann, ben):
    with clock.freeze_at(NOON):
        known = logged_in(app, ann)
        sent = known.post("/login", data={"email": ann.email, "password": PASSWORD})
        known.post("/logout")
    header = sent.headers.getlist("Set-Cookie")[0]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=15552000"} <= set(
        header.split("; ")
    )
    attack(app, ben.email, 100, many)
    with clock.freeze_at(NOON + timedelta(minutes=1)):
        assert enter(known, ben.email).status_code == 429
    for days, status in ((179, 303), (180, 429)):
        later = NOON + timedelta(days=days)
        attack(app, ann.email, 100, lambda n, d=days: many(n + d * 1000), since=later)
        browser = app.test_client()
        browser.set_cookie("ir_known", header.partition("=")[2].partition(";")[0])
        with clock.freeze_at(later + timedelta(minutes=1)):
            assert enter(browser, ann.email).status_code == status


def test_a_new_password_ends_every_known_browser_but_the_one_that_set_it(app, ann):
    with clock.freeze_at(NOON):
        old, here = logged_in(app, ann), logged_in(app, ann)
        old.post("/logout")
        change = {"old_password": PASSWORD, "password": NEW}
        assert here.post("/settings/security/password", data=change).status_code == 303
        here.post("/logout")
    attack(app, ann.email, 100, many)
    with clock.freeze_at(NOON + timedelta(minutes=1)):
        assert enter(old, ann.email, NEW).status_code == 429
        assert enter(here, ann.email, NEW).status_code == 303


def test_the_link_by_email_is_a_way_in_during_an_attack(app, ann, services, mailer):
    attack(app, ann.email, 100, many)
    browser = app.test_client()
    with clock.freeze_at(NOON + timedelta(minutes=1)):
        assert enter(browser, ann.email).status_code == 429
        browser.post("/password", data={"email": ann.email})
        mail_delivery.deliver_due_mails(services)
        link = next(m for m in mailer.letters if m.kind == "password").facts["url"]
        browser.post(link.removeprefix("http://127.0.0.1:8000"), data={"password": NEW})
        assert enter(browser, ann.email, NEW).status_code == 303


def test_the_owner_is_alerted_once_a_day_and_nobody_else(app, ann, ben, services, mailer):
    attack(app, ann.email, 60, many)
    attack(app, ann.email, 60, since=NOON + timedelta(hours=5))
    attack(app, "nobody@alder.example", 60, many)
    (alert,) = alerts()
    assert alert.recipient == ann.email
    with clock.freeze_at(NOON + timedelta(hours=1)):
        mail_delivery.deliver_due_mails(services)
    (letter,) = mailer.letters
    assert (letter.kind, letter.to) == ("login_alert", ann.email)
    assert letter.subject == "Failed sign-in attempts on your account"
    assert letter.facts["url"].endswith("/password")
    attack(app, ann.email, 30, since=NOON + timedelta(hours=23))
    assert len(alerts()) == 1
    attack(app, ann.email, 30, since=NOON + timedelta(hours=25))
    assert len(alerts()) == 2


def test_a_few_slips_alert_nobody_and_without_a_mail_server_nothing_waits(app, ann, mailer):
    attack(app, ann.email, 19)
    assert alerts() == []
    mailer.configured = False
    attack(app, ann.email, 100)
    assert alerts() == []


def test_a_current_password_is_not_guessed_in_the_settings_either(app, ann, checked):
    later = NOON + timedelta(minutes=1)
    with clock.freeze_at(NOON):
        desk = logged_in(app, ann)
    attack(app, ann.email, 100, many)
    checked.clear()
    with clock.freeze_at(later):
        wrong = {"old_password": "wrong", "password": NEW}
        pages = [desk.post("/settings/security/password", data=wrong) for _ in range(20)]
        assert [page.status_code for page in pages] == [400] * 5 + [429] * 15
        assert len(checked) == 5
        assert "Wait 30 seconds, then try again." in pages[-1].text
        assert pages[-1].headers["Retry-After"] == "30"
    with clock.freeze_at(later + timedelta(seconds=30)):
        right = {"old_password": PASSWORD, "password": NEW}
        assert desk.post("/settings/security/password", data=right).status_code == 303


def test_a_hash_of_older_parameters_leaves_the_browser_known(app, ann):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with transaction():
        db.session.execute(
            update(User).where(User.email == ann.email).values(password_hash=weak)
        )
    with clock.freeze_at(NOON):
        known = logged_in(app, ann)
        known.post("/logout")
    attack(app, ann.email, 100, many)
    with clock.freeze_at(NOON + timedelta(minutes=1)):
        assert enter(known, ann.email).status_code == 303
