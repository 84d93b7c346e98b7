"""What organisations look for, in their own words. Matches and introductions build on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from mitwerk.clusters.models import Cluster
from mitwerk.core.models import Dated, Loaded, Public, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.vocabularies.models import Concept


class Need(Worded, Public, Loaded, Dated):
    """A need as the customer puts it. Reported needs wait with the office until they are cleared."""

    class State(models.TextChoices):
        REPORTED = "reported", _("reported")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    class Origin(models.TextChoices):
        REPORTED = "reported", _("reported here")
        COMPANY_STATEMENT = "company statement", _("statement of a company")
        SURVEY = "survey", _("survey")
        CENTRE_REPORT = "centre report", _("report of a competence centre")
        OTHER = "other", _("documented elsewhere")

    url_name = "matching:need_detail"

    title = TranslatedField(_("what you need, in one line"))
    text = TranslatedField(_("describe it in your own words"))
    sector = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    concepts = models.ManyToManyField(
        Concept, blank=True, related_name="needs", verbose_name=_("competences that answer it")
    )
    origin = models.CharField(_("origin"), max_length=30, choices=Origin, default=Origin.REPORTED)
    state = models.CharField(_("publication"), max_length=10, choices=State, default=State.REPORTED)
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="needs", verbose_name=_("clusters"))

    objects = ScopedManager(cluster="clusters")

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = [models.F("as_of").desc(nulls_last=True), "-pk"]

    def __str__(self) -> str:
        return str(self.title)


class NeedContact(models.Model):
    """Who reported a need. Kept apart from it, read by the office alone."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="contact")
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    name = models.CharField(_("your name"), max_length=150)
    email = models.EmailField(_("your e-mail address"))

    class Meta:
        verbose_name = _("contact of a need")
        verbose_name_plural = _("contacts of needs")

    def __str__(self) -> str:
        return self.organisation_name or self.name
