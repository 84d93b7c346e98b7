"""Documents on their way out: saved, never shown, because what is in them was made elsewhere."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from wagtail.documents.models import Document
from wagtail.documents.views.serve import serve

POLICY = "default-src 'none'; sandbox"
DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(1, 10))}
"""Names that Windows takes for something else than a file."""


def document(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """As a file under its title (RFC 6266), and without any right in case a browser opens it all the same."""
    answer: HttpResponse = serve(request, number, name)
    if answer.has_header("Content-Disposition"):
        title = Document.objects.values_list("title", flat=True).get(pk=number)
        answer["Content-Disposition"] = content_disposition_header(True, file_name(title, name))
        answer["Content-Security-Policy"] = POLICY
    return answer


def file_name(title: str, stored: str) -> str:
    """The title with the ending of the file; nothing that means something to a file system."""
    plain = "".join(c if c.isalnum() or c in " -_.," else " " for c in title)
    ending = stored.rpartition(".")[2]
    words = " ".join(plain.removesuffix(f".{ending}").split()).strip(". ")[:100]
    if words.split(".")[0].strip().lower() in DEVICES:
        words = f"_{words}"
    return f"{words or 'mitwerk'}.{ending}"


def hand_out(file: Any, name: str) -> FileResponse:
    """A private file (`core.files`), to be saved and never shown; the caller has asked who wants it."""
    if not file.storage.exists(file.name):
        raise Http404
    answer = FileResponse(
        file.open("rb"), as_attachment=True, filename=file_name(name, file.name),
        content_type="application/octet-stream",
    )  # fmt: skip
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    return answer
