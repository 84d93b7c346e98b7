"""Logos that an organisation's people upload."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.models import Collection

from mitwerk.accounts.actions import record_audit
from mitwerk.actors.models import Organisation
from mitwerk.pictures.models import Picture

LOGOS = "Logos"
"""The collection they lie in: the umbrella body looks after it."""


@transaction.atomic
def keep_logo(*, organisation: Organisation, file: "UploadedFile[Any]") -> Picture:
    """Store a checked picture (`pictures.forms.PictureFileField`) as a logo, described by the organisation's name."""
    picture: Picture = Picture.objects.create(
        title=organisation.name[:255],
        file=file,
        alt={code: f"Logo: {organisation.name}" for code, _name in settings.LANGUAGES},
        credit=organisation.name[:200],
        collection=_collection(),
    )
    record_audit(verb="profile.logo", target=organisation, details={"picture": picture.pk})
    return picture


def forget_logo(pk: int | None) -> None:
    """Delete a logo that came from a draft and that no organisation shows."""
    if pk and not Organisation.objects.filter(logo=pk).exists():
        for picture in Picture.objects.filter(pk=pk, collection__name=LOGOS):
            picture.delete()


def _collection() -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=LOGOS).first() or root.add_child(name=LOGOS)
