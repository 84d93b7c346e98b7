"""The text: what the editors write (sections, paragraphs), every wording it ever had, and the versions made of it."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.charter.models.charters import Charter
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField

LONGEST = 5000
"""Characters of one paragraph in one language."""


class Section(Worded, Dated):
    """A part of the text with a heading."""

    class Kind(models.TextChoices):
        PREAMBLE = "preamble", pgettext_lazy("section of a charter", "preamble")
        SELF = "self", pgettext_lazy("section of a charter", "self-understanding")
        WORK = "work", pgettext_lazy("section of a charter", "way of working")
        GOALS = "goals", pgettext_lazy("section of a charter", "goals")
        OTHER = "other", pgettext_lazy("section of a charter", "other")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="sections")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    title = TranslatedField(_("heading"))
    position = models.PositiveIntegerField(default=0)
    is_gone = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("section of a charter")
        verbose_name_plural = _("sections of charters")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.title)


class Paragraph(Worded, Dated):
    """A paragraph, or a goal with its measure and year. Its id stays through all versions.

    `revision` grows with every change, so that of two who write at the same moment one wins and the other is told.
    `figure` says where the goal stands; it is no part of the wording and may change when the charter is adopted. One
    that was taken out stays as `is_gone`: older versions, suggestions and projects still speak of it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    section = models.ForeignKey(Section, models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField(default=0)
    text = TranslatedField(_("text"), blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    is_gone = models.BooleanField(default=False, editable=False)
    is_goal = models.BooleanField(_("is a goal"), default=False)
    measure = TranslatedField(_("how it is measured"), blank=True)
    target_year = models.PositiveSmallIntegerField(
        _("to be reached by"), null=True, blank=True, validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    figure = TranslatedField(_("where it stands"), blank=True)
    figure_on = models.DateField(_("as of"), null=True, blank=True)

    class Meta:
        verbose_name = _("paragraph of a charter")
        verbose_name_plural = _("paragraphs of charters")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.text)[:80]


class Wording(models.Model):
    """What a paragraph said from a moment on: `text` by language, and for a goal `measure` and `target_year`.

    Never changed. `is_gone`: the paragraph was taken out then. `way` says how it came: written, a suggestion, a file.
    """

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="wordings")
    anchor = models.CharField(max_length=16)
    revision = models.PositiveIntegerField()
    text: Any = models.JSONField(default=dict)
    is_gone = models.BooleanField(default=False)
    way = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("wording of a paragraph")
        verbose_name_plural = _("wordings of paragraphs")
        ordering = ["-revision", "-pk"]
        constraints = [models.UniqueConstraint(fields=["charter", "anchor", "revision"], name="charter_wording_once")]

    def __str__(self) -> str:
        return f"{self.anchor} · {self.revision}"


class Attempt(models.Model):
    """What an editor wrote while somebody else saved the same paragraph: kept until they have dealt with it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="attempts")
    anchor = models.CharField(max_length=16)
    revision = models.PositiveIntegerField()
    text: Any = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text that was not saved")
        verbose_name_plural = _("texts that were not saved")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.anchor} · {self.revision}"


class Version(models.Model):
    """The whole text as it was at a moment. Never changed.

    `content`: ``{"title": {…}, "sections": [{"id", "kind", "title": {…}, "paragraphs": [{"id", "text": {…}, "goal"?:
    {"measure": {…}, "target_year"}}]}]}``; texts by language. `digest` is over it.
    """

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content: Any = models.JSONField()
    digest = models.CharField(max_length=64)
    note = TranslatedField(_("what is new"), blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("version of a charter")
        verbose_name_plural = _("versions of charters")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["charter", "number"], name="charter_version_once")]

    def __str__(self) -> str:
        return f"{self.charter} · {self.number}"


class Manuscript(models.Model):
    """What was understood of a file or a pasted text, until the editors take it over or drop it.

    `blocks`: ``[{"kind", "text", "level"}]``, `notes`: ``[{"code", "count", "sample"}]`` (`algorithms.manuscripts`).
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="manuscripts")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=150, blank=True)
    blocks: Any = models.JSONField(default=list)
    notes: Any = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text to be taken over")
        verbose_name_plural = _("texts to be taken over")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name or self.public_id
