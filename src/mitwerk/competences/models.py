"""What organisations say they can do, and what proves it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.core.models import Sourced, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.vocabularies.models import Concept


class Competence(Worded, Sourced):
    """An organisation's claim on a concept, in the organisation's own words."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="competences")
    concept = models.ForeignKey(Concept, models.PROTECT, related_name="competences", verbose_name=_("concept"))
    wording = TranslatedField(_("in their own words"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["organisation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "concept", "position"], name="competences_competence_once")
        ]

    def __str__(self) -> str:
        return str(self.wording) or str(self.concept)


class Reference(Worded, Sourced):
    """Work that proves competences, as a source or the organisation tells it; `confirmed_at` is set by the partner."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="references")
    wording = TranslatedField(_("reference"))
    concepts = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("competences proved"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["organisation", "position", "pk"]

    def __str__(self) -> str:
        return str(self.wording)
