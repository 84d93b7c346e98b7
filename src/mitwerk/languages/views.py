"""The office's language desk: the table, the way out to translators and the way back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from mitwerk.algorithms.text_units import Bundle
from mitwerk.clusters.rules import is_editor
from mitwerk.core.listing import page_of
from mitwerk.core.models import Standing
from mitwerk.core.wording import codes
from mitwerk.languages.actions import apply_delivery, take_delivery
from mitwerk.languages.exports import bundle_file, names_of, table_file, table_rows
from mitwerk.languages.forms import ExportForm, TableForm, UploadForm
from mitwerk.languages.models import Delivery
from mitwerk.languages.queries.kinds import ORDER
from mitwerk.languages.queries.plan import Outcome, plan
from mitwerk.languages.queries.table import Filters, all_clusters, entries
from mitwerk.languages.queries.texts import texts

PER_PAGE, SHOWN = 50, 500
ATTENTION = (Outcome.CONFLICT, Outcome.REFUSED, Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)
"""In which order somebody should look at what a file would do."""


def _only_editors(request: HttpRequest) -> Any:
    if not is_editor(request.user):
        raise PermissionDenied
    return request.user


@require_safe
def language_list(request: HttpRequest) -> HttpResponse:
    """Every public object of the user's and how it stands in each language; as a file with `export=csv` or `xlsx`."""
    user = _only_editors(request)
    form = TableForm(request.GET, user=user)
    form.is_valid()
    clusters = all_clusters()
    found = entries(user, Filters(**form.cleaned_data), clusters)
    if (export := request.GET.get("export")) in {"csv", "xlsx"}:
        content, content_type = table_file(table_rows(found, clusters), str(export))
        return _download(content, content_type, f"mitwerk-languages.{export}")
    page = page_of(found, request.GET.get("p"), PER_PAGE)
    context = {
        "form": form,
        "page": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "rows": [(entry, [(c, entry.standing[c]) for c in codes()], names_of(entry, clusters)) for entry in page],
        "query": request.GET.urlencode(),
    }
    return render(request, "languages/language_list.html", context)


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_safe
def text_export(request: HttpRequest) -> HttpResponse:
    """What to translate, and the file with it."""
    user = _only_editors(request)
    defaults = {"source": "de", "target": "en", "kinds": list(ORDER), "only_lacking": True, "form": "xliff"}
    form = ExportForm(request.GET if "form" in request.GET else None, user=user, initial=defaults)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        found = texts(user, asked["source"], asked["target"], asked["kinds"], asked["cluster"])
        lacking = (text for text in found if not asked["only_lacking"] or text.standing is not Standing.CURRENT)
        units = [text.unit for text in lacking]
        if units:
            return _download(*bundle_file(Bundle(asked["source"], asked["target"], units), asked["form"]))
        messages.info(request, _("There is nothing to translate in this choice."))
    return render(request, "languages/text_export.html", {"form": form})


def text_import(request: HttpRequest) -> HttpResponse:
    """Upload a translation. Nothing is changed before somebody has seen what would be."""
    user = _only_editors(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            delivery = take_delivery(user=user, file_name=data["file"].name, bundle=data["bundle"])
            return redirect("languages:delivery_detail", delivery.public_id)
    return render(request, "languages/text_import.html", {"form": form})


@require_safe
def delivery_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the translation would change, text by text; what asks for attention first."""
    user = _only_editors(request)
    delivery = get_object_or_404(Delivery, public_id=public_id, user=user)
    lines = plan(user, delivery.bundle)
    counts = [(outcome, sum(line.outcome is outcome for line in lines)) for outcome in ATTENTION]
    shown = sorted(lines, key=lambda line: ATTENTION.index(line.outcome))[:SHOWN]
    context = {
        "delivery": delivery,
        "lines": shown,
        "counts": counts,
        "left": len(lines) - len(shown),
        "is_useful": any(line.is_applied or line.outcome is Outcome.CONFLICT for line in lines),
    }
    return render(request, "languages/delivery_detail.html", context)


@require_POST
def delivery_apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write it."""
    user = _only_editors(request)
    delivery = get_object_or_404(Delivery, public_id=public_id, user=user)
    try:
        count = apply_delivery(delivery=delivery, conflicts=request.POST.getlist("conflict"), actor=user)
    except ValidationError as error:
        messages.error(request, _("Nothing was changed: %(reason)s") % {"reason": " ".join(error.messages)})
        return redirect("languages:delivery_detail", public_id)
    told = ngettext("%(count)s text was taken over.", "%(count)s texts were taken over.", count)
    messages.success(request, told % {"count": count})
    return redirect("languages:language_list")
