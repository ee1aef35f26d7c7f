"""What the verbs need from outside themselves, in one hand."""

from dataclasses import dataclass

from interviewrelay.domain.wordings import Wordings
from interviewrelay.links import Links
from interviewrelay.ports import Mailer, Meaning, Payments, PdfRenderer, Storage
from interviewrelay.ports_calls import Calls
from interviewrelay.tokens import KeyRing


@dataclass(frozen=True, slots=True)
class Office:
    ring: KeyRing
    links: Links
    mailer: Mailer
    pdf: PdfRenderer
    storage: Storage
    payments: Payments
    calls: Calls
    wordings: Wordings
    meaning: Meaning | None
    """None where the semantic extra is not installed or switched off."""
