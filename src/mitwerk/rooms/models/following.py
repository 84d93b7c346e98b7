"""How people hear of a room by mail: what they chose, which topics they follow, and which of their mails were taken."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.models.topics import Topic


class RoomMail(models.Model):
    """How somebody wants to hear of a room; without a row as by default.

    Weekly is the default: what concerns somebody comes at once anyway, because who asks or answers follows the topic,
    and everything else is worth one mail a week and not one a post.
    """

    class How(models.TextChoices):
        EACH = "each", _("Each post at once")
        DAILY = "daily", _("Once a day what is new")
        WEEKLY = "weekly", _("Once a week what is new")
        NOTHING = "nothing", _("No mails")

    DEFAULT = How.WEEKLY
    wagtail_reference_index_ignore = True

    person = models.OneToOneField(NetworkPerson, models.CASCADE, related_name="room_mail", verbose_name=_("person"))
    how = models.CharField(_("how they hear of the room"), max_length=8, choices=How, default=DEFAULT)
    told_until = models.DateTimeField(_("told of what was written until"), null=True, blank=True)

    class Meta:
        verbose_name = _("choice of mails from a room")
        verbose_name_plural = _("choices of mails from rooms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(how__in=["each", "daily", "weekly", "nothing"]), name="rooms_mail_is_a_choice"
            ),
        ]

    def __str__(self) -> str:
        return self.how


class Follow(models.Model):
    """Somebody follows a topic. Never who asked it without a name: their row would tell who it was."""

    wagtail_reference_index_ignore = True  # in it the office would see who follows

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="follows", verbose_name=_("topic"))
    person = models.ForeignKey(NetworkPerson, models.CASCADE, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("followed topic")
        verbose_name_plural = _("followed topics")
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="rooms_follow_once")]

    def __str__(self) -> str:
        return self.topic.public_id


class TakenMail(models.Model):
    """A mail to a topic that was dealt with, as a mark of its Message-ID that leads to nobody without the key."""

    mark = models.CharField(_("mark"), max_length=64, unique=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("mail taken by a room")
        verbose_name_plural = _("mails taken by rooms")

    def __str__(self) -> str:
        return self.mark[:6]
