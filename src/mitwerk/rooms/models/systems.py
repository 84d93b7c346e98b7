"""What members of a network say of themselves in its room: a card, and the systems their organisation uses."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.networks.models import NetworkPerson
from mitwerk.vocabularies.models import Concept


class Card(models.Model):
    """What a member shows the others besides the name. Each detail says whether it is shown."""

    wagtail_reference_index_ignore = True

    stays_behind = True
    person = models.OneToOneField(NetworkPerson, models.CASCADE, related_name="card")
    position = models.CharField(_("position"), max_length=150, blank=True)
    about = models.TextField(_("about me"), max_length=2000, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    shows_email = models.BooleanField(_("shows the e-mail address"), default=False)
    shows_phone = models.BooleanField(_("shows the phone number"), default=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("card of a member")
        verbose_name_plural = _("cards of members")

    def __str__(self) -> str:
        return str(self.person.network)


class SystemInUse(models.Model):
    """A member's organisation works with this system (a concept of the vocabulary `SYSTEMS`).

    When the office removes the concept, this goes with it: a refusal would tell it that somebody uses the system.
    """

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(NetworkPerson, models.CASCADE, related_name="systems")
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="+", verbose_name=_("system"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("system in use")
        verbose_name_plural = _("systems in use")
        ordering = ["concept__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "concept"], name="rooms_system_once"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(since__gte=1950, since__lte=2100), name="rooms_system_since_is_a_year"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person.network)
