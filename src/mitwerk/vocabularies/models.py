"""Concept tables after SKOS: competences, sectors, topics, systems that firms use, each with labels per language."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitwerk.core.models import Public
from mitwerk.core.translated import Text, TranslatedField

COMPETENCES = "competences"
SECTORS = "sectors"
WZ2008 = "wz2008"
TOPICS = "topics"
SYSTEMS = "systems"


class Vocabulary(models.Model):
    """A list of concepts with one meaning each, and where it comes from."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = TranslatedField(_("name"))
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("vocabulary")
        verbose_name_plural = _("vocabularies")

    def __str__(self) -> str:
        return str(self.name)


class Concept(Public):
    """One meaning. `broader` is its group; a concept without one is a group itself."""

    url_name = "portal:competence"  # of the concepts of the competence vocabulary; others have no page

    vocabulary = models.ForeignKey(Vocabulary, models.CASCADE, related_name="concepts")
    notation = models.CharField(_("notation"), max_length=120)
    broader = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="narrower", verbose_name=_("group")
    )
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related"))
    definition = TranslatedField(_("definition"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["position", "notation"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "notation"], name="vocabularies_notation_once")]

    def __str__(self) -> str:
        return self.label().text

    def label(self, language: str | None = None) -> Text:
        """The preferred label in `language`, else in another one. Reads prefetched `labels` where there are any."""
        wanted = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
        found = {x.language: x.text for x in self.labels.all() if x.kind == Label.Kind.PREFERRED}
        for code in (wanted, *(code for code, _name in settings.LANGUAGES)):
            if code in found:
                return Text(found[code], code)
        return Text(self.notation, wanted)


class Label(models.Model):
    """What a concept is called in one language."""

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("preferred")
        ALTERNATIVE = "alternative", _("also called")
        HIDDEN = "hidden", _("for search only")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="labels")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PREFERRED)
    text = models.CharField(_("text"), max_length=250)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=models.Q(kind="preferred"),
                name="vocabularies_one_preferred_label",
            ),
            models.UniqueConstraint(fields=["concept", "language", "text"], name="vocabularies_label_once"),
        ]

    def __str__(self) -> str:
        return self.text
