"""Pictures: every one has a text for those who cannot see it, and says who made it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from mitwerk.core.translated import TranslatedField


class Picture(AbstractImage):
    """An uploaded picture with focal point, alternative text per language, credit and licence."""

    alt = TranslatedField(_("what the picture shows"), help_text=_("Read aloud to those who cannot see it."))
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made the picture."))
    licence = models.CharField(_("licence"), max_length=100, blank=True)

    # No tags: their picker would tell each office which tags the others use.
    admin_form_fields = (
        *(name for name in WagtailImage.admin_form_fields if name not in {"description", "tags"}),
        "alt",
        "credit",
        "licence",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """The text in the reader's language, used by every `{% image %}`."""
        return str(self.alt)


class Rendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="pictures_rendition_once")
        ]
