"""Cooperation projects: what firms did together, and what came of it."""

from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.core.models import Dated, Loaded, Public, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.pictures.models import Picture
from mitwerk.vocabularies.models import Concept


class Project(Worded, Public, Loaded, Dated):
    """A cooperation project. Months are 0 where the source knows only the year."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        UNKNOWN = "unknown", _("outcome not known")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    url_name = "projects:project_detail"

    title = TranslatedField(_("title"))
    summary = TranslatedField(_("in short"))
    problem = TranslatedField(_("the problem"), blank=True)
    work = TranslatedField(_("what was done"), blank=True)
    result = TranslatedField(_("the result"), blank=True)
    start_year = models.PositiveSmallIntegerField(_("start, year"), null=True, blank=True)
    start_month = models.PositiveSmallIntegerField(_("start, month"), default=0)
    end_year = models.PositiveSmallIntegerField(_("end, year"), null=True, blank=True)
    end_month = models.PositiveSmallIntegerField(_("end, month"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UNKNOWN, db_index=True)
    state = models.CharField(_("publication"), max_length=10, choices=State, default=State.PUBLISHED)
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="projects", verbose_name=_("clusters"))
    proved = models.ManyToManyField(Concept, blank=True, related_name="projects", verbose_name=_("competences proved"))
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    objects = ScopedManager(cluster="clusters")

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = [models.F("start_year").desc(nulls_last=True), "-start_month", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(start_month__lte=12, end_month__lte=12), name="projects_months"),
            models.CheckConstraint(
                condition=models.Q(end_year=None)
                | models.Q(start_year=None)
                | models.Q(end_year__gte=models.F("start_year")),
                name="projects_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def period(self) -> str:
        """When it ran, in words: "July 2006 to April 2007"; only the year where the month is unknown."""
        start = _month(self.start_year, self.start_month)
        end = _month(self.end_year, self.end_month)
        if start and end:
            if start == end:
                return start
            if self.start_year == self.end_year and self.start_month and self.end_month:
                start = str(MONTHS[self.start_month])
            return str(_("%(start)s to %(end)s") % {"start": start, "end": end})
        if start and self.status == self.Status.RUNNING:
            return str(_("since %(start)s") % {"start": start})
        if start:
            return str(_("from %(start)s") % {"start": start})
        return str(_("until %(end)s") % {"end": end}) if end else ""

    @property
    def period_and_status(self) -> str:
        """The line above its title: "July 2006 to April 2007, finished"."""
        return ", ".join(part for part in (self.period, str(self.get_status_display())) if part)


def _month(year: int | None, month: int) -> str:
    if not year:
        return ""
    return f"{MONTHS[month]} {year}" if month else str(year)


class Partner(models.Model):
    """Who takes part: an organisation of the directory, or a name as the source has it."""

    class Role(models.TextChoices):
        CARRIER = "carrier", _("carrier")
        PARTNER = "partner", _("partner")

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="partnerships")
    name = models.CharField(_("name"), max_length=250)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PARTNER)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation", "name"], name="projects_partner_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def profile(self) -> Organisation | None:
        """The organisation whose profile may be linked to; None where there is none or it is hidden."""
        found = self.organisation
        return found if found and found.visibility == Organisation.Visibility.PUBLISHED else None


class ProjectFigure(Worded):
    """A result in a figure: "5" and "people run the supply of 100 firms"."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="figures")
    value = models.CharField(_("figure"), max_length=30)
    label = TranslatedField(_("what it counts"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"
