"""What a sitting is to decide about a project, worded by whoever leads the body."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mitwerk.core.changes import Refused
from mitwerk.projects.actions import word_decision
from mitwerk.projects.forms import WordingForm
from mitwerk.projects.queries.agendas import wordable_items
from mitwerk.projects.queries.pipeline import history_of, rooms_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision_word(request: HttpRequest, slug: str, item_id: str) -> HttpResponse:
    """The motion of an agenda item; what is carried happens to the project by itself."""
    project = get_object_or_404(rooms_of(request.user), slug=slug)
    item = wordable_items(request.user, project).filter(public_id=item_id).first()
    if item is None:
        raise Http404
    form = WordingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            word_decision(item=item, project=project, values=form.cleaned_data, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The motion is worded. It can still be amended under its item."))
            return redirect("governance:sitting_detail", slug=item.sitting.body.slug, public_id=item.sitting.public_id)
    context = {
        "title": project.title,
        "project": project,
        "form": form,
        "item": item,
        "sought": list(project.seeks.prefetch_related("labels")),
        "history": history_of(project),
    }
    return render(request, "projects/project_decide.html", context)
