"""Identifiers."""

import uuid
from datetime import timedelta

from interviewrelay.core import clock, ids


def test_a_new_id_is_a_uuid_of_version_7():
    made = uuid.UUID(ids.new_id())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_ids_are_taken_in_their_canonical_form_only():
    made = ids.new_id()
    assert ids.is_id(made)
    for other in (
        made.upper(),
        f"urn:uuid:{made}",
        made.replace("-", ""),
        made + "\n",
        "",
        None,
        7,
    ):
        assert not ids.is_id(other)


def test_ids_sort_by_the_time_of_their_making(monkeypatch):
    made = []
    for nanos in (
        1_700_000_000_000_000_000,
        1_700_000_000_001_000_000,
        1_800_000_000_000_000_000,
    ):
        monkeypatch.setattr(ids.time, "time_ns", lambda nanos=nanos: nanos)
        made.append(ids.new_id())
    assert made == sorted(made)
    assert int(made[0].replace("-", "")[:12], 16) == 1_700_000_000_000


def test_ten_thousand_ids_are_all_different():
    assert len({ids.new_id() for _ in range(10_000)}) == 10_000


def test_an_id_takes_no_notice_of_a_clock_that_stands_still():
    with clock.freeze_at(clock.start_of(clock.parse_iso("2001-01-01"))):
        made = ids.new_id()
    assert int(made.replace("-", "")[:12], 16) > 1_700_000_000_000


def test_one_id_is_the_same_for_the_same_text_and_stamped_as_another():
    of = ids.new_id()
    made = ids.derive_id(of, "text")
    assert (uuid.UUID(made).version, uuid.UUID(made).variant) == (7, uuid.RFC_4122)
    assert ids.is_id(made)
    assert made == ids.derive_id(of, "text")
    assert made[:13] == of[:13]
    assert len({of, made, ids.derive_id(of, "other"), ids.derive_id(ids.new_id(), "text")}) == 4


def test_the_least_id_of_a_moment_divides_earlier_ones_from_later_ones():
    moment = clock.now()
    least = ids.min_id_at(moment)
    assert ids.is_id(least)
    assert ids.min_id_at(moment - timedelta(milliseconds=1)) < least < ids.new_id()
