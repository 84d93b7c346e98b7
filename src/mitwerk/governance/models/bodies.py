"""Bodies that decide, and the organisations that have a mandate in them."""

from datetime import date
from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from mitwerk.actors.models import Membership, Organisation
from mitwerk.algorithms.tally import Majority, Rule
from mitwerk.clusters.models import Cluster
from mitwerk.core.models import Dated, Public, Worded
from mitwerk.core.translated import TranslatedField

MAJORITIES = {
    Majority.SIMPLE: _("simple: more yes than no"),
    Majority.TWO_THIRDS: _("two thirds of the yes and no votes"),
    Majority.ABSOLUTE: _("absolute: more than half of all who may vote"),
    Majority.CONSENT: _("consent: nobody objects with a reason"),
}


class Body(Worded, Public, Dated):
    """A board, an assembly, a jury or a working group of a cluster or, where `cluster` is empty, of the region.

    Its rules are data: who is entitled, and how many must agree. Each organisation has one vote.
    """

    class Kind(models.TextChoices):
        BOARD = "board", _("board")
        ASSEMBLY = "assembly", _("assembly")
        JURY = "jury", _("jury")
        WORKING_GROUP = "working_group", _("working group")

    class Entitled(models.TextChoices):
        MANDATES = "mandates", _("organisations with a mandate")
        MEMBERS = "members", _("all members")

    class Watchers(models.TextChoices):
        NOBODY = "nobody", _("nobody else")
        MEMBERS = "members", _("the members")
        EVERYBODY = "everybody", _("everybody")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    url_name = "governance:body_detail"

    name = TranslatedField(_("name"))
    purpose = TranslatedField(_("what it is for"), blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.BOARD)
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="bodies", verbose_name=_("cluster")
    )
    entitled = models.CharField(_("who may vote"), max_length=10, choices=Entitled, default=Entitled.MANDATES)
    member_kind = models.CharField(
        _("only members of this kind"), max_length=10, choices=Membership.Kind, blank=True,
        help_text=_("Empty: members of every kind."),
    )  # fmt: skip
    quorum = models.PositiveSmallIntegerField(
        _("quorum in per cent"), default=50, help_text=_("So many of those who may vote must take part.")
    )
    majority = models.CharField(
        _("majority"), max_length=10, choices=[(key.value, label) for key, label in MAJORITIES.items()],
        default=Majority.SIMPLE.value,
    )  # fmt: skip
    casting_vote = models.BooleanField(
        _("the vote of the chair decides a tie"), default=False,
        help_text=_("In open ballots under a simple majority."),
    )  # fmt: skip
    watchers = models.CharField(
        _("who else may see its ballots"), max_length=10, choices=Watchers, default=Watchers.NOBODY
    )
    state = models.CharField(_("publication"), max_length=10, choices=State, default=State.PUBLISHED)

    objects = ScopedManager(cluster="cluster")

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(quorum__lte=100), name="governance_quorum_is_a_share"),
            models.CheckConstraint(
                condition=Q(casting_vote=False) | Q(majority=Majority.SIMPLE.value),
                name="governance_casting_vote_under_a_simple_majority",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def rule(self, *, is_secret: bool) -> Rule:
        """What decides. In a secret ballot nobody knows what the chair said, so a tie is lost."""
        return Rule(
            majority=Majority(self.majority),
            quorum=Fraction(self.quorum, 100),
            casting_vote=self.casting_vote and not is_secret,
        )


class Mandate(models.Model):
    """An organisation's seat in a body for a time. *Provisional* is a fact of it, not a name."""

    class Function(models.TextChoices):
        CHAIR = "chair", pgettext_lazy("function in a body", "chair")
        DEPUTY = "deputy", pgettext_lazy("function in a body", "deputy chair")
        MEMBER = "member", pgettext_lazy("function in a body", "member")

    body = models.ForeignKey(Body, models.CASCADE, related_name="mandates")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="mandates", verbose_name=_("organisation")
    )
    function = models.CharField(_("function"), max_length=10, choices=Function, default=Function.MEMBER)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day. Empty: no end is set."))
    is_provisional = models.BooleanField(_("provisional"), default=False)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["function", "organisation__sort_name", "since"]
        constraints = [
            models.UniqueConstraint(fields=["body", "organisation", "since"], name="governance_mandate_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="governance_mandate_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.body}"

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)
