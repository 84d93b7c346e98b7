"""How a version became the charter: put to a body, decided, in force, signed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.charter.models.charters import Charter
from mitwerk.charter.models.texts import Version
from mitwerk.core.ids import new_public_id
from mitwerk.governance.models import Ballot, Body, Resolution
from mitwerk.people.models import Person


class Adoption(models.Model):
    """A version that a body is to decide about, in writing or in a sitting. In force once it is adopted."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of an adoption", "is decided about")
        ADOPTED = "adopted", pgettext_lazy("state of an adoption", "adopted")
        LOST = "lost", pgettext_lazy("state of an adoption", "not adopted")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="adoptions")
    version = models.ForeignKey(Version, models.PROTECT, related_name="adoptions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("body"))
    in_sitting = models.BooleanField(_("at the next sitting"), default=False)
    state = models.CharField(
        pgettext_lazy("how far something is", "state"), max_length=10, choices=State, default=State.OPEN
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    asked_at = models.DateTimeField(_("signatures asked for"), null=True, blank=True)
    made_at = models.DateTimeField(_("put to the body"), default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("adoption of a charter")
        verbose_name_plural = _("adoptions of charters")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["charter"], condition=Q(state="open"), name="charter_one_adoption_open"),
            models.UniqueConstraint(fields=["charter", "number"], name="charter_adopted_number"),
            models.CheckConstraint(
                condition=Q(state="adopted", number__isnull=False, adopted_on__isnull=False)
                | (~Q(state="adopted") & Q(number=None, adopted_on=None)),
                name="charter_adopted_has_a_number_and_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.get_state_display()}"


class AdoptionPart(models.Model):
    """One question to the body: the whole text, or one section of it. Its ballot, or the motion of the sitting."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="parts")
    section = models.CharField(max_length=16, blank=True)
    ballot = models.OneToOneField(Ballot, models.PROTECT, null=True, blank=True, related_name="+")
    is_carried = models.BooleanField(null=True, blank=True)
    resolution = models.ForeignKey(Resolution, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("part of an adoption")
        verbose_name_plural = _("parts of adoptions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["adoption", "section"], name="charter_part_once")]

    def __str__(self) -> str:
        return f"{self.adoption} · {self.section}"


class Signature(models.Model):
    """An organisation stands behind the charter as it was adopted. Withdrawn it stays, and says so.

    `name` is what it was called then; the line stays when the organisation is removed.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="signatures", verbose_name=_("charter"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, related_name="charter_signatures", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=250)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("signature below a charter")
        verbose_name_plural = _("signatures below charters")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "organisation"], condition=Q(withdrawn_at=None), name="charter_signs_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("signed_at")),
                name="charter_withdrawn_after_it_was_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.adoption}"

    @property
    def called(self) -> str:
        """What the organisation is called now; what it was called then where it was removed."""
        return self.organisation.name if self.organisation else self.name

    def giving_way(self, winner: Organisation) -> dict[str, object]:
        """When organisations are merged both may have signed; the winner's signature stands."""
        there = Signature.objects.filter(adoption=self.adoption, organisation=winner, withdrawn_at=None)
        return {"withdrawn_at": timezone.now()} if self.withdrawn_at is None and there.exists() else {}
