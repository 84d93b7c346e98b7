"""People, whom they act for, and the invitations that bring them in. Nothing here is public by itself."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Claim, Organisation
from mitwerk.clusters.models import Cluster, Role
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated


class Person(Dated):
    """Somebody the platform knows by name. May exist without a sign-in."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="people_person_email_any_case")]

    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        """In which mails are written to them."""
        return self.user.language if self.user else settings.LANGUAGE_CODE


class Representative(models.Model):
    """A person who acts for an organisation. One that has ended stays, for what was done in its name."""

    class Role(models.TextChoices):
        DELEGATE = "delegate", _("delegate")
        SUBSTITUTE = "substitute", _("substitute")
        EDITOR = "editor", _("editor")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="representatives")
    person = models.ForeignKey(Person, models.CASCADE, related_name="representations")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["organisation", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(until=None), name="people_represents_once"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(role="delegate", until=None), name="people_one_delegate"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="people_represents_until_after_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    def giving_way(self, winner: Organisation) -> dict[str, Any]:
        """When organisations are merged there may be two delegates; the winner's stays."""
        others = Representative.objects.filter(organisation=winner, role=self.Role.DELEGATE, until=None)
        is_second = self.role == self.Role.DELEGATE and self.until is None and others.exists()
        return {"role": self.Role.SUBSTITUTE} if is_second else {}


class Offer(models.Model):
    """What every invitation has, those of higher floors too: it goes to one address and is taken once, or never.

    Only the hash of its token is kept, so that who reads the database cannot use it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="de")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()


class Invitation(Offer):
    """An offer to act for an organisation, or to work for a cluster or the region."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name=_("organisation")
    )
    represents_as = models.CharField(_("acts as"), max_length=12, choices=Representative.Role, blank=True)
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    role = models.CharField(_("role"), max_length=20, choices=Role.Kind, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name=_("cluster")
    )

    class Meta(Offer.Meta):
        abstract = False
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=(Q(organisation__isnull=False) & ~Q(represents_as="") & Q(role="", cluster=None))
                | (Q(organisation=None, represents_as="") & ~Q(role="")),
                name="people_invitation_offers_one_thing",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None, organisation__isnull=False),
                name="people_invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        """Without the address, because this stands in the log."""
        return self.offer

    def giving_way(self, winner: Organisation) -> dict[str, Any]:
        """When organisations are merged somebody may be invited twice; the winner's invitation stays open."""
        opened = Invitation.objects.filter(organisation=winner, accepted_at=None, revoked_at=None)
        is_waiting = self.accepted_at is None and self.revoked_at is None
        is_second = is_waiting and opened.filter(email__iexact=self.email).exists()
        return {"revoked_at": timezone.now()} if is_second else {}

    @property
    def offer(self) -> str:
        """What it offers, in the reader's language."""
        if self.organisation:
            return f"{self.get_represents_as_display()} · {self.organisation}"
        return f"{self.get_role_display()}{f' · {self.cluster}' if self.cluster else ''}"


class ActLink(models.Model):
    """A link in a mail by which one person does one thing without signing in. Only the hash of its token is kept.

    Opening it does nothing; the click on its page does. It works once, until a day, and can be taken back.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="act_links", verbose_name=_("person"))
    act = models.CharField(_("act"), max_length=40)
    target = models.CharField(_("what it is about"), max_length=64)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("link in a mail")
        verbose_name_plural = _("links in mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["act", "target"], name="people_act_links_by_target")]

    def __str__(self) -> str:
        return f"{self.act} · {self.target}"

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.revoked_at is None and self.expires_at > timezone.now()
