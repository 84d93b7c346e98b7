"""The imprint's form, clusters with the pages they need, and a page beside its twin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.viewsets.model import ModelViewSet

from mitwerk.clusters import office as clusters_office
from mitwerk.pages.actions import change_cluster_and_pages, confirm_page
from mitwerk.pages.models import Operator
from mitwerk.pages.queries.twins import changed_words, editable_pages, pair_of


class ClusterOffice(clusters_office.ClusterOffice):
    """A cluster made here has its homes at once."""

    save_verb = change_cluster_and_pages


class OperatorViewSet(ModelViewSet):
    """Who runs this installation: one row, made with the pages, changed here."""

    model = Operator
    icon = "user"
    menu_label = _("Imprint")
    menu_order = 850
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    exclude_form_fields: tuple[Any, ...] = ("only",)
    list_display = ("name", "town", "email")


operator_viewset = OperatorViewSet("operator")


@require_safe
def page_twin(request: HttpRequest, pk: int) -> HttpResponse:
    """What the twin of a page changed since the page was last right, and the button that says it still is."""
    page = get_object_or_404(editable_pages(request.user), pk=pk).specific
    pair = pair_of(page)
    fields = [
        (capfirst(page._meta.get_field(name).verbose_name), parts)
        for name, parts in changed_words(pair, page.locale.language_code)
        if any(field.name == name for field in page._meta.fields)
    ]
    twins = [twin for twin in pair.pages.values() if twin.pk != page.pk]
    context = {"page": page, "twins": twins, "fields": fields, "since": pair.since(page.locale.language_code)}
    return render(request, "pages/office/page_twin.html", context)


@require_POST
def page_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has read both."""
    page = get_object_or_404(editable_pages(request.user), pk=pk)
    confirm_page(page=page, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Noted: this language is up to date."))
    return redirect("wagtailadmin_pages:edit", page.pk)
