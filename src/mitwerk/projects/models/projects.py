"""Cooperation projects: what firms did together, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.pipeline import ENDED, OPEN, PUBLIC, STORY
from mitwerk.charter.models import Paragraph
from mitwerk.clusters.models import Cluster
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Loaded, Public, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.pictures.models import Picture
from mitwerk.vocabularies.models import Concept


class Project(Worded, Public, Loaded, Dated):
    """A cooperation project. Months are 0 where the source knows only the year.

    One that was brought in here has a `phase`, which moves by the steps of `algorithms.pipeline`; status and
    publication follow from it. One that was loaded, or entered by the office, has none and keeps what was entered.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        UNKNOWN = "unknown", _("outcome not known")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    class Phase(models.TextChoices):
        IDEA = "idea", _("idea")
        SUBMITTED = "submitted", _("handed in")
        DEFERRED = "deferred", _("deferred")
        CONDITIONAL = "conditional", _("accepted with conditions")
        ACCEPTED = "accepted", _("accepted")
        FORMING = "forming", _("looking for partners")
        RUNNING = "running", _("running")
        ACHIEVED = "achieved", _("ended, aim achieved")
        PARTLY = "partly", _("ended, aim partly achieved")
        STOPPED = "stopped", _("stopped")
        STORY = "story", _("told as a story")
        DECLINED = "declined", _("declined")

    url_name = "projects:project_detail"

    title = TranslatedField(_("title"))
    summary = TranslatedField(_("in short"))
    problem = TranslatedField(_("the problem"), blank=True)
    work = TranslatedField(_("what was done"), blank=True)
    result = TranslatedField(_("the result"), blank=True)
    audience = TranslatedField(_("for whom"), blank=True)
    offer = TranslatedField(_("what the carriers bring"), blank=True)
    wanted = TranslatedField(_("what is looked for"), blank=True)
    aim = TranslatedField(_("the aim of the charter it serves"), blank=True)
    goals = models.ManyToManyField(
        Paragraph, blank=True, related_name="projects", limit_choices_to={"is_goal": True},
        verbose_name=_("goals of the charter it serves"),
    )  # fmt: skip
    seeks = models.ManyToManyField(
        Concept, blank=True, related_name="seeking_projects", verbose_name=_("competences looked for")
    )
    seeks_partners = models.BooleanField(_("looks for partners"), default=False)
    seeks_money = models.BooleanField(_("looks for money"), default=False)
    start_year = models.PositiveSmallIntegerField(_("start, year"), null=True, blank=True)
    start_month = models.PositiveSmallIntegerField(_("start, month"), default=0)
    end_year = models.PositiveSmallIntegerField(_("end, year"), null=True, blank=True)
    end_month = models.PositiveSmallIntegerField(_("end, month"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UNKNOWN, db_index=True)
    state = models.CharField(_("publication"), max_length=10, choices=State, default=State.PUBLISHED)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase, blank=True, db_index=True, editable=False)
    phase_since = models.DateTimeField(_("in this phase since"), null=True, blank=True, editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
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
            models.CheckConstraint(
                condition=Q(phase="") | Q(phase__in=sorted(PUBLIC)) | Q(state="draft"), name="projects_public_by_phase"
            ),
            models.CheckConstraint(
                condition=~Q(phase="deferred") | Q(due_on__isnull=False), name="projects_deferred_until"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_over(self) -> bool:
        return self.phase in ENDED

    @property
    def tells_its_story(self) -> bool:
        """Result, figures and picture are public: entered by the office, or released by every partner."""
        return self.phase in ("", STORY)

    @property
    def is_open(self) -> bool:
        """Partners may join."""
        return self.phase in OPEN

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


class Involvement(models.TextChoices):
    """How an organisation takes part. Reports to funders count research alone."""

    RESEARCH = "research", _("joint research and development")
    PURCHASE = "purchase", _("delivers or buys")


class Joins(models.Model):
    """What is said of an organisation that takes part, or is to."""

    class Role(models.TextChoices):
        CARRIER = "carrier", _("carrier")
        PARTNER = "partner", _("partner")
        ASSOCIATED = "associated", _("associated partner")

    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PARTNER)
    involvement = models.CharField(_("kind of involvement"), max_length=10, choices=Involvement, blank=True)
    effort_days = models.PositiveIntegerField(_("effort in person days"), null=True, blank=True)

    class Meta:
        abstract = True


class Partner(Joins):
    """Who takes part: an organisation of the directory, or a name as the source has it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="partnerships")
    name = models.CharField(_("name"), max_length=250)
    position = models.PositiveSmallIntegerField(default=0)
    is_named = models.BooleanField(_("named in public"), default=True)

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


class Milestone(Worded):
    """Something that must be there by a day. Its weight says how much of the whole it is."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    title = TranslatedField(_("title"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="projects_milestone_weight")
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()


class Joining(Joins):
    """An organisation that is to take part: invited by a carrier, or offering itself. A `Partner` once both agree."""

    class Side(models.TextChoices):
        INVITED = "invited", _("invited")
        OFFERED = "offered", _("offers to join")

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="joinings")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="joinings")
    side = models.CharField(_("who asked"), max_length=10, choices=Side)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("joining of a project")
        verbose_name_plural = _("joinings of projects")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"], condition=Q(state="open"), name="projects_joining_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="projects_joining_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.project}"

    def giving_way(self, winner: Organisation) -> dict[str, Any]:
        """When organisations are merged both may wait for the same answer; the winner's goes on waiting."""
        opened = Joining.objects.filter(organisation=winner, project=self.project_id, state=self.State.OPEN)
        is_second = self.state == self.State.OPEN and opened.exists()
        return {"state": self.State.DECLINED, "answered_at": timezone.now()} if is_second else {}


class Step(models.Model):
    """A line of a project's history: what was done, where it led, in which words. Never changed."""

    class Verb(models.TextChoices):
        BRING_IN = "bring-in", _("Idea brought in")
        SUBMIT = "submit", _("Handed in")
        ACCEPT = "accept", _("Accepted")
        ACCEPT_WITH_CONDITIONS = "accept-with-conditions", _("Accepted with conditions")
        DEFER = "defer", _("Deferred")
        DECLINE = "decline", _("Declined")
        REVISE = "revise", _("Taken back to be worked over")
        FORM = "form", _("Partners are looked for")
        JOIN = "join", _("New partner")
        START = "start", _("Started")
        REACH = "reach", _("Milestone reached")
        OPEN_GROUP = "open-group", _("Working group opened")
        REPORT = "report", _("Working group reported")
        ACHIEVE = "achieve", _("Ended, aim achieved")
        ACHIEVE_PARTLY = "achieve-partly", _("Ended, aim partly achieved")
        STOP = "stop", _("Stopped")
        TELL = "tell", _("Told as a story")

    project = models.ForeignKey(Project, models.CASCADE, related_name="steps")
    verb = models.CharField(_("what was done"), max_length=30, choices=Verb)
    phase = models.CharField(_("phase"), max_length=12, choices=Project.Phase)
    text = models.TextField(_("in these words"), blank=True)
    report = models.OneToOneField(
        "GroupReport", models.CASCADE, null=True, blank=True, related_name="step", verbose_name=_("report")
    )
    until = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a project")
        verbose_name_plural = _("steps of projects")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.project}"
