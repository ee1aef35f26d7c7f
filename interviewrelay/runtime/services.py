"""Services: the outside dependencies that domain functions need, in one object."""

from dataclasses import dataclass

from interviewrelay.core.ports.mail import Mailer
from interviewrelay.core.ports.payments import Payments
from interviewrelay.core.ports.pdf import PdfRenderer
from interviewrelay.core.ports.semantic_similarity import Meaning
from interviewrelay.core.ports.storage import Storage
from interviewrelay.core.ports.webhook_client import Calls
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.core.urls import Links
from interviewrelay.runtime.model_selection import Wordings


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
    """None when the semantic extra is not installed or is switched off."""
