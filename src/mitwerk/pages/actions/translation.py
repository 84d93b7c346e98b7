"""Writing the twin of a page: the texts of a translation, as a draft where there was no page."""

from collections.abc import Mapping

from django.db import transaction
from wagtail.models import Locale, Page

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms.slugs import free_slug
from mitwerk.pages.models import NewsPage, PageBehind
from mitwerk.pages.queries.wording import BODY, body_with, texts_of_page


@transaction.atomic
def translate_page(*, page: Page, language: str, values: Mapping[str, str], actor: User) -> Page:
    """Put `values` (names as in `texts_of_page`) into the twin of `page`; afterwards neither is behind the other.

    A twin that is live is published again; a new one stays a draft, for somebody to look at. A body comes whole: its
    paragraphs that are not among `values` must be in the twin at the same place already.
    """
    locale = Locale.objects.get(language_code=language)
    found = page.get_translation_or_none(locale)
    twin = found or page.copy_for_translation(locale)
    draft = twin.specific.get_latest_revision_as_object()
    for name in set(values) - set(bodies := {name: text for name, text in values.items() if name.startswith(BODY)}):
        setattr(draft, name, values[name])
    if bodies:
        draft.body = body_with(page, {**texts_of_page(draft), **bodies})
    if found is None and "title" in values:
        draft.slug = _free_slug(draft)
    revision = draft.save_revision(user=actor, log_action=True)
    if twin.live:
        revision.publish(user=actor)
    PageBehind.objects.filter(page__in=[page.pk, twin.pk]).delete()
    record_audit(verb="page.translate", target=twin, actor=actor, details={"language": language, "texts": [*values]})
    return twin


def _free_slug(page: Page) -> str:
    """News needs an address of its own in the whole language, other pages among their neighbours."""
    others = NewsPage.objects.filter(locale=page.locale) if isinstance(page, NewsPage) else page.get_siblings()
    others = others.exclude(pk=page.pk)
    return free_slug(page.title, lambda slug: others.filter(slug=slug).exists(), fallback="page")
