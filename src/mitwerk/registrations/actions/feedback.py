"""A guest says how it was. Roll and box are kept apart like those of a secret ballot: nothing joins them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from mitwerk.algorithms import registrations as way
from mitwerk.core.changes import Refused
from mitwerk.registrations.models import FeedbackBox, FeedbackRoll, Registration
from mitwerk.registrations.queries.after import old_feedback, roll_mark


@transaction.atomic
def give_feedback(*, registration: Registration, marks: Sequence[int], words: str) -> None:
    """Three `marks` from 1 to 5, and `words` or none. Nothing of it goes into the log.

    Raises `Refused` where the ticket has answered, holds no seat, or it is not the time.
    """
    admission = registration.admission
    FeedbackRoll.objects.get_or_create(admission=admission)
    FeedbackBox.objects.get_or_create(admission=admission)
    roll = FeedbackRoll.objects.select_for_update().get(admission=admission)
    mine = roll_mark(registration)
    if mine in roll.answered:
        raise Refused(_("You have answered already. Thank you."))
    if registration.state != way.BOOKED or not admission.takes_feedback:
        raise Refused(_("No feedback is taken now."))
    roll.answered = sorted([*roll.answered, mine])
    roll.save(update_fields=["answered"])
    box = FeedbackBox.objects.select_for_update().get(admission=admission)
    for question, mark in zip(box.marks, marks, strict=True):
        question[mark - 1] += 1
    box.count += 1
    if words.strip():
        box.words = sorted([*box.words, words.strip()])
    box.save(update_fields=["count", "marks", "words"])


@transaction.atomic
def forget_feedback() -> int:
    """Who has answered, and the words, in which somebody may stand; the marks stay. How many."""
    rolls = list(old_feedback().select_for_update(of=("self",)).values_list("pk", "admission"))
    FeedbackBox.objects.filter(admission__in=[admission for _pk, admission in rolls]).update(words=[])
    return FeedbackRoll.objects.filter(pk__in=[pk for pk, _admission in rolls]).update(answered=[])
