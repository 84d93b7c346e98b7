"""One's own data: to read, to take along, to delete."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.privacy.actions import erase_user
from mitwerk.privacy.exports import as_json
from mitwerk.privacy.forms import DeleteForm
from mitwerk.privacy.queries import all_about, left_alone


def _user(request: HttpRequest) -> User:
    """Behind `login_required` it is one of ours."""
    return cast(User, request.user)


@require_safe
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is known of the user, to read."""
    return render(request, "privacy/my_data.html", {"sections": all_about(_user(request))})


@require_safe
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@never_cache
def my_data_file(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    user = _user(request)
    content = as_json(all_about(user))
    record_audit(verb="user.take_data", target=user, actor=user)
    headers = {"Content-Disposition": 'attachment; filename="mitwerk.json"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@never_cache
def account_delete(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays, and deletes the account once that was read."""
    user, refused = _user(request), ""
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_user(user=user)
        except Refused as why:
            refused = str(why)
        else:
            logout(request)
            messages.success(request, _("Your account is deleted. Thank you for having been here."))
            return redirect("clusters:region_home")
    context = {"form": form, "refused": refused, "left_alone": left_alone(user)}
    return render(request, "privacy/account_delete.html", context)
