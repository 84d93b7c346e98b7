"""What a jury says of contributions: points for each criterion, and words that only the office reads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.congress.models.congresses import Congress
from mitwerk.congress.models.contributions import Contribution
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField

POINTS = (1, 5)
"""The fewest and the most."""
WEIGHTS = (1, 9)


class Criterion(Worded):
    """A question that the jury answers with points; `weight` says how much it counts beside the others."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="criteria")
    name = TranslatedField(_("question"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("criterion of a jury")
        verbose_name_plural = _("criteria of juries")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=WEIGHTS[0], weight__lte=WEIGHTS[1]), name="congress_weight_is_sensible"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class Review(Dated):
    """One seat of the jury about one contribution: whoever acts for the organisation writes it and changes it."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="reviews", verbose_name=_("contribution to a congress")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="congress_reviews", verbose_name=_("organisation")
    )
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    is_biased = models.BooleanField(_("keeps out of it"), default=False)
    comment = models.TextField(_("words for the office"), blank=True)

    class Meta:
        verbose_name = _("review of a contribution")
        verbose_name_plural = _("reviews of contributions")
        ordering = ["organisation__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "organisation"], name="congress_review_once_a_seat")
        ]

    def __str__(self) -> str:
        return f"{self.contribution} · {self.organisation}"


class Score(models.Model):
    """A seat's points for one criterion. It hangs on no review, so that two seats become one when their organisations
    are merged."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="scores")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="congress_scores", verbose_name=_("organisation")
    )
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="scores", verbose_name=_("criterion"))
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("points of a review")
        verbose_name_plural = _("points of reviews")
        ordering = ["criterion__position", "criterion__pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "organisation", "criterion"], name="congress_score_once"),
            models.CheckConstraint(
                condition=Q(points__gte=POINTS[0], points__lte=POINTS[1]), name="congress_points_are_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
