"""Who shows something, where they stand, and what is told there."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.floorplan import Spot
from mitwerk.congress.models.congresses import Congress, Room
from mitwerk.congress.models.contributions import Contribution
from mitwerk.core.addresses import address_of
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.vocabularies.models import Concept


class Stand(Worded, Dated):
    """An exhibitor's place. Whole metres; without a place on the plan it stands in the list all the same."""

    is_row = False

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="stands", verbose_name=_("congress"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="congress_stands", verbose_name=_("organisation")
    )
    contribution = models.OneToOneField(
        Contribution, models.SET_NULL, null=True, blank=True, related_name="stand", editable=False
    )
    number = models.CharField(_("number"), max_length=10, help_text=_("As it stands at the stand: A12."))
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="stands", verbose_name=_("hall")
    )
    x = models.PositiveSmallIntegerField(_("from the left, in metres"), null=True, blank=True)
    y = models.PositiveSmallIntegerField(_("from the top, in metres"), null=True, blank=True)
    width = models.PositiveSmallIntegerField(_("width in metres"), default=3)
    depth = models.PositiveSmallIntegerField(_("depth in metres"), default=2)
    shows = TranslatedField(_("what is shown"), blank=True)
    competences = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("competences it shows"))
    sectors = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("for whom"))

    class Meta:
        verbose_name = _("stand")
        verbose_name_plural = _("stands")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "number"], name="congress_stand_numbered"),
            models.CheckConstraint(
                condition=Q(x=None, y=None) | Q(x__isnull=False, y__isnull=False),
                name="congress_stand_has_both_lengths",
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, width__lte=50, depth__gte=1, depth__lte=50),
                name="congress_stand_has_a_size",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return address_of("congress:stand_detail", slug=self.congress.event.slug, public_id=self.public_id)

    @property
    def spot(self) -> Spot | None:
        """Its floor; None where it has no place on the plan, or its hall is gone."""
        if self.room_id is None or self.x is None or self.y is None:
            return None
        return Spot(self.x, self.y, self.width, self.depth)


class StandTalk(Worded):
    """Something told at the stand at a time, beside the programme of the rooms."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    stand = models.ForeignKey(Stand, models.CASCADE, related_name="talks")
    title = TranslatedField(_("title"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("talk at a stand")
        verbose_name_plural = _("talks at stands")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="congress_stand_talk_ends_later")
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def hours(self) -> str:
        """Day and time in the region's own."""
        begins, ends = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        times: dict[str, Any] = {"start": f"{begins:%H:%M}", "end": f"{ends:%H:%M}"}
        return str(_("%(start)s to %(end)s") % times)
