"""What stays of a congress: slides and recordings of what was on its stage, and what was agreed to do next."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitwerk.congress.models.congresses import Congress
from mitwerk.congress.models.contributions import Contribution
from mitwerk.core.files import private_storage
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField

MOST_BYTES = 30 * 1024 * 1024
FOLDER = "proceedings"


class Proceeding(Dated):
    """Slides and recording of one contribution; a row that has neither is not kept. On the disk the slides have a name
    of ours, below a folder that no web server hands out."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    contribution = models.OneToOneField(
        Contribution, models.CASCADE, related_name="proceeding", verbose_name=_("contribution")
    )
    slides = models.FileField(
        _("slides"), storage=private_storage, upload_to=FOLDER, max_length=100, blank=True, default=""
    )
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    recording = models.URLField(_("recording"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("slides and recording")
        verbose_name_plural = _("slides and recordings")
        ordering = ["contribution__number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slides="") | ~Q(recording=""), name="congress_proceeding_has_something"
            ),
            models.CheckConstraint(
                condition=Q(slides="", size=0) | (~Q(slides="") & Q(size__gt=0)), name="congress_slides_have_a_size"
            ),
        ]

    def __str__(self) -> str:
        return str(self.contribution)


class NextStep(Worded):
    """What somebody does next, by when; everybody reads it on the congress's page once it is over."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="next_steps")
    text = TranslatedField(_("what"))
    who = models.CharField(
        _("who"), max_length=200, blank=True, help_text=_("An organisation or a body, not a person.")
    )
    until = models.DateField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.text)
