"""Organisations and their memberships. One organisation record drives every job of the platform."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from mitwerk.clusters.models import Cluster
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Loaded, Public, Sourced, WebAddress, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.pictures.models import Picture
from mitwerk.places.models import District, State
from mitwerk.vocabularies.models import Concept


class Organisation(Worded, Public, Loaded, Dated):
    """Company, university, research institute, public body or association. *Unclaimed* until somebody of it says so."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        UNIVERSITY = "university", _("university")
        RESEARCH = "research", _("research institute")
        PUBLIC_BODY = "public-body", _("public body")
        ASSOCIATION = "association", _("association")

    class Size(models.TextChoices):
        MICRO = "1-9", _("1 to 9 employees")
        SMALL = "10-49", _("10 to 49 employees")
        MEDIUM = "50-249", _("50 to 249 employees")
        LARGE = "250+", _("250 employees and more")

    class Visibility(models.TextChoices):
        PUBLISHED = "published", _("published")
        HIDDEN = "hidden", _("hidden")

    url_name = "portal:organisation"

    name = models.CharField(_("name"), max_length=250)
    alternative_names: Any = models.JSONField(_("also called"), default=list, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=60, blank=True)
    kind = models.CharField(_("type"), max_length=20, choices=Kind, default=Kind.COMPANY)
    description = TranslatedField(_("what they do"), blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    state = models.ForeignKey(State, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("state"))
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    size = models.CharField(_("size"), max_length=10, choices=Size, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    employees_year = models.PositiveSmallIntegerField(_("employees in the year"), null=True, blank=True)
    website = WebAddress(_("website"), blank=True)
    register_number = models.CharField(
        _("register number"), max_length=80, blank=True, help_text=_("With its court: HRB 12345 Leipzig.")
    )
    sectors = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("sectors"))
    logo = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo"))
    languages: Any = models.JSONField(_("languages"), default=list, blank=True)
    """Codes of the languages in which they work with customers (`core.forms.SPOKEN`)."""
    claimed_at = models.DateTimeField(_("claimed on"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True, editable=False)
    is_trusted = models.BooleanField(
        _("changes are published at once"),
        default=False,
        help_text=_("What its own people change in the profile does not wait for the office."),
    )
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLISHED)
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="+", verbose_name=_("merged into")
    )
    """The entry that took this one's place. This one stays, hidden: its address leads there, and it can return."""
    ror_id = WebAddress(_("ROR id"), unique=True, null=True, blank=True)
    sort_name = models.CharField(max_length=250, editable=False, db_index=True)
    normalised_name = models.CharField(max_length=250, editable=False, db_index=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(visibility="hidden"),
                name="actors_merged_organisation_is_hidden",
            )
        ]
        # No index on the visibility: nearly all are published, and SQLite would take it instead of the key.

    def __str__(self) -> str:
        return self.name

    @property
    def is_claimed(self) -> bool:
        return self.claimed_at is not None

    @property
    def standing(self) -> "Organisation":
        """The entry that stands for this one: the one it was merged into, or itself."""
        return self.merged_into or self


class Membership(Sourced):
    """An organisation in a cluster, or in the umbrella body where `cluster` is empty."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member")
        FOUNDER = "founder", _("founding member")
        PARTNER = "partner", _("partner")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("cluster")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MEMBER)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = ScopedManager(cluster="cluster")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["cluster", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "cluster"], name="actors_membership_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(cluster=None), name="actors_region_membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(since=None) | models.Q(until__gte=models.F("since")),
                name="actors_membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.cluster or '–'}"


class Location(Worded):
    """A further place of an organisation; the main one stands on the organisation itself."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="locations")
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    town = models.CharField(_("town"), max_length=120)
    purpose = TranslatedField(_("what is there"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("further place")
        verbose_name_plural = _("further places")
        ordering = ["organisation", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.postal_code} {self.town}".strip()


class Certificate(models.Model):
    """What somebody independent has certified of an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="certificates")
    name = models.CharField(_("certificate"), max_length=150)
    issuer = models.CharField(_("issued by"), max_length=150, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["organisation", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class Seen(models.TextChoices):
    """Who sees a detail of a contact, narrowest first."""

    OFFICE = "office", _("the cluster's office only")
    MEMBERS = "members", _("members")
    PUBLIC = "public", _("everybody")


class Contact(Worded, Dated):
    """A person, or a desk, to turn to at an organisation. Each detail says who sees it: the office, unless said.

    No sign-in hangs on it (`people.Person`). One that the office brought in carries on which ground that was lawful.
    """

    class Basis(models.TextChoices):
        CONTRACT = "contract", _("membership or contract")
        INTEREST = "interest", _("legitimate interest")
        CONSENT = "consent", _("consent")
        PUBLIC = "public", _("published by themselves")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=150)
    function = TranslatedField(_("function"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    name_visibility = models.CharField(_("who sees the name"), max_length=10, choices=Seen, default=Seen.OFFICE)
    email_visibility = models.CharField(_("who sees the address"), max_length=10, choices=Seen, default=Seen.OFFICE)
    phone_visibility = models.CharField(_("who sees the number"), max_length=10, choices=Seen, default=Seen.OFFICE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    source_id = models.CharField(
        _("id at the source"), max_length=200, unique=True, null=True, blank=True, editable=False
    )
    source = models.TextField(_("where it comes from"), blank=True, editable=False)
    legal_basis = models.CharField(_("legal basis"), max_length=10, choices=Basis, blank=True, editable=False)
    legal_note = models.TextField(_("note on the legal basis"), blank=True, editable=False)
    informed_at = models.DateTimeField(_("informed on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organisation", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class Claim(Dated):
    """Somebody says: this entry is ours. The office answers."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="claims")
    name = models.CharField(_("your name"), max_length=150)
    email = models.EmailField(_("your e-mail address"), help_text=_("Best one at your organisation's own domain."))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="de")
    function = models.CharField(_("your function"), max_length=150, blank=True)
    text = models.TextField(_("what should change"), max_length=5000, blank=True)
    state = models.CharField(
        pgettext_lazy("how far something is", "state"), max_length=10, choices=State, default=State.OPEN
    )

    class Meta:
        verbose_name = _("claim of an entry")
        verbose_name_plural = _("claims of entries")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.created_at:%Y-%m-%d}"


class NotDuplicate(models.Model):
    """Somebody of the office said: these two are different. The list of duplicates does not ask again."""

    one = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    said_at = models.DateTimeField(_("said on"), default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("pair that is no duplicate")
        verbose_name_plural = _("pairs that are no duplicates")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="actors_not_duplicate_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="actors_not_duplicate_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"


class Merge(Dated):
    """Two organisations were made one. `done` holds what was changed, and is forgotten when it cannot be undone."""

    UNDOABLE_FOR = timedelta(days=30)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    winner = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("kept"))
    loser = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("merged into it"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    done: Any = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.loser} → {self.winner}"

    @property
    def last_day(self) -> datetime:
        """Until when it can be undone."""
        return self.created_at + self.UNDOABLE_FOR

    @property
    def can_be_undone(self) -> bool:
        return bool(self.undone_at is None and self.done and timezone.now() < self.last_day)
