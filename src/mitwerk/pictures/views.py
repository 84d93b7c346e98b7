"""Documents on their way out: saved, never shown, because what is in them was made elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from wagtail.documents.models import Document
from wagtail.documents.views.serve import serve

POLICY = "default-src 'none'; sandbox"


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
    return f"{words or 'mitwerk'}.{ending}"
