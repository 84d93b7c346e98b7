"""Topics of a room: what somebody asks or tells, what others answer, and the files that lie with both."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.core.files import private_storage
from mitwerk.core.ids import new_public_id
from mitwerk.networks.models import Network, NetworkPerson

FOLDER = "rooms"


class Posted(models.Model):
    """Something that one of the network wrote. `by` is empty where they are gone, or asked without a name."""

    wagtail_reference_index_ignore = True  # in it the office would see that somebody writes in the room

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    by = models.ForeignKey(NetworkPerson, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("text"), max_length=10000)
    at = models.DateTimeField(_("when"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Without a word of it, because this may stand in a log."""
        return self.public_id


class Topic(Posted):
    """A question, or something to talk about.

    `is_unnamed`: nothing in this row says who asked (`AskedBy` does, to who has the key). `is_chatham`: the contents
    may be used outside, who said them may not be told.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="topics", verbose_name=_("network"))
    title = models.CharField(_("title"), max_length=150)
    is_unnamed = models.BooleanField(_("asked without a name"), default=False)
    is_chatham = models.BooleanField(_("under the Chatham House Rule"), default=False)
    helped = models.ForeignKey(
        "Answer", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("the answer that helped")
    )

    class Meta:
        verbose_name = _("topic of a room")
        verbose_name_plural = _("topics of rooms")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_unnamed=False) | Q(by=None), name="rooms_unnamed_topic_names_nobody"),
        ]


class AskedBy(models.Model):
    """Who asked without a name, as a mark that leads to nobody without the key (`queries.mark_of`)."""

    wagtail_reference_index_ignore = True

    stays_behind = True
    topic = models.OneToOneField(Topic, models.CASCADE, related_name="asked_by", verbose_name=_("topic"))
    mark = models.CharField(_("mark"), max_length=64)

    class Meta:
        verbose_name = _("mark of who asked without a name")
        verbose_name_plural = _("marks of who asked without a name")

    def __str__(self) -> str:
        return self.mark[:6]


class Answer(Posted):
    """What somebody says to a topic. `is_askers`: who asked without a name answers in their own question."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="answers", verbose_name=_("topic"))
    is_askers = models.BooleanField(_("by who asked without a name"), default=False)

    class Meta:
        verbose_name = _("answer in a room")
        verbose_name_plural = _("answers in rooms")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_askers=False) | Q(by=None), name="rooms_askers_answer_names_nobody"),
        ]


class RoomFile(models.Model):
    """A file with a topic or an answer, and with it its author's. On the disk it has a name of ours."""

    wagtail_reference_index_ignore = True

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="files")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="files")
    name = models.CharField(_("name"), max_length=150)
    file = models.FileField(_("file"), storage=private_storage, upload_to=FOLDER, max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("file in a room")
        verbose_name_plural = _("files in rooms")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic=None, answer__isnull=False) | Q(topic__isnull=False, answer=None),
                name="rooms_file_lies_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def post(self) -> Any:
        """The topic or the answer that it lies with; the database holds that it is one of the two."""
        return self.topic or self.answer

    @property
    def its_topic(self) -> Topic:
        found: Topic = self.answer.topic if self.answer else self.topic  # type: ignore[assignment]
        return found
