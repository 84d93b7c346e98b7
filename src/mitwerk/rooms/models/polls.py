"""A poll with a topic: what people think, or when they can."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.core.ids import new_public_id
from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.models.topics import Topic


class Poll(models.Model):
    """One question with its options. An opinion is counted; of dates everybody sees who can when."""

    class Kind(models.TextChoices):
        OPINION = "opinion", _("opinion")
        DATES = "dates", _("dates")

    wagtail_reference_index_ignore = True

    topic = models.OneToOneField(Topic, models.CASCADE, related_name="poll", verbose_name=_("topic"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    question = models.CharField(_("question"), max_length=200)
    is_multiple = models.BooleanField(_("several options can be chosen"), default=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)

    class Meta:
        verbose_name = _("poll in a room")
        verbose_name_plural = _("polls in rooms")
        constraints = [
            models.CheckConstraint(condition=Q(kind="opinion") | Q(is_multiple=True), name="rooms_dates_are_several"),
        ]

    def __str__(self) -> str:
        return self.topic.public_id

    @property
    def is_open(self) -> bool:
        return self.closes_at is None or self.closes_at > timezone.now()


class PollOption(models.Model):
    """What can be chosen: words, or a moment."""

    wagtail_reference_index_ignore = True

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options", verbose_name=_("poll"))
    label = models.CharField(_("option"), max_length=150, blank=True)
    starts_at = models.DateTimeField(_("date"), null=True, blank=True)

    class Meta:
        verbose_name = _("option of a poll")
        verbose_name_plural = _("options of polls")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(label="", starts_at__isnull=False) | (~Q(label="") & Q(starts_at=None)),
                name="rooms_option_is_words_or_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class PollVote(models.Model):
    """One of the network chose this option."""

    wagtail_reference_index_ignore = True

    option = models.ForeignKey(PollOption, models.CASCADE, related_name="votes", verbose_name=_("option"))
    person = models.ForeignKey(NetworkPerson, models.CASCADE, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("vote in a room")
        verbose_name_plural = _("votes in rooms")
        constraints = [models.UniqueConstraint(fields=["option", "person"], name="rooms_vote_once")]

    def __str__(self) -> str:
        return self.option.public_id
