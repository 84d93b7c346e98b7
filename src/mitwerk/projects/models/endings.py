"""What comes of a project that has ended: competences its partners confirm, and a story they release."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.pictures.models import Picture
from mitwerk.projects.models.projects import Project
from mitwerk.vocabularies.models import Concept


class Asked(models.Model):
    """A question to a partner of an ended project, which its people answer once."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["asked_at", "pk"]


class Proof(Asked):
    """A competence that the project is to have proved for a partner. Confirmed, it becomes a reference of theirs."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    project = models.ForeignKey(Project, models.CASCADE, related_name="proofs", verbose_name=_("project"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="proofs", verbose_name=_("organisation")
    )
    concept = models.ForeignKey(Concept, models.PROTECT, related_name="+", verbose_name=_("competence"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)

    class Meta(Asked.Meta):
        abstract = False
        verbose_name = _("competence a project proved")
        verbose_name_plural = _("competences projects proved")
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation", "concept"], name="projects_proof_once"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="projects_proof_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.concept}"


class Story(Worded, Dated):
    """What the office makes of an ended project. Its texts reach the project when every partner has released them."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="story", verbose_name=_("project"))
    summary = TranslatedField(_("in short"))
    problem = TranslatedField(_("the problem"), blank=True)
    work = TranslatedField(_("what was done"), blank=True)
    result = TranslatedField(_("the result"), blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    """Counted up with each change of the texts, so that nobody releases what they have not read."""
    asked_at = models.DateTimeField(_("partners asked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("story of a project")
        verbose_name_plural = _("stories of projects")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.project)


class Release(Asked):
    """Whether a partner wants to stand in the story. Left out by the office, it is not named there."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        RELEASED = "released", _("released")
        REFUSED = "refused", _("not released")
        LEFT_OUT = "left-out", _("name left out")

    project = models.ForeignKey(Project, models.CASCADE, related_name="releases", verbose_name=_("project"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="releases", verbose_name=_("organisation")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)

    class Meta(Asked.Meta):
        abstract = False
        verbose_name = _("release of a story")
        verbose_name_plural = _("releases of stories")
        constraints = [models.UniqueConstraint(fields=["project", "organisation"], name="projects_release_once")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.project}"
