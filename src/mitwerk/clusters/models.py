"""The region, its clusters, and who has which role in them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import address_of
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Loaded, Public, WebAddress, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.pictures.models import Picture
from mitwerk.vocabularies.models import Concept

ACCENT = RegexValidator(r"^#[0-9a-f]{6}$", _("Write the colour as # and six digits, for example #1d4e9e."))


class Home(Worded):
    """What region and cluster have in common: a public face."""

    name = TranslatedField(_("name"))
    short_name = TranslatedField(_("short name"), blank=True)
    claim = TranslatedField(_("claim"), blank=True)
    description = TranslatedField(_("description"), blank=True)
    members_note = TranslatedField(_("about the members"), blank=True)
    website = WebAddress(_("website"), blank=True)
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, default="#1d4e9e", validators=[ACCENT])
    office_email = models.EmailField(_("e-mail of the office"), blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)

    @property
    def menu_name(self) -> str:
        """The name where there is little room."""
        return str(self.short_name or self.name)


class Region(Home, Loaded, Dated):
    """What one installation serves. There is exactly one row."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    only = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="clusters_region_is_one")]


def refuse_reserved(slug: str) -> None:
    """A cluster's address must not hide an address of the house."""
    if slug in settings.RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is an address of the platform itself. Choose another."),
            code="reserved",
            params={"slug": slug},
        )


class Cluster(Home, Public, Loaded, Dated):
    """A tenant: own home, accent colour, members."""

    slug = models.SlugField(_("address"), max_length=40, unique=True, validators=[refuse_reserved])
    region_text = models.CharField(_("region"), max_length=200, blank=True)
    sector = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    domain = models.CharField(_("own domain"), max_length=120, unique=True, null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["position", "slug"]

    def get_absolute_url(self) -> str:
        return address_of("clusters:home", cluster=self.slug)


class Role(models.Model):
    """What a user may do in one cluster, or in the whole region where `cluster` is empty."""

    class Kind(models.TextChoices):
        UMBRELLA_EDITOR = "umbrella_editor", _("umbrella editor")
        MANAGER = "manager", _("cluster manager")
        EDITOR = "editor", _("cluster editor")
        BOARD_MEMBER = "board_member", _("board member")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles", verbose_name=_("user")
    )
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="roles", verbose_name=_("cluster")
    )
    kind = models.CharField(_("role"), max_length=20, choices=Kind)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "cluster", "kind"], name="clusters_role_once"),
            models.UniqueConstraint(
                fields=["user", "kind"], condition=models.Q(cluster=None), name="clusters_region_role_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="umbrella_editor", cluster=None)
                | (~models.Q(kind="umbrella_editor") & models.Q(cluster__isnull=False)),
                name="clusters_role_fits_its_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.cluster or '–'}"


class Message(Dated):
    """What a visitor wrote to the office: stored, and mailed."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("message")
        MEMBERSHIP = "membership", _("membership")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cluster = models.ForeignKey(Cluster, models.CASCADE, null=True, blank=True, related_name="messages")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CONTACT)
    name = models.CharField(_("your name"), max_length=150)
    email = models.EmailField(_("your e-mail address"))
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    subject = models.CharField(_("what it is about"), max_length=200, blank=True)
    text = models.TextField(_("your message"), max_length=5000)
    handled_at = models.DateTimeField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("message to the office")
        verbose_name_plural = _("messages to the office")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.created_at:%Y-%m-%d}"
