"""Translations that were uploaded and wait for somebody to look at what they would change."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitwerk.algorithms.text_units import Bundle, TextUnit
from mitwerk.core.ids import new_public_id


class Delivery(models.Model):
    """What a translator sent back. One a user: the next upload takes its place. Applying deletes it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    source_language = models.CharField(_("source language"), max_length=5)
    target_language = models.CharField(_("target language"), max_length=5)
    units: Any = models.JSONField(_("texts"), default=list)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("delivered translation")
        verbose_name_plural = _("delivered translations")

    def __str__(self) -> str:
        return self.file_name

    @property
    def bundle(self) -> Bundle:
        return Bundle(self.source_language, self.target_language, [TextUnit(*unit) for unit in self.units])
