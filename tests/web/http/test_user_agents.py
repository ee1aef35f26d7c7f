"""What browsers are called."""

import pytest

from interviewrelay.web.http.user_agents import describe_agent

CHROME = (
    "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0{} Safari/537.36{}"
)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux"),
        (CHROME.format("Windows NT 10.0; Win64; x64", "", ""), "Chrome on Windows"),
        (CHROME.format("Windows NT 10.0; Win64; x64", "", " Edg/130.0"), "Edge on Windows"),
        (CHROME.format("Linux; Android 14; Pixel 8", " Mobile", ""), "Chrome on Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8.5", ""),
        ("Mozilla/5.0 (X11; Linux x86_64)", "Linux"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_people_call_it(agent, told):
    assert describe_agent(agent) == told
