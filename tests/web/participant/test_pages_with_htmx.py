"""The participant's page with htmx on top: only what changes travels."""

HTMX = {"HX-Request": "true"}


def test_htmx_gets_only_the_conversation(client, link, begun):
    data = {"number": "2", "text": "We waited."}
    answer = client.post(f"{link}/turns", data=data, headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="conversation"')
    assert "<html" not in answer.text
    assert 'data-saved="2"' in answer.text
    assert 'name="number" value="4"' in answer.text


def test_htmx_is_told_that_a_skip_is_saved(client, link, begun):
    answer = client.post(f"{link}/skip", data={"number": "2"}, headers=HTMX)
    assert 'data-saved="2"' in answer.text


def test_htmx_is_told_of_a_conflict_with_the_state(client, link, begun):
    client.post(f"{link}/turns", data={"number": "2", "text": "One."})
    answer = client.post(f"{link}/turns", data={"number": "2", "text": "Two."}, headers=HTMX)
    assert answer.status_code == 409
    assert "Two.</textarea>" in answer.text
    assert "<html" not in answer.text


def test_htmx_is_led_to_the_page_that_the_interview_moved_to(client, link, begun):
    for verb in ("pause", "complete", "withdraw"):
        answer = client.post(f"{link}/{verb}", headers=HTMX)
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, link)


def test_going_back_in_history_gives_the_whole_page(client, link, begun):
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(link, headers=headers).text
