"""Closing words: the last that a participant reads, however the interview ends.

They are stored with the interview (`closing_text`). The page, the participant's JSON and the transcript
show what is stored.
"""

from interviewrelay.interviewer.policy.turn_context import TurnContext
from interviewrelay.interviewer.wording.phrasing import join_parts


def build_closing_words(now: TurnContext) -> str:
    """After danger where to find help; otherwise the author's thanks, or ours, and the contact."""
    if now.state.alarmed:
        return build_help_words(now)
    thanks = now.guide.closing.thank_text.strip()
    if not thanks:
        warm = "thanks.warm" if now.guide.tone == "warm" else "thanks"
        thanks = now.voice.fixed(warm)
    contact = now.guide.contact.strip()
    if contact and contact not in thanks:
        thanks = join_parts(thanks, now.voice.fixed("contact", contact=contact))
    if now.state.withdraws:
        thanks = join_parts(thanks, now.voice.fixed("withdraw.how"))
    return thanks


def build_help_words(now: TurnContext) -> str:
    """Addresses for help, with fixed words before and the contact after them."""
    contact = now.guide.contact
    told = [now.voice.fixed("contact", contact=contact)] if contact else []
    return "\n".join([now.voice.fixed("care"), *now.guide.addresses, *told])
