"""What outlives a secret key of the server."""

from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import Created


class CarriedKey(Base):
    """What was derived of a secret key for the marks that cannot be made anew without it.

    `name` is the secret key's (`KeyRing.names`), `sealed` what `tokens.Derived` writes, sealed with
    the keys of now: the secret key itself is not in it and cannot be got from it.
    """

    __tablename__ = "carried_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    created_at: Mapped[Created]
