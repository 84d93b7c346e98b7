"""Files of the office on their way into the directory: what each row says, what becomes of it, and what was done."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.actors.models import Contact, Membership, Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated


class Import(Dated):
    """One file. Its rows are kept until it cannot be undone any more; what it did is counted for good."""

    UNDOABLE_FOR = timedelta(days=30)

    class State(models.TextChoices):
        READING = "reading", _("is being read")
        MAPPING = "mapping", _("waits for you to say what the columns hold")
        CHECKING = "checking", _("is being compared with the directory")
        READY = "ready", _("waits for your decision")
        RUNNING = "running", _("is being written")
        DONE = "done", pgettext_lazy("state of an import", "imported")
        UNDOING = "undoing", _("is being undone")
        UNDONE = "undone", pgettext_lazy("state of an import", "undone")
        FAILED = "failed", _("cannot be used")

    WORKING = (State.READING, State.CHECKING, State.RUNNING, State.UNDOING)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("cluster")
    )
    file_name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("format"), max_length=10)
    content = models.BinaryField(default=b"", editable=False)
    """The file itself, until it is read."""
    state = models.CharField(
        pgettext_lazy("of an import", "state"), max_length=10, choices=State, default=State.READING
    )
    problem = models.CharField(max_length=20, blank=True)
    """Code of why it failed, or of what the office has to look at again."""
    heads: Any = models.JSONField(default=list, blank=True)
    samples: Any = models.JSONField(default=list, blank=True)
    is_named = models.BooleanField(default=True)
    """Whether the file itself says what its columns are called."""
    columns: Any = models.JSONField(default=list, blank=True)
    is_remembered = models.BooleanField(default=False)
    membership = models.CharField(
        _("membership"), max_length=10, choices=Membership.Kind, blank=True, default=Membership.Kind.MEMBER
    )
    legal_basis = models.CharField(_("legal basis"), max_length=10, choices=Contact.Basis, blank=True)
    legal_note = models.CharField(_("note on the legal basis"), max_length=300, blank=True)
    total = models.PositiveIntegerField(default=0)
    progress = models.PositiveIntegerField(default=0)
    counts: Any = models.JSONField(default=dict, blank=True)
    """Outcome to number of rows."""
    mark: Any = models.JSONField(default=list, blank=True)
    """How the directory stood when the rows were compared with it."""
    lease_until = models.DateTimeField(default=timezone.now)
    """So long it belongs to the process that works on it."""
    index_from = models.PositiveIntegerField(null=True, blank=True)
    """From which row on the search has to be told; nothing where it knows all."""
    done_at = models.DateTimeField(_("imported on"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("a file", "import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING

    @property
    def has_people(self) -> bool:
        return any(column.startswith("contact_") for column in self.columns)

    @property
    def last_day(self) -> datetime:
        """Until when it can be undone."""
        return (self.done_at or self.created_at) + self.UNDOABLE_FOR

    @property
    def can_be_undone(self) -> bool:
        return self.state == self.State.DONE and timezone.now() < self.last_day


class Row(models.Model):
    """One row of a file. Keys of records are plain numbers: a row remembers, it refers to nothing."""

    class Outcome(models.TextChoices):
        NEW = "new", pgettext_lazy("row of an import", "new")
        CHANGED = "changed", pgettext_lazy("row of an import", "changed")
        DUPLICATE = "duplicate", pgettext_lazy("row of an import", "duplicate?")
        UNCHANGED = "unchanged", pgettext_lazy("row of an import", "unchanged")
        REFUSED = "refused", pgettext_lazy("row of an import", "refused")

    class Decision(models.TextChoices):
        SAME = "same", _("the same one: update it")
        NEW = "new", _("another one: enter it")
        SKIP = "skip", _("leave the row out")

    job = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    cells: Any = models.JSONField(default=list, blank=True)
    said: Any = models.JSONField(default=dict, blank=True)
    """What the cells say, by target, in the shape in which it is written."""
    name = models.CharField(_("name"), max_length=250, blank=True)
    outcome = models.CharField(_("what becomes of it"), max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    """Code of why it is refused, or unchanged."""
    notes: Any = models.JSONField(default=list, blank=True)
    """What is left out: target and text of each cell that makes no sense."""
    changes: Any = models.JSONField(default=list, blank=True)
    """Target, text now and new text of each change."""
    target = models.BigIntegerField(null=True, blank=True)
    """The organisation that it is."""
    leader = models.PositiveIntegerField(null=True, blank=True)
    """The earlier row that names the same organisation."""
    twins: Any = models.JSONField(default=list, blank=True)
    """Key, score and reasons of each organisation that it may be."""
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    chosen = models.BigIntegerField(null=True, blank=True)
    """Which of its twins it is."""
    organisation = models.BigIntegerField(null=True, blank=True)
    """What the import wrote to."""
    contact = models.BigIntegerField(null=True, blank=True)
    """The person whom the import brought in."""
    done: Any = models.JSONField(default=dict, blank=True)
    """What was written, for the undo."""
    kept = models.CharField(max_length=20, blank=True)
    """Code of why an undo left it as it is."""

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["job", "number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="imports_row_once")]
        indexes = [
            models.Index(fields=["job", "outcome", "number"], name="imports_row_outcome"),
            models.Index(fields=["contact"], condition=models.Q(contact__isnull=False), name="imports_row_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.name}"


class Mapping(models.Model):
    """What the office said the columns of such a file hold; the same heads mean the same again."""

    signature = models.CharField(max_length=64, unique=True)
    columns: Any = models.JSONField(default=list)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")

    def __str__(self) -> str:
        return self.signature[:8]


class OwnId(models.Model):
    """The number that an organisation has in an office's own list, so that the next file finds it again."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="own_ids")
    cluster = models.ForeignKey(Cluster, models.CASCADE, null=True, blank=True, related_name="+")
    key = models.CharField(_("id in your own list"), max_length=80)

    class Meta:
        verbose_name = _("id in a list")
        verbose_name_plural = _("ids in lists")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "key"], name="imports_own_id_once"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(cluster=None), name="imports_own_id_of_the_region_once"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Objection(models.Model):
    """Somebody does not want to be kept here. Of the address only a keyed hash stays, to recognise it by."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")

    def __str__(self) -> str:
        return self.digest[:8]
