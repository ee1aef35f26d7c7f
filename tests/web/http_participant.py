"""Somebody with a link."""

from datetime import UTC, datetime, timedelta

from interviewrelay.core import clock

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
SAID = "We waited forty minutes in the corridor."


class Participant:
    """Somebody with a link, who speaks JSON and has a clock of their own."""

    def __init__(self, client, token):
        self.client, self.path, self.now = client, f"/interview/{token}", NOON

    def __call__(self, verb="", body=None, status=200, query=""):
        path = f"{self.path}/{verb}".rstrip("/") + query
        headers = {"Accept": "application/json", "X-Test-Now": clock.format_iso(self.now)}
        reading = verb in ("", "state")
        call = self.client.get if reading else self.client.post
        more = {} if reading or body is None else {"json": body}
        response = call(path, headers=headers, **more)
        assert response.status_code == status, response.text
        assert response.mimetype == "application/json"
        return response.json

    def start(self, status=201, **more):
        return self("start", {"consent": True, **more}, status)

    def say(self, number, text=SAID, status=201):
        self.now += timedelta(seconds=60)
        return self("turns", {"number": number, "text": text}, status)
