"""What guests say of a congress. Who has answered and what was said are two rows that nothing joins."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mitwerk.registrations.models.admissions import Admission


def no_marks() -> list[list[int]]:
    """For each of the three questions, how often each mark from 1 to 5 was given."""
    return [[0] * 5 for _question in range(3)]


class FeedbackRoll(models.Model):
    """Who has answered, so that a ticket answers once. One row for each congress, so that no order is kept: `answered`
    is sorted, and holds no ids but what only the installation's key makes of them."""

    admission = models.OneToOneField(Admission, models.CASCADE, related_name="feedback_roll")
    answered: Any = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("roll of feedback")
        verbose_name_plural = _("rolls of feedback")

    def __str__(self) -> str:
        return str(len(self.answered))


class FeedbackBox(models.Model):
    """What was said, without whom, when and in which order: marks are added up, words are sorted, and which words came
    with which marks is not kept."""

    admission = models.OneToOneField(Admission, models.CASCADE, related_name="feedback_box")
    count = models.PositiveIntegerField(default=0)
    marks: Any = models.JSONField(default=no_marks)
    words: Any = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("box of feedback")
        verbose_name_plural = _("boxes of feedback")

    def __str__(self) -> str:
        return str(self.count)
