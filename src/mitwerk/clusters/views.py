"""Home pages, and the forms that reach the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.views import serve

from mitwerk.clusters.actions import send_message
from mitwerk.clusters.exports import inside, way_to
from mitwerk.clusters.forms import ContactForm, MembershipForm
from mitwerk.clusters.models import Message
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.listing import clean_query
from mitwerk.core.public_forms import is_accepted


def home(request: HttpRequest) -> HttpResponse:
    """The editors' home page of the region or the cluster; named here so that every floor can link to it."""
    return serve(request, request.path_info.split("/", 2)[2])


def contact(request: HttpRequest) -> HttpResponse:
    """Write to the office; `?about=` fills in what it is about."""
    about = clean_query(request.GET.get("about", ""))[:200]
    form = ContactForm(request.POST if request.method == "POST" else None, initial={"subject": about})
    return _answer(request, form, Message.Kind.CONTACT, "clusters/contact.html", _("Contact"))


def membership(request: HttpRequest) -> HttpResponse:
    """Join the cluster, or the umbrella body where no cluster is being read."""
    form = MembershipForm(request.POST if request.method == "POST" else None)
    return _answer(request, form, Message.Kind.MEMBERSHIP, "clusters/membership.html", _("Become a member"))


def _answer(request: HttpRequest, form: ContactForm, kind: Message.Kind, template: str, title: str) -> HttpResponse:
    sent = reverse("clusters:message_sent", kwargs=inside(request.cluster))
    if request.method == "POST":
        if form.is_from_a_machine():
            return redirect(sent)
        if is_accepted(request, form, f"message.{kind}"):
            send_message(cluster=request.cluster, kind=kind, **form.message())
            return redirect(sent)
    crumbs = way_to(request.region, request.cluster, (title, ""))
    return render(request, template, {"title": title, "form": form, "crumbs": crumbs, "jsonld": [breadcrumbs(crumbs)]})


def message_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "clusters/message_sent.html", {"title": _("Thank you")})
