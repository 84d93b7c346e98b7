"""What an organisation's people write stays a draft until the office clears it."""

import pytest

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.models import Contact, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.competences.models import Competence, Reference
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail
from mitwerk.people.tests.cast import People
from mitwerk.profiles.actions import clear_draft, drop_draft, hand_in_draft, send_back_draft, write_draft
from mitwerk.profiles.models import Draft
from mitwerk.profiles.queries import content_of, differences, editable_drafts, open_draft

pytestmark = pytest.mark.django_db
State = Draft.State
NEW = {"de": "Wir bauen Mühlen.", "en": "We build mills."}


def fresh(record: Organisation) -> Organisation:
    return Organisation.objects.get(pk=record.pk)


def verbs(organisation: Organisation) -> list[str]:
    found = AuditEntry.objects.filter(target_id=organisation.public_id, verb__startswith="profile.")
    return list(found.order_by("pk").values_list("verb", flat=True))


def test_a_draft_changes_nothing_until_it_is_cleared(cast: Cast, people: People) -> None:
    before = content_of(cast.firm)
    draft = write_draft(organisation=cast.firm, values={"description": NEW}, actor=people.editor)
    assert content_of(fresh(cast.firm)) == before
    draft = hand_in_draft(draft=draft, note="Neu seit Mai", actor=people.editor)
    assert content_of(fresh(cast.firm)) == before
    assert draft.state == State.WAITING
    clear_draft(draft=draft, version=draft.version, actor=people.manager)
    assert content_of(fresh(cast.firm)) == {**before, "description": NEW}
    assert open_draft(cast.firm) is None
    assert fresh(cast.firm).confirmed_at is not None
    assert verbs(cast.firm) == ["profile.begin", "profile.write", "profile.hand_in", "profile.clear"]


def test_rows_come_change_move_and_go(cast: Cast, people: People) -> None:
    Competence.objects.create(organisation=cast.firm, concept=cast.erp, wording={"en": "ERP"}, position=0)
    Reference.objects.create(organisation=cast.firm, wording={"de": "Mühle"})
    content = content_of(cast.firm)
    kept = content["competences"][0]
    rows = [
        {"id": None, "concept": cast.control.pk, "wording": {"de": "Steuerungen"}},
        {**kept, "wording": {"en": "Our own ERP"}},
    ]
    contact = {"id": None, "name": "Empfang", "name_visibility": "public", "function": {}, "email": "", "phone": "",
               "email_visibility": "office", "phone_visibility": "office"}  # fmt: skip
    draft = write_draft(
        organisation=cast.firm, values={"competences": rows, "references": [], "contacts": [contact]},
        actor=people.editor,
    )  # fmt: skip
    draft = hand_in_draft(draft=draft, note="", actor=people.editor)
    clear_draft(draft=draft, version=draft.version, actor=people.manager)
    found = Competence.objects.filter(organisation=cast.firm).order_by("position")
    assert [(one.concept_id, dict(one.wording)) for one in found] == [
        (cast.control.pk, {"de": "Steuerungen"}),
        (kept["concept"], {"en": "Our own ERP"}),
    ]
    assert found[1].pk == kept["id"]
    assert Reference.objects.filter(organisation=cast.firm).count() == 0
    assert Contact.objects.get(organisation=cast.firm).name == "Empfang"


def test_what_the_office_changed_meanwhile_stays(cast: Cast, people: People) -> None:
    draft = write_draft(organisation=cast.firm, values={"description": NEW, "town": "Halle"}, actor=people.editor)
    Organisation.objects.filter(pk=cast.firm.pk).update(founded=1950, town="Grimma")
    draft = hand_in_draft(draft=draft, note="", actor=people.editor)
    told = {one.label: (one.before, one.after, one.is_disputed) for one in differences(draft) if not one.language}
    assert told == {"Ort": ("Grimma", "Halle", True)}
    clear_draft(draft=draft, version=draft.version, actor=people.manager)
    firm = fresh(cast.firm)
    assert (firm.founded, firm.town, dict(firm.description)) == (1950, "Halle", NEW)


