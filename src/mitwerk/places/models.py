"""Where things are: states, districts with their outlines, postal codes."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mitwerk.core.translated import TranslatedField


class State(models.Model):
    """A federal state; `code` is the ISO 3166-2 ending ("SN")."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.name)


class District(models.Model):
    """A district or district-free city with its outline (GeoJSON geometry, WGS 84, simplified)."""

    ags = models.CharField(_("official key (AGS)"), max_length=5, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=60)
    nuts = models.CharField("NUTS 2024", max_length=5)
    state = models.ForeignKey(State, models.PROTECT, related_name="districts")
    outline: Any = models.JSONField(_("outline"))

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PostalCode(models.Model):
    """A place with its postal code; one code has several places, one place several codes."""

    code = models.CharField(_("postal code"), max_length=5, db_index=True)
    place = models.CharField(_("place"), max_length=120, db_index=True)
    district = models.ForeignKey(District, models.CASCADE, related_name="postal_codes")
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("postal code")
        verbose_name_plural = _("postal codes")
        constraints = [models.UniqueConstraint(fields=["code", "place", "district"], name="places_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"
