"""Services: the outside dependencies that domain functions need, in one object."""

from dataclasses import dataclass

from interviewrelay.core.ports.mail import Mailer
from interviewrelay.core.ports.payments import PaymentProvider
from interviewrelay.core.ports.pdf import PdfRenderer
from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.core.ports.storage import Storage
from interviewrelay.core.ports.webhook_client import WebhookClient
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.core.urls import UrlBuilder
from interviewrelay.runtime.model_selection import ModelSelector


@dataclass(frozen=True, slots=True)
class Services:
    ring: KeyRing
    urls: UrlBuilder
    mailer: Mailer
    pdf: PdfRenderer
    storage: Storage
    payments: PaymentProvider
    webhook_client: WebhookClient
    model_selector: ModelSelector
    similarity: SemanticSimilarity | None
    """None when the semantic extra is not installed or is switched off."""
    speech: SpeechEngines
