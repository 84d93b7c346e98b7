"""Working groups: people who volunteer for a task of a project and report back by a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.core.files import private_storage
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.people.models import Person
from mitwerk.projects.models.projects import Project


class WorkingGroup(Worded, Dated):
    """A task with a day to report back by. Closed with its last report, or with its project."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="groups")
    task = TranslatedField(_("task"))
    report_due = models.DateField(_("report back by"), null=True, blank=True)
    due_since = models.DateField(_("this day is set since"), default=timezone.localdate, editable=False)
    reminded = models.CharField(_("last reminder for this day"), max_length=4, blank=True, editable=False)
    next_at = models.DateTimeField(_("next date"), null=True, blank=True)
    next_place = models.CharField(_("place of the next date"), max_length=200, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, report_due__isnull=False) | Q(closed_on__isnull=False, report_due=None),
                name="projects_group_reports_while_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.task)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_overdue(self) -> bool:
        return self.report_due is not None and self.report_due < timezone.localdate()


class GroupMember(models.Model):
    """A person who volunteered. It counts for as long as they act for some organisation (`queries.groups`)."""

    class Function(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        SUBSTITUTE = "substitute", _("substitute speaker")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="members", verbose_name=_("working group"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="group_members", verbose_name=_("person"))
    function = models.CharField(_("function"), max_length=10, choices=Function, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("member of a working group")
        verbose_name_plural = _("members of working groups")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="projects_group_member_once"),
            models.UniqueConstraint(
                fields=["group", "function"], condition=~Q(function=""), name="projects_group_function_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.group}"


class Written(models.Model):
    """Something that one of the group left in its room."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]


class GroupNote(Written):
    """What they want to remember. Read in the room alone."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="notes", verbose_name=_("working group"))
    text = models.TextField(_("note"), max_length=5000)

    class Meta(Written.Meta):
        abstract = False
        verbose_name = _("note of a working group")
        verbose_name_plural = _("notes of working groups")

    def __str__(self) -> str:
        return f"{self.group} · {self.public_id}"


class GroupFile(Written):
    """A file in the room. On the disk it has a name of ours, never the one that somebody typed."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="files", verbose_name=_("working group"))
    name = models.CharField(_("name"), max_length=150)
    file = models.FileField(_("file"), storage=private_storage, upload_to="groups", max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))

    class Meta(Written.Meta):
        abstract = False
        verbose_name = _("file of a working group")
        verbose_name_plural = _("files of working groups")

    def __str__(self) -> str:
        return self.name


class GroupReport(Written):
    """Three lines and how it stands. The words are for the rooms; the day and the status are public."""

    class Status(models.TextChoices):
        ON_TRACK = "on-track", _("on track")
        NEEDS_HELP = "needs-help", _("needs help")
        DONE = "done", _("done")

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="reports", verbose_name=_("working group"))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    text = models.TextField(_("in three lines"), max_length=600)
    was_due = models.DateField(_("was due on"))
    next_due = models.DateField(_("next report by"), null=True, blank=True)

    class Meta(Written.Meta):
        abstract = False
        verbose_name = _("report of a working group")
        verbose_name_plural = _("reports of working groups")
        constraints = [
            models.UniqueConstraint(fields=["group", "was_due"], name="projects_report_once_for_a_day"),
            models.CheckConstraint(
                condition=Q(status="done", next_due=None) | (~Q(status="done") & Q(next_due__isnull=False)),
                name="projects_report_sets_the_next",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.get_status_display()}"
