"""Writes of twins: a page that is published with other texts leaves its twin behind."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.pages.models import PageBehind
from mitwerk.pages.queries.twins import says_the_same, words_of


@transaction.atomic
def note_publishing(*, page: Page, revision: Revision) -> None:
    """Before `page` is published as `revision` has it: note whether its twins fall behind, or it catches up with them.

    The first publishing of a page moves nothing: its twin was right before.
    """
    coming = revision.as_object()
    if coming.go_live_at and coming.go_live_at > timezone.now():
        return  # only put on the calendar; Wagtail comes back when it is time
    before, after = words_of(Page.objects.get(pk=page.pk)), words_of(coming)
    twins = list(page.get_translations().live())
    if page.live and not says_the_same(before, after):
        caught_up, _rows = PageBehind.objects.filter(page_id=page.pk).delete()
        for twin in () if caught_up else twins:
            PageBehind.objects.get_or_create(page_id=twin.pk, defaults={"was": before})
    elif not page.live:
        PageBehind.objects.filter(page_id=page.pk).delete()
    for row in PageBehind.objects.filter(page__in=[twin.pk for twin in twins]):
        if says_the_same(row.was, after):
            row.delete()


@transaction.atomic
def confirm_page(*, page: Page, actor: User) -> None:
    """Somebody has read both pages and says that this one is still right."""
    if PageBehind.objects.filter(page_id=page.pk).delete()[0]:
        record_audit(verb="page.confirm", target=page, actor=actor, details={"language": page.locale.language_code})
