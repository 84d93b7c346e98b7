"""Waves: some people of a network's list are invited at once, and have until a day to answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.core.ids import new_public_id
from mitwerk.networks.models.networks import Network


class Wave(models.Model):
    """Invitations sent together. Its rows go as people answer, the last ones on its last day; the counts stay."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="waves", verbose_name=_("network"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("started"), default=timezone.now)
    ends_at = models.DateTimeField(_("last day"))
    legal_basis = models.CharField(_("legal basis"), max_length=500)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    total = models.PositiveIntegerField(_("people"))
    agreed = models.PositiveIntegerField(_("agreed"), default=0)
    declined = models.PositiveIntegerField(_("declined"), default=0)
    taken_back = models.PositiveIntegerField(_("taken back"), default=0)
    unanswered = models.PositiveIntegerField(_("did not answer"), default=0)
    bounced = models.PositiveIntegerField(_("could not be delivered"), default=0)
    """Of those who did not answer."""
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    """When the last invitation was written; nothing as long as some are missing."""
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("wave of invitations")
        verbose_name_plural = _("waves of invitations")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("at")), name="networks_wave_ends_later"),
            models.CheckConstraint(
                condition=Q(total__gte=F("agreed") + F("declined") + F("taken_back") + F("unanswered")),
                name="networks_wave_counts_each_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} · {timezone.localtime(self.at):%Y-%m-%d}"

    @property
    def waiting(self) -> int:
        """How many have not answered yet."""
        return self.total - self.agreed - self.declined - self.taken_back - self.unanswered
