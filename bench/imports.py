"""An import of a messy workbook: `python bench/imports.py --rows 50000 --organisations 10000`.

In an installation of its own, on SQLite or on what DATABASE_URL names. Prints seconds, rows per second and the peak of
memory of each step; the reading process is told apart (it, or the one that made the file). Nothing is asserted.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--organisations", type=int, default=10_000, help="how many are in the directory before")
    parser.add_argument("--undo", action="store_true", help="take the import back at the end")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    given = arguments()
    if given.inside:
        inside(given)
        return
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ, "MITWERK_DATA": folder, "PYTHONPATH": str(ROOT / "src"), "EMAIL_URL": f"filemail://{folder}/mail",
            "DJANGO_SETTINGS_MODULE": "mitwerk.config.settings.production", "BASE_URL": "http://127.0.0.1:8000",
        }  # fmt: skip
        for words in (
            ["manage.py", "migrate", "--verbosity=0"],
            ["manage.py", "createcachetable"],
            ["manage.py", "load_region", "--verbosity=0", "regions/mitteldeutschland"],
            ["bench/organisations.py", str(given.organisations)],
            ["bench/imports.py", "--inside", *sys.argv[1:]],
        ):
            subprocess.run([sys.executable, *words], cwd=ROOT, env=env, check=True)


def inside(given: argparse.Namespace) -> None:
    """Each step as the worker does it."""
    import django

    django.setup()
    from django_scopes import scope

    from mitwerk.accounts.actions import create_user
    from mitwerk.clusters.queries import clusters
    from mitwerk.imports.actions import starting, working
    from mitwerk.imports.models import Import

    with ProcessPoolExecutor(1) as aside:  # what it takes to make the file is not what is measured
        content = aside.submit(made_up_file, given.rows).result()
    print(f"{given.rows:,} rows, {len(content) / 1e6:.1f} MB, into a directory of {given.organisations:,}", flush=True)
    user = create_user(email="bench@example.org", password=None, name="B", is_superuser=True)
    with scope(cluster=None):
        job = starting.take_file(
            user=user, cluster=clusters().first(), file_name="b.xlsx", kind="xlsx", content=content
        )
        del content
        print(f"{'before':10} {_peak()} MB at most")
        step(job, "read", working)
        starting.set_columns(
            job=job, columns=job.columns, membership="member", legal_basis="contract", legal_note="", actor=user
        )
        step(job, "compare", working)
        starting.decide_all(job=job, decision="new", actor=user)
        starting.start(job=job, actor=user)
        step(job, "write", working)
        if given.undo:
            starting.undo(job=Import.objects.get(pk=job.pk), actor=user)
            step(job, "undo", working)


def made_up_file(rows: int) -> bytes:
    from mitwerk.algorithms.tests.sheet_files import messy_rows, xlsx_file

    return xlsx_file(messy_rows(rows))


def step(job: object, name: str, working: object) -> None:
    begun, started = datetime.now(UTC), time.monotonic()
    working.go_on(job.pk)
    seconds = time.monotonic() - started
    job.refresh_from_db()
    if name == "write" and job.done_at:
        alone = (job.done_at - begun).total_seconds()
        print(f"{'':10} {alone:7.1f} s of it until all is written, the rest until the search knows it", flush=True)
    print(f"{name:10} {seconds:7.1f} s {job.total / seconds:9,.0f} rows/s, {_peak()} MB at most, the reader "
          f"{_peak(resource.RUSAGE_CHILDREN)} MB → {job.state} {job.problem} {job.counts}", flush=True)  # fmt: skip


def _peak(who: int = resource.RUSAGE_SELF) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


if __name__ == "__main__":
    main()