def test_sent_back_with_a_reason_and_handed_in_again(cast: Cast, people: People) -> None:
    draft = write_draft(organisation=cast.firm, values={"legal_form": "eG"}, actor=people.editor)
    draft = hand_in_draft(draft=draft, note="", actor=people.editor)
    send_back_draft(draft=draft, version=draft.version, reason="Seit wann?", actor=people.manager)
    again = open_draft(cast.firm)
    assert again is not None
    assert (again.state, again.reason, again.content["legal_form"]) == (State.SENT_BACK, "Seit wann?", "eG")
    mail = Mail.objects.get(template="profiles/answer_mail.txt")
    assert (mail.to, "Seit wann?" in mail.text) == (people.editor.email, True)
    assert hand_in_draft(draft=again, note="seit Mai", actor=people.editor).state == State.WAITING


def test_the_office_clears_only_what_it_has_read(cast: Cast, people: People) -> None:
    draft = hand_in_draft(
        draft=write_draft(organisation=cast.firm, values={"legal_form": "eG"}, actor=people.editor),
        note="", actor=people.editor,
    )  # fmt: skip
    read = draft.version
    write_draft(organisation=cast.firm, values={"legal_form": "AG"}, actor=people.editor)
    with pytest.raises(Refused):
        clear_draft(draft=draft, version=read, actor=people.manager)
    later = hand_in_draft(draft=draft, note="", actor=people.editor)
    with pytest.raises(Refused):
        clear_draft(draft=later, version=read, actor=people.manager)
    assert fresh(cast.firm).legal_form == cast.firm.legal_form
    clear_draft(draft=later, version=later.version, actor=people.manager)
    assert fresh(cast.firm).legal_form == "AG"
    with pytest.raises(Refused):
        clear_draft(draft=later, version=later.version, actor=people.manager)


def test_a_trusted_organisation_is_public_at_once(cast: Cast, people: People) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(is_trusted=True)
    draft = write_draft(organisation=fresh(cast.firm), values={"legal_form": "eG"}, actor=people.editor)
    draft = hand_in_draft(draft=draft, note="", actor=people.editor)
    assert Draft.objects.get(pk=draft.pk).state == State.CLEARED
    assert fresh(cast.firm).legal_form == "eG"
    assert verbs(cast.firm)[-1] == "profile.clear_by_trust"
    assert Mail.objects.filter(template__startswith="profiles/").count() == 0


def test_nothing_is_handed_in_that_changes_nothing(cast: Cast, people: People) -> None:
    draft = write_draft(organisation=cast.firm, values={"town": cast.firm.town}, actor=people.editor)
    with pytest.raises(Refused):
        hand_in_draft(draft=draft, note="", actor=people.editor)


def test_dropped_changes_are_gone(cast: Cast, people: People) -> None:
    draft = write_draft(organisation=cast.firm, values={"legal_form": "eG"}, actor=people.editor)
    drop_draft(draft=draft, actor=people.substitute)
    assert open_draft(cast.firm) is None
    assert Draft.objects.get(pk=draft.pk).content == {}
    drop_draft(draft=draft, actor=people.substitute)
    assert verbs(cast.firm)[-1] == "profile.drop"
    assert verbs(cast.firm).count("profile.drop") == 1


def test_a_new_town_moves_the_firm_on_the_map(cast: Cast, people: People) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(latitude=1.0, longitude=1.0)
    draft = write_draft(organisation=cast.firm, values={"postal_code": "", "town": "Nirgendwo"}, actor=people.editor)
    clear_draft(draft=hand_in_draft(draft=draft, note="", actor=people.editor), version=1, actor=people.manager)
    firm = fresh(cast.firm)
    assert (firm.latitude, firm.longitude, firm.district) == (None, None, None)


def test_the_office_sees_what_was_handed_in_to_its_own_cluster(cast: Cast, people: People) -> None:
    draft = write_draft(organisation=cast.firm, values={"legal_form": "eG"}, actor=people.editor)
    assert list(editable_drafts(people.manager)) == []
    hand_in_draft(draft=draft, note="", actor=people.editor)
    assert list(editable_drafts(people.manager)) == [draft]
    assert list(editable_drafts(cast.umbrella_editor)) == [draft]
    assert list(editable_drafts(cast.food_editor)) == []
    assert list(editable_drafts(people.delegate)) == []
