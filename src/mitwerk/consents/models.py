"""Who agreed to what, when, and in which words.

`Consent` is a chain that only grows and holds no address: every link has the digest of the one before it. What of
it is somebody's own (address, mail) stands in `Evidence`, whose digest is in the link; it can go without breaking the
chain.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.core.ids import new_public_id


class Wording(models.Model):
    """What somebody agreed to, to the letter, in both languages. Never changed."""

    purpose = models.CharField(_("purpose"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    text_de = models.TextField(_("text in German"))
    text_en = models.TextField(_("text in English"))
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("wording of a consent")
        verbose_name_plural = _("wordings of consents")

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Asked(models.Model):
    """Somebody typed an address into a form. Without the click in the mail it is forgotten after a week."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    purpose = models.CharField(_("purpose"), max_length=40)
    cluster_slug = models.CharField(_("cluster"), max_length=60, blank=True)
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+", verbose_name=_("wording"))
    form = models.CharField(_("form"), max_length=200)
    mail_text = models.TextField(_("text of the mail"), blank=True)
    at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        verbose_name = _("unconfirmed consent")
        verbose_name_plural = _("unconfirmed consents")

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d}"


class Consent(models.Model):
    """One link of the chain: given or withdrawn. The newest link of an address and a purpose says how it stands."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("given")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class How(models.TextChoices):
        LINK = "link", _("link in the confirmation mail")
        PAGE = "page", _("page for unsubscribing")
        ONE_CLICK = "one-click", _("one click in the mail program")
        ACCOUNT = "account", _("“My account”")
        ERASED = "erased", _("account deletion")
        INVITATION = "invitation", _("link in an invitation")
        ENDED = "ended", _("end of what it was given for")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    how = models.CharField(_("how"), max_length=10, choices=How)
    purpose = models.CharField(_("purpose"), max_length=40)
    cluster_slug = models.CharField(_("cluster"), max_length=60, blank=True)
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+", verbose_name=_("wording"))
    address_hash = models.CharField(_("address, as a keyed hash"), max_length=64, db_index=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=200, blank=True)
    evidence_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["pk"]
        indexes = [models.Index(fields=["address_hash", "purpose", "cluster_slug"], name="consents_latest")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.get_kind_display()} {self.at:%Y-%m-%d}"


class Evidence(models.Model):
    """What of a given consent is the person's own. Goes with the person; the link stays."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="evidence", verbose_name=_("consent"))
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    mail_text = models.TextField(_("text of the mail"))
    salt = models.CharField(max_length=32, editable=False)
    key = models.CharField(max_length=43, unique=True, editable=False)
    """Stands in the link for unsubscribing."""
    token_hash = models.CharField(max_length=64, editable=False, db_index=True)
    """Of the link in the confirmation mail, so that a second click is told from a wrong one."""

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")

    def __str__(self) -> str:
        return self.email
