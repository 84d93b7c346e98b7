"""The day itself: who holds the door, who has arrived, how many are in a room, and whom guests want to stay in touch
with."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.accounts.models import User
from mitwerk.congress.models import Room
from mitwerk.core.ids import new_public_id
from mitwerk.registrations.models.admissions import Admission
from mitwerk.registrations.models.guests import Registration


class CheckInPass(models.Model):
    """A device at the door may check guests in and count rooms, and nothing else. Its link is the public id, signed;
    who has it needs no account. `device`: what the office calls it, “Main entrance, left”."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    admission = models.ForeignKey(Admission, models.CASCADE, related_name="passes", verbose_name=_("congress"))
    device = models.CharField(_("device"), max_length=80)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("check-in device")
        verbose_name_plural = _("check-in devices")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.device

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class Arrival(models.Model):
    """A guest came, on a day of the congress. `client_id` is made on the device, so that what is sent twice is one."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="arrivals", verbose_name=_("registration")
    )
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("arrived"))
    device = models.CharField(_("device"), max_length=80, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    client_id = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "day"], name="registrations_arrives_once_a_day"),
        ]

    def __str__(self) -> str:
        """Without the name, because this stands in the log."""
        return f"{self.registration} · {self.day}"


class RoomCount(models.Model):
    """So many were in a room at a moment, as somebody at its door counted. `key` is made by the form: sent twice it is
    one."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="counts", verbose_name=_("room"))
    count = models.PositiveIntegerField(_("people"))
    at = models.DateTimeField(_("counted"), default=timezone.now)
    device = models.CharField(_("device"), max_length=80, blank=True)
    key = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("count of a room")
        verbose_name_plural = _("counts of rooms")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__lte=100_000), name="registrations_count_is_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.room} · {self.count}"


class Lead(models.Model):
    """A guest asks another, whose badge they have read, to exchange addresses. Both see the other's only while both
    agree: the one who asked by asking, the other by `agreed_at`; `ended_at` where either took it back or said no."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    asker = models.ForeignKey(Registration, models.CASCADE, related_name="leads_asked", verbose_name=_("who asks"))
    asked = models.ForeignKey(Registration, models.CASCADE, related_name="leads_got", verbose_name=_("who is asked"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("exchange of addresses")
        verbose_name_plural = _("exchanges of addresses")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["asker", "asked"], name="registrations_lead_once"),
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="registrations_lead_between_two"),
        ]

    def __str__(self) -> str:
        """Without names, because this stands in the log."""
        return self.public_id

    @property
    def is_mutual(self) -> bool:
        return self.agreed_at is not None and self.ended_at is None
