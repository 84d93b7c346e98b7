"""Abstract models that every subject builds on. No subject noun, no table."""

from typing import Any, ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.core.addresses import address_of
from mitwerk.core.ids import new_public_id

WEB = URLValidator(schemes=["http", "https"])


class WebAddress(models.URLField):  # type: ignore[type-arg]
    """A page of the web. Django would also take ftp, which no browser opens. For migrations it is Django's field."""

    default_validators = [WEB]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs


class Public(models.Model):
    """A record the outside world can name: a random id, and a slug for its address."""

    public_id = models.CharField(_("public id"), max_length=16, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(_("address"), max_length=120, unique=True)

    url_name: ClassVar[str] = ""
    """Name of the page about one record; it takes `slug` and, inside a cluster, `cluster`."""

    class Meta:
        abstract = True

    def address(self, cluster_slug: str | None = None) -> str:
        """Path of the page about this record in the active language, inside a cluster where one is given."""
        return address_of(self.url_name, slug=self.slug, cluster=cluster_slug)

    def get_absolute_url(self) -> str:
        return self.address()


class Sourced(models.Model):
    """Where a record comes from, and which year its statements refer to."""

    source_id = models.CharField(
        _("id at the source"), max_length=200, unique=True, null=True, blank=True, editable=False
    )
    sources: Any = models.JSONField(_("sources"), default=list, blank=True)
    as_of = models.PositiveSmallIntegerField(_("as of year"), null=True, blank=True)

    class Meta:
        abstract = True


class Loaded(Sourced):
    """A record that loading a region keeps up to date, until the office changes it: from then on it is the office's."""

    office_changed_at = models.DateTimeField(_("changed by the office"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_the_offices(self) -> bool:
        return self.office_changed_at is not None


class Standing(models.TextChoices):
    """How a text in one language stands to the other, worst first."""

    MISSING = "missing", pgettext_lazy("state of a translation", "missing")
    BEHIND = "behind", pgettext_lazy("state of a translation", "behind")
    CURRENT = "current", pgettext_lazy("state of a translation", "current")


class Worded(models.Model):
    """A record with texts in two languages. It notes which of them fell behind (`core.wording`)."""

    behind: Any = models.JSONField(default=dict, blank=True, editable=False)
    is_row = True
    """Below another record its texts count as that one's. Not so where it is read and edited by itself."""

    class Meta:
        abstract = True


class Dated(models.Model):
    """When a record was made and last changed (UTC)."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True
