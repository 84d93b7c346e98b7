"""A charter, who works on it, and the days of its phases."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop
from mitwerk.clusters.models import Cluster
from mitwerk.core.addresses import address_of
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.people.models import Person


class Charter(Worded, Dated):
    """What the members of a cluster or, where `cluster` is empty, of the region agree on. Each has one."""

    class Phase(models.TextChoices):
        COLLECT = workshop.COLLECT, pgettext_lazy("phase of a charter", "collect")
        DRAFT = workshop.DRAFT, pgettext_lazy("phase of a charter", "draft")
        SUGGEST = workshop.SUGGEST, pgettext_lazy("phase of a charter", "suggest")
        DECIDE = workshop.DECIDE, pgettext_lazy("phase of a charter", "decide")
        ADOPTED = workshop.ADOPTED, pgettext_lazy("phase of a charter", "adopted")
        REVIEW = workshop.REVIEW, pgettext_lazy("phase of a charter", "in review")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="charters", verbose_name=_("cluster")
    )
    title = TranslatedField(_("title"))
    task = TranslatedField(_("what it is to be about"), blank=True)
    language = models.CharField(_("leading language"), max_length=5, choices=settings.LANGUAGES, default="de")
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.COLLECT, editable=False)
    phase_since = models.DateTimeField(_("in this phase since"), default=timezone.now, editable=False)
    is_open = models.BooleanField(
        _("everybody may read along"), default=False,
        help_text=_("Versions and suggestions are public while they are worked on. Contributions never are."),
    )  # fmt: skip
    review_on = models.DateField(_("next review"), null=True, blank=True)

    objects = ScopedManager(cluster="cluster")

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(Coalesce(F("cluster"), Value(0)), name="charter_one_each")]

    def __str__(self) -> str:
        return str(self.title)

    def address(self, cluster_slug: str | None = None) -> str:
        """Its public page; it stands in its own cluster, wherever one comes from."""
        return address_of("portal:charter", cluster=self.cluster.slug if self.cluster else None)

    def get_absolute_url(self) -> str:
        return self.address()


class Editor(models.Model):
    """A person who keeps the text, beside the office."""

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="editors", verbose_name=_("charter"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="charters_edited", verbose_name=_("person"))
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("editor of a charter")
        verbose_name_plural = _("editors of charters")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["charter", "person"], name="charter_editor_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.charter}"


class Guest(models.Model):
    """A person who is invited to take part for an organisation, with or without a sign-in; they come by a link."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="guests", verbose_name=_("charter"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="charter_guests", verbose_name=_("organisation")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="charter_guests", verbose_name=_("person"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    told_at = models.DateTimeField(_("invited by mail"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("guest of a charter")
        verbose_name_plural = _("guests of charters")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "organisation", "person"], condition=Q(until=None), name="charter_guest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.charter}"

    def giving_way(self, winner: Organisation) -> dict[str, object]:
        """When organisations are merged the person may be a guest of both; once is enough."""
        there = Guest.objects.filter(charter=self.charter, person=self.person, organisation=winner, until=None)
        return {"until": timezone.now()} if self.until is None and there.exists() else {}


class Period(models.Model):
    """From when until when a phase runs. It opens by itself, and that is told once."""

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="periods", verbose_name=_("charter"))
    phase = models.CharField(_("phase"), max_length=10, choices=[(name, name) for name in workshop.TIMED])
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    opened_at = models.DateTimeField(_("opened on"), null=True, blank=True, editable=False)
    told_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("days of a phase")
        verbose_name_plural = _("days of phases")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "phase"], name="charter_phase_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="charter_phase_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.charter} · {self.phase}"

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()
