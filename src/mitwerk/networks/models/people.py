"""People in networks, and the invitations that bring them in."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.core.ids import new_public_id
from mitwerk.networks.models.networks import Network
from mitwerk.people.models import Offer, Person


class NetworkPerson(models.Model):
    """A person in a network: one of its coordinators, or a member. One that has ended stays, for what was done.

    Whom they come from, and who may see them, they say themselves; until then nobody but the coordinators does.
    """

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("network coordinator")
        MEMBER = "member", _("network member")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.CASCADE, related_name="networks")
    kind = models.CharField(_("role"), max_length=12, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="network_people",
        verbose_name=_("organisation"),
    )  # fmt: skip
    shown_to_members = models.BooleanField(_("visible to members"), default=False)
    shown_to_cluster = models.BooleanField(_("visible to the cluster"), default=False)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("person in a network")
        verbose_name_plural = _("people in a network")
        ordering = ["network", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "person"], condition=Q(until=None), name="networks_person_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="networks_person_until_after_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.network}"


class NetworkInvitation(Offer):
    """An offer to one address: belong to a network, or coordinate it."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="invitations", verbose_name=_("network"))
    kind = models.CharField(_("role"), max_length=12, choices=NetworkPerson.Kind)
    second_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    """Of the link in the reminder, for nobody knows the first one any more; both lead here."""

    class Meta(Offer.Meta):
        abstract = False
        verbose_name = _("invitation to a network")
        verbose_name_plural = _("invitations to networks")
        constraints = [
            models.UniqueConstraint(
                "network",
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="networks_invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        """Without the address, because this stands in the log."""
        return self.offer

    @property
    def offer(self) -> str:
        """What it offers, in the reader's language."""
        return f"{self.get_kind_display()} · {self.network}"

    @property
    def lead(self) -> str:
        """The same as a sentence on the page of the invitation."""
        named = {"name": self.network, "role": self.get_kind_display()}
        return gettext("Join %(name)s as %(role)s.") % named
