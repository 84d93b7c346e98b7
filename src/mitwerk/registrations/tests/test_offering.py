"""Registration is opened: with the usual ticket, or with what another congress offers."""

from typing import Any

from django.utils.translation import override

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.tests.cast import LAST, make_congress
from mitwerk.core.translated import Translated
from mitwerk.registrations.actions.offering import set_up
from mitwerk.registrations.models import AccessCode, Admission, Question, TicketKind
from mitwerk.registrations.tests.cast import make_kind, make_seller

PAGE = "/en/my/congresses/registration/add/"


def rows(admission: Admission) -> tuple[list[tuple[str, int, int]], list[str]]:
    with override("en"):
        kinds = [(str(one), one.quota, one.price) for one in admission.kinds.order_by("position", "pk")]
        return kinds, [str(one) for one in admission.questions.all()]


def test_the_office_opens_registration_with_the_usual_ticket(cast: Cast, as_user: Any) -> None:
    congress = make_congress(cast)
    answer = as_user(cast.it_editor).post(PAGE, {"congress": congress.public_id})
    assert answer.status_code == 302
    assert rows(Admission.objects.get(congress=congress)) == ([("Free ticket", 200, 0)], [])


def test_or_with_what_another_congress_offers(cast: Cast, admission: Admission, as_user: Any) -> None:
    paid = make_kind(admission, 40, price_class="invoice", price=9900)
    Question.objects.create(admission=admission, wording={"de": "Anreise?", "en": "How do you come?"})
    AccessCode.objects.create(admission=admission, kind=paid, code="Old", plain="old")
    seller = make_seller(cast, admission)
    Admission.objects.update(text=Translated({"en": "Lunch is included."}), refund_until=LAST)
    later = make_congress(cast, title=Translated({"de": "Kongress 2008"}))
    page = as_user(cast.it_editor)
    sent = {"congress": later.public_id, "like": admission.public_id}
    assert [page.post(PAGE, sent).status_code for _time in range(2)] == [302, 200], "the second time it is open"
    made = Admission.objects.get(congress=later)
    assert rows(made) == rows(admission) == ([("Free ticket", 3, 0), ("Card", 40, 9900)], ["How do you come?"])
    assert (made.codes.count(), made.refund_until, made.seller, made.text["en"]) == (
        0, None, seller, "Lunch is included."
    )  # fmt: skip
    ids = list(TicketKind.objects.values_list("public_id", flat=True))
    assert (len(ids), len(set(ids))) == (4, 4)
    assert AuditEntry.objects.filter(verb="admission.add").latest("pk").details == {"like": admission.public_id}


def test_who_writes_invoices_is_taken_from_the_same_cluster_only(cast: Cast, admission: Admission) -> None:
    make_seller(cast, admission)
    other = make_congress(cast, cluster=cast.food, title=Translated({"de": "Anderswo"}))
    like = Admission.objects.select_related("congress").get(pk=admission.pk)
    assert set_up(congress=other, like=like, actor=cast.it_editor).seller is None


def test_of_other_clusters_nothing_is_offered(cast: Cast, admission: Admission, as_user: Any) -> None:
    congress = make_congress(cast, cluster=cast.food, title=Translated({"de": "Anderswo"}))
    sent = {"congress": congress.public_id, "like": admission.public_id}
    answer = as_user(cast.food_editor).post(PAGE, sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["like"])
    assert not Admission.objects.filter(congress=congress).exists()
