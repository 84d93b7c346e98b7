"""Networks: they keep their own name and members."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.core.models import Dated, Loaded, Public, WebAddress, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.pictures.models import Picture


class Network(Worded, Public, Loaded, Dated):
    """A network with a public page of its own."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    class Admission(models.TextChoices):
        INVITATION = "invitation", _("by invitation only")
        ROLE = "role", _("who has a certain task may ask")
        KINDS = "kinds", _("people of certain kinds of organisations may ask")

    url_name = "networks:network_detail"

    name = TranslatedField(_("name"))
    purpose = TranslatedField(_("what it is for"), blank=True)
    member_kinds = TranslatedField(_("who belongs to it"), blank=True)
    note = TranslatedField(_("note"), blank=True)
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    region_text = models.CharField(_("region"), max_length=200, blank=True)
    website = WebAddress(_("website"), blank=True)
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="networks", verbose_name=_("clusters"))
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    admission = models.CharField(_("admission"), max_length=10, choices=Admission, default=Admission.INVITATION)
    admission_note = TranslatedField(_("who is admitted"), blank=True)
    admission_kinds: Any = models.JSONField(_("kinds of organisations"), default=list, blank=True)
    state = models.CharField(_("publication"), max_length=10, choices=State, default=State.PUBLISHED)

    objects = ScopedManager(cluster="clusters")

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.name)


class NetworkMember(models.Model):
    """An organisation in a network, shown only where the network says so."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="networks")
    is_public = models.BooleanField(_("shown in public"), default=False)

    class Meta:
        verbose_name = _("member of a network")
        verbose_name_plural = _("members of a network")
        constraints = [models.UniqueConstraint(fields=["network", "organisation"], name="networks_member_once")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.network}"
