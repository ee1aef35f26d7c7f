"""Branding: an organization's accent colour and logo on participants' pages."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, on_commit, release_connection, transaction
from interviewrelay.core.errors import InvalidParameter, NotFound, StorageUnreachable
from interviewrelay.core.ids import new_id
from interviewrelay.models import Branding
from interviewrelay.organizations import access, audit_log, brand_images, brand_theme
from interviewrelay.runtime import stored_files
from interviewrelay.runtime.services import Services

COLOUR: Final = "Enter # and six hex digits, for example #0f6674, or leave the field empty."


@dataclass(frozen=True, slots=True)
class Brand:
    """Brand of an organization. `accent` is the chosen colour, `logo` names the image, and
    `version` covers both, so that URLs with it can be cached for ever.
    """

    accent: str
    logo: str
    width: int
    height: int
    version: str


NONE: Final = Brand("", "", 0, 0, "")


def get_brand(org_id: str) -> Brand:
    """The current brand; NONE if nothing was chosen."""
    row = db.session.get(Branding, org_id)
    if row is None:
        return NONE
    version = f"{int(row.changed_at.timestamp() * 1_000_000):x}"
    return Brand(
        row.accent or "", row.logo_id or "", row.logo_width or 0, row.logo_height or 0, version
    )


def save_brand(
    services: Services,
    org_id: str,
    accent: str,
    logo: bytes | None,
    *,
    drops_logo: bool = False,
) -> Brand:
    """Set the accent (empty for the default) and, if given, the logo.

    Raises InvalidParameter, and StorageUnreachable when the logo cannot be stored; then nothing
    changes.
    """
    accent = accent.strip().lower()
    if accent and not brand_theme.HEX.fullmatch(accent):
        raise InvalidParameter.field("accent", "colour", COLOUR)
    picture = _picture(logo) if logo else None
    logo_id = new_id()
    if picture is not None:
        # Stored before its row: the sweep deletes a file that no row names.
        services.storage.put(stored_files.get_logo_name(logo_id), picture.content)
    with transaction():
        access.lock_organization(org_id)
        row = db.session.get(Branding, org_id, populate_existing=True)
        row = row or Branding(org_id=org_id)
        old = row.logo_id
        row.accent, row.changed_at = accent or None, clock.now()
        if picture is not None:
            row.logo_id, row.logo_width, row.logo_height = (
                logo_id,
                picture.width,
                picture.height,
            )
        elif drops_logo:
            row.logo_id = row.logo_width = row.logo_height = None
        db.session.add(row)
        audit_log.add_entry(org_id, "settings_branding")
        changed = old is not None and row.logo_id != old
    if changed and old:
        on_commit(partial(_drop_logo, services, old))
    return get_brand(org_id)


def get_logo(services: Services, org_id: str) -> bytes:
    """The logo as WebP. Raises NotFound and StorageUnreachable."""
    query, missed = select(Branding.logo_id).where(Branding.org_id == org_id), ""
    while (logo_id := db.session.execute(query).scalar_one_or_none() or "") != missed:
        release_connection()
        content = services.storage.get(stored_files.get_logo_name(logo_id))
        if content is not None:
            return content
        missed = logo_id  # replaced meanwhile, or lost
    raise NotFound


def build_stylesheet(org_id: str, *, within: str = "") -> str:
    """Stylesheet of the accent from `brand_theme.build_stylesheet`; empty if none was chosen."""
    brand = get_brand(org_id)
    return brand_theme.build_stylesheet(brand.accent, within=within) if brand.accent else ""


def _picture(content: bytes) -> brand_images.BrandImage:
    try:
        return brand_images.build_logo(content)
    except brand_images.InvalidImage as fault:
        raise InvalidParameter.field("logo", "picture", str(fault)) from None


def _drop_logo(services: Services, logo_id: str) -> None:
    with suppress(StorageUnreachable):  # the next sweep removes it
        services.storage.delete(stored_files.get_logo_name(logo_id))
