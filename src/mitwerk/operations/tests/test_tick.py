"""Timed work happens when it is due, and once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

pytestmark = pytest.mark.django_db


def test_a_scheduled_page_appears_when_its_time_has_come() -> None:
    parent = Page.objects.get(depth=1)
    page = parent.add_child(instance=Page(title="Later", slug="later", live=False, locale_id=parent.locale_id))
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    for _twice in range(2):
        call_command("tick")
        page.refresh_from_db()
        assert page.live is True


def test_a_page_scheduled_for_tomorrow_stays_hidden() -> None:
    parent = Page.objects.get(depth=1)
    page = parent.add_child(instance=Page(title="Later", slug="later", live=False, locale_id=parent.locale_id))
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("tick")
    page.refresh_from_db()
    assert page.live is False
