"""What the office tells all who are on site."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.accounts.models import User
from mitwerk.congress.models.congresses import Congress
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Worded
from mitwerk.core.translated import TranslatedField


class Bulletin(Worded):
    """A short text that stands on the page of the hall and on tickets, from a moment until another. `key` is made by
    the form: sent twice it is one."""

    is_row = False  # written in both languages at once, gone at midnight: nobody translates it afterwards

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="bulletins")
    text = TranslatedField(_("text"))
    at = models.DateTimeField(_("sent"), default=timezone.now)
    until = models.DateTimeField(_("stands until"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    key = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("message to all on site")
        verbose_name_plural = _("messages to all on site")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "key"], name="congress_bulletin_sent_once"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="congress_bulletin_stands_for_a_time"),
        ]

    def __str__(self) -> str:
        return str(self.text)
