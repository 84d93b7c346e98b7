"""What a sitting is about: the agenda, and the motions that are voted on."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.algorithms.tally import Outcome
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import Translated, TranslatedField
from mitwerk.governance.models.ballots import OUTCOMES, Ballot
from mitwerk.governance.models.sittings import Sitting


class AgendaItem(Worded, Dated):
    """One item. `about` names what put it there ("project:…"), so that it stands there once; `page` tells more of it:
    the name of the page and what stands in its address.

    `summary` is read by everybody where the item is public, `record` by the body's own people.
    """

    class Kind(models.TextChoices):
        MINUTES = "minutes", _("minutes")
        REPORT = "report", pgettext_lazy("kind of agenda item", "report")
        PROJECT = "project", pgettext_lazy("kind of agenda item", "project")
        CHARTER = "charter", pgettext_lazy("kind of agenda item", "charter")
        TOPIC = "topic", pgettext_lazy("kind of agenda item", "topic")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of an agenda item", "to come")
        OPEN = "open", pgettext_lazy("state of an agenda item", "now")
        DONE = "done", pgettext_lazy("state of an agenda item", "done")
        POSTPONED = "postponed", pgettext_lazy("state of an agenda item", "put off")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TOPIC)
    about = models.CharField(max_length=60, blank=True)
    page: Any = models.JSONField(default=list, blank=True)
    title = TranslatedField(_("title"))
    text = TranslatedField(_("what it is about"), blank=True)
    length = models.PositiveSmallIntegerField(
        _("minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    summary = TranslatedField(_("in short, for everybody"), blank=True)
    record = TranslatedField(_("what was said, for the body's own people"), blank=True)
    is_public = models.BooleanField(_("in the public version of the minutes"), default=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "about"], condition=~Q(about=""), name="governance_on_the_agenda_once"
            ),
            models.UniqueConstraint(
                fields=["sitting"], condition=Q(state="open"), name="governance_one_item_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def address(self) -> str:
        """Where more of it stands, in the reader's language; empty where there is nothing more."""
        return reverse(self.page[0], args=self.page[1:]) if self.page else ""


class Motion(Worded, Dated):
    """What is voted on in a sitting: by hands that the chair counts, or by a ballot on everybody's device.

    `earlier` holds the wordings before it was amended. `effect` says what its being carried brings about, in the words
    of the subject that wrote it: ``{"verb": …, …}``. `taken_over_at`: that has happened.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a motion", "is discussed")
        VOTING = "voting", pgettext_lazy("state of a motion", "is voted on")
        DECIDED = "decided", pgettext_lazy("state of a motion", "decided")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a motion", "withdrawn")

    class Method(models.TextChoices):
        HANDS = "hands", _("show of hands")
        DEVICE = "device", _("by device, open")
        SECRET = "secret", _("by device, secret")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="motions")
    title = TranslatedField(_("title"))
    wording = TranslatedField(_("wording to be decided"))
    earlier: Any = models.JSONField(default=list, blank=True)
    effect: Any = models.JSONField(default=dict, blank=True)
    taken_over_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    method = models.CharField(_("how it is voted on"), max_length=10, choices=Method, blank=True)
    ballot = models.OneToOneField(Ballot, models.PROTECT, null=True, blank=True, related_name="moved")
    present = models.PositiveIntegerField(null=True, blank=True)
    entitled = models.PositiveIntegerField(null=True, blank=True)
    result: Any = models.JSONField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="voting"), name="governance_one_vote_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="decided", result__isnull=False, decided_at__isnull=False)
                | (~Q(state="decided") & Q(result__isnull=True, decided_at=None)),
                name="governance_decided_motion_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def outcome(self) -> str:
        """What became of it, in the reader's language; empty before the vote."""
        return str(OUTCOMES[Outcome(self.result["outcome"])]) if self.result else ""

    @property
    def earlier_wordings(self) -> list[Translated]:
        """The wordings before it was amended, the oldest first."""
        return [Translated(texts) for texts in self.earlier]
