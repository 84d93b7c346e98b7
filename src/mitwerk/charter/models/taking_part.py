"""What organisations bring in: contributions to questions, suggestions for the text, support."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.charter.models.charters import Charter
from mitwerk.charter.models.texts import Section
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.governance.models import Ballot
from mitwerk.people.models import Person


class Question(Worded):
    """What the editors ask while they collect."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="questions")
    text = TranslatedField(_("question"))
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("question for a charter")
        verbose_name_plural = _("questions for charters")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.text)


class Theme(Worded):
    """A group into which the editors put contributions that belong together, for a section of the text."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="themes")
    title = TranslatedField(_("theme"))
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="themes", verbose_name=_("section")
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("theme of contributions")
        verbose_name_plural = _("themes of contributions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.title)


class FromOrganisation(models.Model):
    """Something that a person brings in for an organisation, in one language."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation"))
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        abstract = True


class Contribution(FromOrganisation):
    """An answer to a question, or what somebody wants to say freely."""

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="contributions", verbose_name=_("charter"))
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="contributions", verbose_name=_("question")
    )
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="contributions", verbose_name=_("theme")
    )
    text = models.TextField(_("contribution"), max_length=5000)

    class Meta(FromOrganisation.Meta):
        abstract = False
        verbose_name = _("contribution to a charter")
        verbose_name_plural = _("contributions to charters")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Suggestion(FromOrganisation, Dated):
    """A change of one paragraph that an organisation wants, or of another suggestion (`parent`).

    It was made for the wording `base` of the paragraph `anchor` in `version`; `text` is what it should say. For an
    insertion `text` is the new paragraph, for a move `place` the paragraph behind which it should stand ("" is the
    front), for a translation `base` is the twin it translates. `earlier` holds what it said before.
    """

    class Kind(models.TextChoices):
        REPLACE = "replace", pgettext_lazy("kind of suggestion", "other wording")
        BEFORE = "before", pgettext_lazy("kind of suggestion", "new paragraph before it")
        AFTER = "after", pgettext_lazy("kind of suggestion", "new paragraph after it")
        DELETE = "delete", pgettext_lazy("kind of suggestion", "take it out")
        MOVE = "move", pgettext_lazy("kind of suggestion", "move it")
        COMMENT = "comment", pgettext_lazy("kind of suggestion", "comment")
        TRANSLATE = "translate", pgettext_lazy("kind of suggestion", "translation")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a suggestion", "open")
        BALLOT = "ballot", pgettext_lazy("state of a suggestion", "put to the vote")
        ACCEPTED = "accepted", pgettext_lazy("state of a suggestion", "accepted")
        CHANGED = "changed", pgettext_lazy("state of a suggestion", "accepted in other words")
        DECLINED = "declined", pgettext_lazy("state of a suggestion", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a suggestion", "withdrawn")
        UNFIT = "unfit", pgettext_lazy("state of a suggestion", "no longer fits")

    class Unfit(models.TextChoices):
        CHANGED = "changed", _("The words it was made for were changed.")
        THERE = "there", _("The new version says it already.")
        GONE = "gone", _("The paragraph is no longer there.")
        PLACE = "place", _("The paragraph behind which it should stand is no longer there.")
        PARENT = "parent", _("The suggestion it was made for says something else now.")
        SOURCE = "source", _("The text that it translates was changed.")

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="suggestions", verbose_name=_("charter"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    anchor = models.CharField(max_length=16)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="changes", verbose_name=_("suggestion it changes")
    )
    version = models.PositiveIntegerField(_("version"))
    base = models.TextField(blank=True)
    text = models.TextField(_("new wording"), blank=True, max_length=5000)
    place = models.CharField(max_length=16, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    earlier: Any = models.JSONField(default=list, blank=True)
    state = models.CharField(
        pgettext_lazy("how far something is", "state"), max_length=10, choices=State, default=State.OPEN
    )
    unfit = models.CharField(_("why it no longer fits"), max_length=10, choices=Unfit, blank=True)
    lost = models.TextField(_("words that were changed"), blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    ballot = models.ForeignKey(Ballot, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(FromOrganisation.Meta):
        abstract = False
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["number"]
        indexes = [models.Index(fields=["charter", "state", "anchor"], name="charter_open_by_anchor")]
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="charter_suggestion_number"),
            models.CheckConstraint(
                condition=(Q(state="unfit") & ~Q(unfit="")) | (~Q(state="unfit") & Q(unfit="")),
                name="charter_unfit_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("delete", "move")) | ~Q(text=""), name="charter_suggestion_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "changed", "declined")) | Q(answered_at__isnull=False),
                name="charter_answered_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Supporter(models.Model):
    """An organisation that wants the same."""

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="supporters")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="charter_support", verbose_name=_("organisation")
    )
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("supporter of a suggestion")
        verbose_name_plural = _("supporters of suggestions")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "organisation"], name="charter_supports_once")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.suggestion}"
