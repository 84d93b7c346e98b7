"""Which pages somebody of the office finds beside their twins."""

from wagtail.models import GroupPagePermission

from mitwerk.accounts.models import User
from mitwerk.clusters.actions import grant_role
from mitwerk.core.models import Standing
from mitwerk.pages.models import NewsPage
from mitwerk.pages.queries.twins import editable_pairs
from mitwerk.pages.tests.cast import Cast


def test_an_editor_finds_the_pages_of_their_cluster_and_how_their_twins_stand(cast: Cast) -> None:
    user = User.objects.create_user("e@example.org", "muster-passwort-1")
    grant_role(user=user, kind="editor", cluster=cast.it)
    user = User.objects.get(pk=user.pk)
    changed = NewsPage.objects.get(pk=cast.news("n1").pk)
    changed.intro = "Neu gesagt."
    changed.save_revision().publish()
    pairs = editable_pairs(user)
    assert [pair.pages for pair in pairs if pair.mine != {"de", "en"}] == []
    behind = [(pair.pages["en"].title, pair.standing("de"), pair.standing("en")) for pair in pairs if pair.behind]
    assert behind == [("Bigger plans n1", Standing.CURRENT, Standing.BEHIND)]
    found = {pair.pages["de"].title for pair in pairs}
    news = {title for title in found if title.startswith("Größere Pläne")}
    assert news == {"Größere Pläne n1", "Größere Pläne n2"}, "the third is the region's"
    cast.news("n2").unpublish()
    cast.news("n2", "en").unpublish()
    assert found - {pair.pages["de"].title for pair in editable_pairs(user)} == {"Größere Pläne n2"}


def test_a_twin_that_is_not_theirs_is_shown_and_not_theirs(cast: Cast) -> None:
    user = User.objects.create_user("e@example.org", "muster-passwort-1")
    grant_role(user=user, kind="editor", cluster=cast.it)
    GroupPagePermission.objects.filter(page__locale__language_code="en").delete()
    pairs = editable_pairs(User.objects.get(pk=user.pk))
    assert {(frozenset(pair.pages), frozenset(pair.mine)) for pair in pairs} == {
        (frozenset({"de", "en"}), frozenset({"de"}))
    }
