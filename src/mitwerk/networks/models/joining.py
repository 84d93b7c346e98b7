"""Asking to join a network."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.core.ids import new_public_id
from mitwerk.networks.models.networks import Network
from mitwerk.people.models import Person


class JoinRequest(models.Model):
    """Somebody would like to belong to the network, for an organisation they act for. Its coordinators answer."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="join_requests", verbose_name=_("network"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="join_requests", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="join_requests", verbose_name=_("organisation")
    )
    words = models.TextField(_("what they say"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("request to join a network")
        verbose_name_plural = _("requests to join networks")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person"], condition=Q(state="open"), name="networks_join_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | ~Q(state="open") & Q(answered_at__isnull=False),
                name="networks_join_request_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} · {self.public_id}"
