"""Files and rows that cannot be used: a clear sentence, and a database that is as before."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.operations.region import reading
from mitwerk.operations.region.folder import COMPANIONS
from mitwerk.operations.tests.small_region import FILES, Load, organisation, write_small_region
from mitwerk.places.models import State
from mitwerk.vocabularies.models import Vocabulary

pytestmark = pytest.mark.django_db

GOOD = json.dumps(FILES["organisations.json"])
BROKEN = {
    "missing": (None, "there is no such file"),
    "not UTF-8": ("ä".encode("latin-1"), "it is not UTF-8 (byte 0)"),
    "truncated": (GOOD[:200].encode(), "it is not complete JSON"),
    "empty": (b"", "it is not complete JSON"),
    "an object": (b"{}", "it must be a list of rows"),
    "unknown columns": (GOOD.replace('"town"', '"city"').encode(), "unknown columns: city"),
    "a name twice": (b'[{"id": "a", "id": "b"}]', "it cannot be read as JSON (a name is there twice"),
    "NaN": (b'[{"id": NaN}]', "it cannot be read as JSON (NaN is not a number"),
    "too deep": (b"[" * 100_000, "it cannot be read as JSON"),
    "a number of 5,000 digits": (b"[" + b"9" * 5000 + b"]", "it cannot be read as JSON"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_leaves_the_database_as_it_was(kind: str, small: Path, load: Load) -> None:
    content, reason = BROKEN[kind]
    file = small / "organisations.json"
    file.write_bytes(content) if content is not None else file.unlink()
    with pytest.raises(CommandError) as refused:
        load(small)
    assert str(refused.value).startswith(f"organisations.json: {reason}")
    assert str(refused.value).endswith("Nothing was loaded.")
    assert [model.objects.count() for model in (State, Vocabulary, Cluster, Organisation)] == [0, 0, 0, 0]


def test_a_good_file_loads(small: Path, load: Load) -> None:
    """The control of the table above: the same folder without the fault."""
    load(small)
    assert [model.objects.count() for model in (State, Vocabulary, Cluster, Organisation)] == [2, 5, 2, 2]


def test_a_huge_file_is_not_read(small: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    with (small / "news.json").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(CommandError, match=r"^news\.json: it has more than 20 MB"):
        load(small)
    monkeypatch.setattr(reading, "LIMIT", 300 * 1024 * 1024)
    with pytest.raises(CommandError, match=r"^news\.json: it is not complete JSON"):
        load(small)


def test_a_folder_that_is_not_there(small: Path, load: Load) -> None:
    with pytest.raises(CommandError, match="there is no such folder"):
        load(small / "nowhere")


def test_a_file_in_the_place_of_a_folder_and_the_other_way_round(small: Path, load: Load) -> None:
    with pytest.raises(CommandError, match="there is no such folder"):
        load(small / "news.json")
    (small / "news.json").unlink()
    (small / "news.json").mkdir()
    with pytest.raises(CommandError, match="this is not a file"):
        load(small)


def test_broken_shared_files_are_told_too(small: Path, load: Load) -> None:
    shared = small.parent
    for name, content, reason in [
        ("vocabularies/wz2008.ttl", "no turtle", "wz2008.ttl: it cannot be read as Turtle"),
        ("geo/plz_central_germany.csv", 'a,b\n"', "plz_central_germany.csv: it cannot be read as csv"),
        ("geo/plz_central_germany.csv", "a,b\n1,2\n", "plz_central_germany.csv: unknown columns: a, b"),
        ("geo/de_laender.geojson", "[]", "de_laender.geojson: it must be a GeoJSON FeatureCollection"),
    ]:
        write_small_region(shared.parent)
        (shared / name).write_text(content)
        with pytest.raises(CommandError) as refused:
            load(small)
        assert str(refused.value).startswith(reason)
    assert State.objects.count() == 0


def row(**changes: Any) -> dict[str, Any]:
    return {**organisation("gamma", "Gamma GmbH"), **changes}


def test_a_refused_row_is_named_and_the_good_ones_load(small: Path, load: Load) -> None:
    write_small_region(small.parent.parent, organisations=lambda rows: rows.append(row(founded="1999")))
    report = load(small)
    assert report["total"]["refused"] == 1
    assert [refusal for file in report["files"] for refusal in file["refused"]] == [
        {
            "file": "organisations.json",
            "row": 3,
            "field": "founded",
            "reason": "must be a whole number",
            "id": "gamma",
        }
    ]
    assert Organisation.objects.count() == 2


def test_what_only_the_database_knows_is_refused_too(small: Path, load: Load) -> None:
    """A slug reserved for the house is a fault no column shows; a taken one is found by the unique index."""
    Cluster.objects.create(slug="it", name={"de": "Ein anderer"})
    report = load(small)
    refused = [(r["file"], r["field"]) for file in report["files"] for r in file["refused"]]
    assert ("clusters.json", "–") not in refused
    assert Cluster.objects.get(source_id="it").slug == "it-2"


def test_strict_loads_nothing_when_a_row_is_refused(small: Path, load: Load) -> None:
    write_small_region(small.parent.parent, organisations=lambda rows: rows.append(row(name=7)))
    with pytest.raises(CommandError, match="Nothing was loaded: 1 rows were refused"):
        load(small, "--strict")
    assert [model.objects.count() for model in (State, Vocabulary, Cluster, Organisation)] == [0, 0, 0, 0]
    load(small)  # the control: without --strict the good rows load
    assert Organisation.objects.count() == 2


def test_strict_takes_back_what_the_database_refuses_late(small: Path, load: Load) -> None:
    spoilt = {"id": "need", "slug": "suche"}
    write_small_region(small.parent.parent, cluster_slugs=lambda rows: rows[1].update(slug=spoilt["slug"]))
    with pytest.raises(CommandError, match="were refused"):
        load(small, "--strict")
    assert [model.objects.count() for model in (State, Vocabulary, Cluster, Organisation)] == [0, 0, 0, 0]
    report = load(small)
    refused = {(r["file"], r["field"]) for file in report["files"] for r in file["refused"]}
    assert ("clusters.json", "slug") in refused


def test_strict_loads_a_good_folder(small: Path, load: Load) -> None:
    assert load(small, "--strict")["is_written"] is True
    assert Organisation.objects.count() == 2


def test_a_folder_without_companions_borrows_what_fits(small: Path, load: Load, tmp_path: Path) -> None:
    other = tmp_path / "other"
    small.rename(other)
    write_small_region(tmp_path, organisations=lambda rows: rows[:1])
    for name in COMPANIONS:
        (other / name).unlink()
    report = load(other)
    assert report["total"]["refused"] == 0
    assert Cluster.objects.get(source_id="it").accent == "#1d4e9e"


def test_progress_and_the_last_line_are_for_people(small: Path) -> None:
    for expected in (
        "organisations.json: 2 new, 0 changed, 0 unchanged",
        "organisations.json: 0 new, 0 changed, 2 unchanged",
    ):
        out = StringIO()
        call_command("load_region", str(small), stdout=out)
        assert expected in out.getvalue().splitlines()
    assert out.getvalue().splitlines()[-1].startswith("0 new, 0 changed, ")


@pytest.mark.parametrize("command", ["load_region", "load_research"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command(command, "--help")
    assert f"python manage.py {command} regions/" in capsys.readouterr().out
