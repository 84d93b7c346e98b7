"""Out to a translator and back in: nothing changes on the round trip, and only what somebody saw is written."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.text_units import Bundle, TextUnit
from mitwerk.competences.models import Competence
from mitwerk.core.models import Standing
from mitwerk.core.wording import lacks_of
from mitwerk.languages.actions import VERBS, apply_delivery, take_delivery
from mitwerk.languages.exports import bundle_file
from mitwerk.languages.forms import read_translation
from mitwerk.languages.models import Delivery
from mitwerk.languages.queries.kinds import ORDER
from mitwerk.languages.queries.plan import LINES, TWICE, UNKNOWN, Outcome, plan
from mitwerk.languages.queries.texts import texts
from mitwerk.languages.tests.cast import make_congress, make_public
from mitwerk.projects.models import Project

NEW, CHANGED, UNCHANGED = Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED
CONFLICT, REFUSED = Outcome.CONFLICT, Outcome.REFUSED


def exported(user: User, source: str = "de", target: str = "en") -> Bundle:
    return Bundle(source, target, [text.unit for text in texts(user, source, target, ORDER)])


def translated(bundle: Bundle, targets: dict[str, str]) -> Bundle:
    """The bundle as a translator sends it back; `targets` by the end of the id."""
    units = []
    for unit in bundle.units:
        new = [text for end, text in targets.items() if unit.id.endswith(end)]
        units.append(unit._replace(target=new[0] if new else unit.target))
    return Bundle(bundle.source_language, bundle.target_language, units)


def outcomes(user: User, bundle: Bundle) -> dict[str, tuple[Outcome, str]]:
    return {line.unit.id: (line.outcome, str(line.reason)) for line in plan(user, bundle)}


def apply(user: User, bundle: Bundle, conflicts: tuple[str, ...] = ()) -> int:
    return apply_delivery(
        delivery=take_delivery(user=user, file_name="x.xlf", bundle=bundle), conflicts=conflicts, actor=user
    )


def test_an_export_holds_the_texts_of_the_users_records(cast: Cast) -> None:
    records = make_public(cast)
    claim = Competence.objects.create(organisation=cast.firm, concept=cast.erp, wording={"de": "ERP", "en": "ERP!"})
    firm, project = cast.firm.public_id, records["project"].public_id
    found = {unit.id: (unit.source, unit.target, unit.state) for unit in exported(cast.it_editor).units}
    assert found == {
        f"cluster:{cast.it.public_id}:name": ("IT-Cluster", "IT cluster", "current"),
        f"organisation:{firm}:description": ("Baut Software für Mühlen.", "Builds software for mills.", "current"),
        f"organisation:{firm}:competences-{claim.pk}.wording": ("ERP", "ERP!", "current"),
        f"project:{project}:title": ("Mühle", "", "missing"),
        f"project:{project}:summary": ("Fünf Tage statt neun.", "", "missing"),
        f"event:{records['event'].public_id}:title": ("Fachmesse", "", "missing"),
        f"network:{records['network'].public_id}:name": ("Netz", "", "missing"),
        f"need:{records['need'].public_id}:title": ("Bedarf", "", "missing"),
        f"need:{records['need'].public_id}:text": ("Text", "", "missing"),
    }
    notes = [unit.note for unit in exported(cast.it_editor).units if "competences" in unit.id]
    assert notes == ["Organisation · Ährenwerk Software GmbH · Kompetenz: In eigenen Worten"]


def test_the_way_out_can_be_narrowed(cast: Cast) -> None:
    make_public(cast)
    found = texts(cast.umbrella_editor, "de", "en", ["organisation", "project"], cluster="ernaehrung")
    assert [text.source for text in found] == ["Backt Brot."]


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(de=st.text(min_size=1, max_size=80).filter(str.strip), en=st.text(max_size=80))
@example(de="%d", en="0")
@pytest.mark.parametrize("form", ["xliff", "xlsx"])
def test_a_round_trip_changes_nothing(cast: Cast, form: str, de: str, en: str) -> None:
    """Whatever the texts are: what went out and came back untouched is unchanged, text by text."""
    storable = (text.replace("\x00", "").encode("utf-8", "ignore").decode() for text in (de, en))
    Organisation.objects.filter(pk=cast.firm.pk).update(description=dict(zip(("de", "en"), storable, strict=True)))
    content, _type, _name = bundle_file(exported(cast.it_editor), form)
    back = read_translation(content)
    assert {line.outcome for line in plan(cast.it_editor, back)} <= {UNCHANGED}
    assert apply(cast.it_editor, back) == 0


def test_a_translation_is_written_and_both_are_current(cast: Cast) -> None:
    records = make_public(cast)
    bundle = translated(exported(cast.it_editor), {":title": "Mill", ":summary": "Five days, not nine."})
    kinds = [outcome for outcome, _reason in outcomes(cast.it_editor, bundle).values()]
    assert sorted(kinds) == sorted([UNCHANGED] * 4 + [NEW] * 4)
    assert apply(cast.it_editor, bundle) == 4
    project = Project.objects.get(pk=records["project"].pk)
    assert (project.title, project.summary["en"]) == ({"de": "Mühle", "en": "Mill"}, "Five days, not nine.")
    assert (project.behind, project.office_changed_at is None) == ({}, False)
    assert Delivery.objects.count() == 0
    entry = AuditEntry.objects.get(verb="translation.apply")
    assert (entry.actor, entry.details) == (cast.it_editor, {"source": "de", "target": "en", "texts": 4})
    changes = AuditEntry.objects.filter(verb="project.change", actor=cast.it_editor)
    assert [entry.details for entry in changes] == [{"fields": ["title", "summary"]}]


def test_every_kind_is_written_by_its_own_verb(cast: Cast) -> None:
    event: Any = make_public(cast)["event"]
    make_congress(cast, event)
    before = exported(cast.umbrella_editor)
    names = {"name": "A name", ":title": "A title", ":description": "What they do", ":call": "Come.", ":shows": "Mill"}
    assert {unit.id.partition(":")[0] for unit in before.units} == set(VERBS)
    assert apply(cast.umbrella_editor, translated(before, names)) == 13
    after = {unit.target for unit in exported(cast.umbrella_editor).units if unit.id.endswith((":name", ":title"))}
    assert after == {"A name", "A title"}
    kinds = {entry.verb for entry in AuditEntry.objects.filter(actor=cast.umbrella_editor)} - {"translation.apply"}
    assert kinds == {f"{kind}.change" for kind in VERBS}


def test_a_changed_translation_sets_the_source_not_back(cast: Cast) -> None:
    assert apply(cast.it_editor, translated(exported(cast.it_editor), {":description": "Mill software."})) == 1
    firm = Organisation.objects.get(pk=cast.firm.pk)
    assert (firm.description["en"], lacks_of(firm, "description")) == ("Mill software.", [])


def test_rows_below_a_record_keep_their_order(cast: Cast) -> None:
    rows = [
        Competence.objects.create(organisation=cast.firm, concept=c, wording={"de": str(n)}, position=n)
        for n, c in enumerate((cast.erp, cast.analytics, cast.control))
    ]
    bundle = translated(exported(cast.it_editor), {f"competences-{rows[1].pk}.wording": "one"})
    assert apply(cast.it_editor, bundle) == 1
    found = Competence.objects.filter(organisation=cast.firm).order_by("position")
    assert [(row.pk, row.wording.get("en")) for row in found] == [
        (rows[0].pk, None),
        (rows[1].pk, "one"),
        (rows[2].pk, None),
    ]


def unit_of(cast: Cast, name: str = "description", **values: str) -> TextUnit:
    return TextUnit(f"organisation:{cast.firm.public_id}:{name}", cast.firm.description["de"], **values)


@pytest.mark.parametrize(
    ("source", "target", "outcome", "reason"),
    [
        ("", "Changed.", CHANGED, ""),
        ("", "Builds  software\r\nfor mills. ", UNCHANGED, ""),
        ("", " ", UNCHANGED, "Die Datei hat keine Übersetzung dafür."),
        ("Ein älterer Text.", "Changed.", CONFLICT,
         "Der Text wurde nach der Ausgabe geändert. Die Übersetzung gehört zum älteren."),
        ("", "x" * 10_001, REFUSED, "Zu lang: 10001 Zeichen, möglich sind 10000."),
        ("", "New {0}", REFUSED, "In der Übersetzung fehlt ein Platzhalter oder eine Auszeichnung, oder es ist eine "
         "dazugekommen: {0}"),
        ("", "<b>New</b>", REFUSED, "In der Übersetzung fehlt ein Platzhalter oder eine Auszeichnung, oder es ist eine "
         "dazugekommen: </b> <b>"),
    ],
)  # fmt: skip
def test_each_text_is_judged(cast: Cast, source: str, target: str, outcome: Outcome, reason: str) -> None:
    unit = unit_of(cast, target=target)
    bundle = Bundle("de", "en", [unit._replace(source=source or unit.source)])
    found = outcomes(cast.it_editor, bundle)[unit.id]
    assert found == (outcome, reason)


def test_a_line_stays_a_line_and_a_text_comes_once(cast: Cast) -> None:
    line = TextUnit(f"cluster:{cast.it.public_id}:name", "IT-Cluster", "IT\ncluster two")
    found = plan(cast.it_editor, Bundle("de", "en", [line, line]))
    assert [(one.outcome, one.reason) for one in found] == [(REFUSED, LINES), (REFUSED, TWICE)]


@pytest.mark.parametrize(
    "key",
    [
        "organisation:{bakery}:description", "organisation:{hidden}:description", "organisation:{firm}:secret",
        "organisation:{firm}:name", "user:1:email", "region:{region}:name", "", "x",
        "organisation:{firm}:references-1.wording",
    ],
)  # fmt: skip
def test_what_is_unknown_or_somebody_elses_is_refused_alike(cast: Cast, key: str) -> None:
    """Tenancy: neither seen nor written, and the answer does not tell whether it is there."""
    Organisation.objects.filter(pk=cast.hidden.pk).update(description={"de": "Geheim"})
    names = {name: getattr(cast, name).public_id for name in ("bakery", "hidden", "firm", "region")}
    unit = TextUnit(key.format(**names), "Backt Brot.", "Bakes bread.")
    [line] = plan(cast.it_editor, Bundle("de", "en", [unit]))
    assert (line.outcome, line.reason) == (REFUSED, UNKNOWN)
    assert apply(cast.it_editor, Bundle("de", "en", [unit])) == 0
    assert Organisation.objects.get(pk=cast.bakery.pk).description == {"de": "Backt Brot."}


def test_control_its_own_editor_may(cast: Cast) -> None:
    unit = TextUnit(f"organisation:{cast.bakery.public_id}:description", "Backt Brot.", "Bakes bread.")
    assert apply(cast.food_editor, Bundle("de", "en", [unit])) == 1
    assert Organisation.objects.get(pk=cast.bakery.pk).description["en"] == "Bakes bread."
    assert [unit.id for unit in exported(cast.it_editor).units if cast.bakery.public_id in unit.id] == []


def test_a_conflict_is_left_out_unless_it_is_ticked(cast: Cast) -> None:
    bundle = Bundle("de", "en", [unit_of(cast, target="Changed.")._replace(source="Ein älterer Text.")])
    assert apply(cast.it_editor, bundle) == 0
    assert Organisation.objects.get(pk=cast.firm.pk).description == cast.firm.description
    assert apply(cast.it_editor, bundle, (bundle.units[0].id,)) == 1
    assert Organisation.objects.get(pk=cast.firm.pk).description["en"] == "Changed."


def test_a_right_that_ended_meanwhile_ends_the_import(cast: Cast) -> None:
    bundle = Bundle("de", "en", [unit_of(cast, target="Changed.")])
    delivery = take_delivery(user=cast.it_editor, file_name="x", bundle=bundle)
    cast.it_editor.roles.all().delete()
    user = User.objects.get(pk=cast.it_editor.pk)
    assert apply_delivery(delivery=delivery, conflicts=(), actor=user) == 0


def test_one_failure_takes_all_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_public(cast)
    bundle = translated(exported(cast.it_editor), {":title": "Mill", ":description": "Mill software."})

    def fail(**_given: Any) -> None:
        raise RuntimeError

    monkeypatch.setitem(VERBS, "need", fail)
    with pytest.raises(RuntimeError):
        apply(cast.it_editor, bundle)
    assert Organisation.objects.get(pk=cast.firm.pk).description == cast.firm.description


def test_the_other_direction(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(description={"en": "Builds software."})
    bundle = exported(cast.it_editor, "en", "de")
    assert [unit.state for unit in bundle.units if "description" in unit.id] == [Standing.MISSING]
    assert apply(cast.it_editor, translated(bundle, {":description": "Baut Software."})) == 1
    assert Organisation.objects.get(pk=cast.firm.pk).description["de"] == "Baut Software."
