"""The programme of a congress: what the office plans, what it has released, and what somebody wants to hear."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.accounts.models import User
from mitwerk.congress.models.congresses import Congress, Room
from mitwerk.congress.models.contributions import Contribution
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField


class Session(Worded, Dated):
    """Something with a time, in the draft of the programme: a contribution, or a break and the like with words of its
    own. `room` is empty where it is everywhere. `version` counts its moves, so that two editors see each other's."""

    class Kind(models.TextChoices):
        CONTRIBUTION = "contribution", pgettext_lazy("kind of an item of a programme", "contribution")
        BREAK = "break", pgettext_lazy("kind of an item of a programme", "break")
        PLENARY = "plenary", pgettext_lazy("kind of an item of a programme", "for everybody")
        SOCIAL = "social", pgettext_lazy("kind of an item of a programme", "getting together")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="sessions")
    contribution = models.OneToOneField(
        Contribution, models.CASCADE, null=True, blank=True, related_name="session", verbose_name=_("contribution")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CONTRIBUTION)
    title = TranslatedField(_("title"), blank=True)
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    seats = models.PositiveSmallIntegerField(_("guests expected"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("item of the programme")
        verbose_name_plural = _("items of the programme")
        ordering = ["starts_at", "room__position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="congress_session_ends_later"),
            models.CheckConstraint(
                condition=Q(contribution=None) & ~Q(kind="contribution")
                | Q(contribution__isnull=False, kind="contribution"),
                name="congress_session_has_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.contribution.title if self.contribution else self.title)

    @property
    def key(self) -> str:
        """Its id in every release, whether it is taken out and placed again or not."""
        return self.contribution.public_id if self.contribution else self.public_id


class Release(models.Model):
    """The programme as everybody reads it, from a moment on. It holds no names of people: they are read from the
    speakers who agree, so that whoever changes their mind is gone from all of it."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField(_("number"))
    released_at = models.DateTimeField(_("released"), default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    note = TranslatedField(_("what is new, in a sentence"), blank=True)
    content: Any = models.JSONField()
    """As `algorithms.programme.frozen` writes it."""
    changes: Any = models.JSONField(default=list)
    """What is different from the release before: kind, key, titles, and old and new time or room."""

    class Meta:
        verbose_name = _("release of a programme")
        verbose_name_plural = _("releases of programmes")
        ordering = ["-number", "pk"]
        constraints = [models.UniqueConstraint(fields=["congress", "number"], name="congress_release_numbered")]

    def __str__(self) -> str:
        return f"{self.congress} · {self.number}"


class Pick(models.Model):
    """Somebody wants to hear something; `key` is the one of the session, in every release."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="picks")
    key = models.CharField(_("item of the programme"), max_length=16)
    at = models.DateTimeField(_("chosen"), default=timezone.now)

    class Meta:
        verbose_name = _("item of somebody's own programme")
        verbose_name_plural = _("items of somebody's own programme")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "congress", "key"], name="congress_pick_once")]

    def __str__(self) -> str:
        return self.key
