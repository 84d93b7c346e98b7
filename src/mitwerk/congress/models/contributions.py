"""What an organisation hands in for a congress, who speaks, and how it went on."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms import contributions as steps
from mitwerk.congress.models.congresses import Congress, Format, Track
from mitwerk.core.forms import SPOKEN
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.people.models import Person
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import Concept


class Contribution(Worded, Dated):
    """A talk, a demonstration, a stand … of an organisation, from draft to stage (`algorithms.contributions`)."""

    class State(models.TextChoices):
        DRAFT = steps.DRAFT, pgettext_lazy("state of a contribution", "draft")
        SUBMITTED = steps.SUBMITTED, pgettext_lazy("state of a contribution", "handed in")
        RESERVE = steps.RESERVE, pgettext_lazy("state of a contribution", "on the reserve list")
        ACCEPTED = steps.ACCEPTED, pgettext_lazy("state of a contribution", "accepted")
        CONFIRMED = steps.CONFIRMED, pgettext_lazy("state of a contribution", "confirmed")
        DECLINED = steps.DECLINED, pgettext_lazy("state of a contribution", "declined")
        WITHDRAWN = steps.WITHDRAWN, pgettext_lazy("state of a contribution", "withdrawn")

    is_row = False

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="contributions", verbose_name=_("congress"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="congress_contributions", verbose_name=_("organisation")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Format.Kind)
    title = TranslatedField(_("title"))
    abstract = TranslatedField(_("what it is about"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=[(code, code) for code in SPOKEN])
    track = models.ForeignKey(
        Track, models.SET_NULL, null=True, blank=True, related_name="contributions", verbose_name=_("track")
    )
    competences = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("competences it shows"))
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="contributions",
        verbose_name=_("project it tells of"),
    )  # fmt: skip
    wishes = models.TextField(_("technical wishes"), blank=True)
    away: Any = models.JSONField(_("when nobody can come"), default=list, blank=True)
    """Half days, such as ``["2007-10-26", "am"]``."""
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False, db_index=True
    )

    class Meta:
        verbose_name = _("contribution to a congress")
        verbose_name_plural = _("contributions to congresses")
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["congress", "number"], name="congress_contribution_numbered")]

    def __str__(self) -> str:
        return str(self.title)


class Speaker(models.Model):
    """Who speaks. Their name is public once they have agreed, by the link of a mail; no sign-in is needed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="speakers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="congress_speakers", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=200)
    """As the firm wrote it: who knows somebody's address learns no name by it."""
    about = TranslatedField(_("in one sentence"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, editable=False)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True, editable=False)
    refused_at = models.DateTimeField(_("declined"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "person"], name="congress_speaker_once"),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(refused_at=None), name="congress_speaker_agreed_or_declined"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StepTaken(models.Model):
    """One step of a contribution, with the words that came with it: who handed it in reads how it went on."""

    class Verb(models.TextChoices):
        SUBMIT = "submit", pgettext_lazy("step of a contribution", "handed in")
        REVISE = "revise", pgettext_lazy("step of a contribution", "taken back to change it")
        ACCEPT = "accept", pgettext_lazy("step of a contribution", "accepted")
        RESERVE = "reserve", pgettext_lazy("step of a contribution", "put on the reserve list")
        DECLINE = "decline", pgettext_lazy("step of a contribution", "declined")
        CONFIRM = "confirm", pgettext_lazy("step of a contribution", "confirmed")
        WITHDRAW = "withdraw", pgettext_lazy("step of a contribution", "withdrawn")

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="steps")
    verb = models.CharField(_("step"), max_length=10, choices=Verb)
    at = models.DateTimeField(_("at"), default=timezone.now)
    text = models.TextField(_("words"), blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("step of a contribution")
        verbose_name_plural = _("steps of contributions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.contribution} · {self.verb}"
