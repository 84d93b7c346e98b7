"""Who can sign in, and the log of what was done."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mitwerk.core.ids import new_public_id


class UserManager(BaseUserManager["User"]):
    """Users by e-mail address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A sign-in. What it may do is said by its roles (`clusters.Role`), not here."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=5, default="de")
    is_staff = models.BooleanField(_("may use the technical administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Removed(models.Model):
    """What the office removed, kept for a month in case it was by mistake. `packed` holds the rows."""

    KEPT = timedelta(days=30)

    kind = models.CharField(_("kind of record"), max_length=60)
    name = models.CharField(_("name"), max_length=250)
    cluster_slugs: Any = models.JSONField(_("clusters"), default=list, blank=True)
    source_ids: Any = models.JSONField(default=list, blank=True)
    packed: Any = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("removed"), default=timezone.now, db_index=True)
    restored_at = models.DateTimeField(_("restored"), null=True, blank=True)

    class Meta:
        verbose_name = _("removed record")
        verbose_name_plural = _("removed records")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_kind_display(self) -> str:
        """What it was, in the reader's language."""
        return str(capfirst(apps.get_model(self.kind)._meta.verbose_name))

    @property
    def last_day(self) -> datetime:
        """Until when it can be restored."""
        return self.at + self.KEPT

    @property
    def can_be_restored(self) -> bool:
        return self.restored_at is None and timezone.now() < self.last_day


class AuditEntry(models.Model):
    """One line of the log: who did what to which record. Written by actions, changed by nobody.

    The database refuses (migration `append_only_log`): a line may lose its names, and goes when it is three years old.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(_("what"), max_length=60)
    target_kind = models.CharField(_("kind of record"), max_length=60)
    target_id = models.CharField(_("record"), max_length=64)
    target_name = models.CharField(_("name"), max_length=250)
    cluster_slug = models.CharField(_("cluster"), max_length=60, blank=True)
    details: Any = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_kind", "target_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target_name}"
