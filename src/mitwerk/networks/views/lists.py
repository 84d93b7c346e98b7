"""A network's own list: uploaded, understood, set right, kept. Its coordinators see it, and nobody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.changes import Refused
from mitwerk.core.listing import page_of
from mitwerk.core.public_forms import is_allowed
from mitwerk.networks.actions.lists import (
    change_row,
    discard_list,
    keep_list,
    remove_row,
    set_list_columns,
    take_list,
)
from mitwerk.networks.forms.lists import ListColumnsForm, ListForm, ListRowForm
from mitwerk.networks.models import ListRow, Network, PeopleList
from mitwerk.networks.queries.lists import coordinated_network, kept_rows, open_lists, row_numbers

PER_PAGE, LISTS_PER_HOUR = 50, 20


def mine(request: HttpRequest, slug: str) -> Network:
    """A network that the user coordinates; everything else is missing."""
    network = coordinated_network(request.user, slug)
    if network is None:
        raise Http404
    return network


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_home(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows that wait to be invited, the lists that are not yet kept, and the form for one more."""
    network = mine(request, slug)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    status = 200
    if request.method == "POST" and form.is_valid():
        if not is_allowed(request, "networks.list", LISTS_PER_HOUR):
            form.add_error(None, _("That were many lists within an hour. Go on later."))
            status = 429
        else:
            data = form.cleaned_data
            given = {"file_name": data["file"].name, "kind": data["kind"], "content": data["content"]}
            try:
                made = take_list(network=network, actor=request.user, **given)
            except Refused as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("networks:list_detail", slug, made.public_id)
    rows = kept_rows(network)
    context = {
        "title": _("List"),
        "network": network,
        "form": form,
        "lists": open_lists(network)[:PER_PAGE],
        "page": page_of(rows, request.GET.get("page"), PER_PAGE),
        "numbers": row_numbers(rows),
    }
    return render(request, "networks/list_home.html", context, status=status)


def _open_list(request: HttpRequest, slug: str, public_id: str) -> PeopleList:
    return get_object_or_404(open_lists(mine(request, slug)), public_id=public_id)


@login_required
@never_cache
@require_safe
def list_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What was understood of a list, those rows first that must be looked at."""
    found = _open_list(request, slug, public_id)
    rows = found.rows.order_by("-problem", "number", "pk")
    context = {
        "title": _("What was understood"),
        "network": found.network,
        "list": found,
        "form": ListColumnsForm(people_list=found),
        "page": page_of(rows, request.GET.get("page"), PER_PAGE),
        "numbers": row_numbers(rows),
    }
    return render(request, "networks/list_detail.html", context)


@login_required
@require_POST
def list_columns(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Say what the columns hold, and read the rows anew."""
    found = _open_list(request, slug, public_id)
    form = ListColumnsForm(request.POST, people_list=found)
    if form.is_valid():
        try:
            set_list_columns(people_list=found, columns=form.columns, actor=request.user)
            messages.success(request, _("The rows were read anew."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("networks:list_detail", slug, public_id)


@login_required
@require_POST
def list_keep(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The rows are right; nobody gets a mail by this."""
    keep_list(people_list=_open_list(request, slug, public_id), actor=request.user)
    messages.success(request, _("The rows are kept. Nobody has been written to."))
    return redirect("networks:list_home", slug)


@login_required
@require_POST
def list_discard(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    discard_list(people_list=_open_list(request, slug, public_id), actor=request.user)
    messages.success(request, _("The list is deleted."))
    return redirect("networks:list_home", slug)


def _row(request: HttpRequest, slug: str, public_id: str) -> ListRow:
    """Once it is in a wave, only its person answers."""
    rows = ListRow.objects.select_related("network", "source").filter(network=mine(request, slug), wave=None)
    return get_object_or_404(rows, public_id=public_id)


def _back(row: ListRow) -> HttpResponse:
    slug = row.network.slug
    if row.source.kept_at:
        return redirect("networks:list_home", slug)
    return redirect("networks:list_detail", slug, row.source.public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row_change(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Set one row right."""
    row = _row(request, slug, public_id)
    form = ListRowForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        changed = change_row(row=row, values=form.cleaned_data, actor=request.user)
        told = changed.get_problem_display() if changed.problem else _("The row is changed.")
        messages.add_message(request, messages.WARNING if changed.problem else messages.SUCCESS, told)
        return _back(row)
    context = {"title": _("Row %(number)s") % {"number": row.number}, "network": row.network, "row": row, "form": form}
    return render(request, "networks/row_change.html", context)


@login_required
@require_POST
def row_remove(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    row = _row(request, slug, public_id)
    remove_row(row=row, actor=request.user)
    messages.success(request, _("The row is deleted."))
    return _back(row)
