"""What the office does in the browser."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mitwerk.imports.models import Import


def upload(browser: Client, content: bytes, cluster: Any, name: str = "liste.csv") -> Import:
    data = {"file": SimpleUploadedFile(name, content), "cluster": cluster.pk if cluster else ""}
    answer = browser.post(reverse("office_imports:import_new"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return Import.objects.order_by("-pk").first()


def columns(browser: Client, job: Import, **more: str) -> Any:
    given = {f"column_{at}": column for at, column in enumerate(job.columns)}
    given |= {"membership": "member", "legal_basis": "contract", "legal_note": "", **more}
    return browser.post(reverse("office_imports:import_columns", args=[job.public_id]), given)


def press(browser: Client, job: Import, what: str, **data: str) -> Import:
    assert browser.post(reverse(f"office_imports:import_{what}", args=[job.public_id]), data).status_code == 302
    job.refresh_from_db()
    return job
