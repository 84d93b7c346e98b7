"""What a guest types: to register, and to change it later."""

import re
import secrets
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.validators import validate_email
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from mitwerk.algorithms.invoices.formats import money
from mitwerk.core.public_forms import PublicForm, one_line
from mitwerk.registrations.actions.registering import MOST_GUESTS, Bill, Guest, Order
from mitwerk.registrations.models import COUNTRIES, Admission, Question, TicketKind
from mitwerk.registrations.queries import (
    code_of,
    congresses_without,
    is_full,
    is_member,
    organisation_named,
    run_admissions,
)

KEY = re.compile(r"[\w-]{20,64}", re.ASCII)
LONG = 2000
NAMED = re.compile(r"(?P<name>[^<>,;\t]+)[,;<\t][\s<]*(?P<email>[^\s<>,;@]+@[^\s<>,;@]+)\s*>?")
LONGEST_LINE = 500
"""“Anna Weber, anna@example.org”, or with the address in pointed brackets."""


ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


def is_a_name(text: str) -> None:
    """It begins a mail to somebody whose address anybody may have typed, so it must not carry advertising."""
    one_line(text)
    if ADDRESS.search(text):
        raise forms.ValidationError(_("A name holds no address of a page or of a mailbox."))


class NamesInput(forms.TextInput):
    """A text with suggestions the browser knows by itself (`datalist`)."""

    template_name = "registrations/_names_input.html"
    names: Iterable[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-names"
        return {**context, "names": self.names}


def add_questions(form: forms.Form, admission: Admission) -> None:
    """A field for each question, called by its public id."""
    for question in admission.questions.all():
        form.fields[f"q_{question.public_id}"] = _field(question)


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": str(question), "required": question.is_needed}
    if question.kind == Question.Kind.TICK:
        return forms.BooleanField(**common)
    if question.kind == Question.Kind.CHOICE:
        return forms.ChoiceField(choices=[("", "---------"), *((one, one) for one in question.choices)], **common)
    if question.kind == Question.Kind.TEXT:
        return forms.CharField(max_length=LONG, widget=forms.Textarea({"rows": 3}), **common)
    return forms.CharField(max_length=200, validators=[one_line], **common)


def answers_of(data: dict[str, Any]) -> dict[str, str]:
    """Public id of a question to the answer in words; what was left empty is left out."""
    given = {name[2:]: value for name, value in data.items() if name.startswith("q_") and value}
    return {key: _("yes") if value is True else str(value) for key, value in given.items()}


class NeedsForm(forms.Form):
    """What is deleted a week after the congress."""

    diet = forms.CharField(
        label=gettext_lazy("What you do not eat"), max_length=500, required=False,
        help_text=gettext_lazy("Only if you want to. A week after the congress it is deleted."),
    )  # fmt: skip
    access_needs = forms.CharField(
        label=gettext_lazy("What you need to take part"), max_length=500, required=False,
        help_text=gettext_lazy("A place for a wheelchair, sign language, a hearing loop … deleted as well."),
    )  # fmt: skip


class RegisterForm(NeedsForm, PublicForm):
    """A guest, alone or with colleagues. What it says of an address is the same whether it is registered or not."""

    key = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Ticket"), widget=forms.RadioSelect)
    code = forms.CharField(
        label=gettext_lazy("Access code"), max_length=40, required=False,
        help_text=gettext_lazy("Only for tickets that need one."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, validators=[is_a_name],
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("Your ticket goes there."),
    )  # fmt: skip
    organisation_name = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=250, required=False, validators=[one_line], widget=NamesInput,
        help_text=gettext_lazy("As it stands in the directory, any other, or none."),
    )  # fmt: skip
    guest_of = forms.CharField(
        label=gettext_lazy("Guest of which cluster"), max_length=200, required=False, validators=[one_line],
        help_text=gettext_lazy("Only for tickets for guests of a partner cluster."),
    )  # fmt: skip
    colleagues = forms.CharField(
        label=gettext_lazy("Whom you register besides"), required=False, max_length=6000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("One per line: name, e-mail address. Each gets a mail with a link of their own."),
    )  # fmt: skip
    bill_name = forms.CharField(label=gettext_lazy("Invoice to"), max_length=250, required=False)
    bill_street = forms.CharField(label=gettext_lazy("Street and number"), max_length=200, required=False)
    bill_postcode = forms.CharField(label=gettext_lazy("Postal code"), max_length=20, required=False)
    bill_city = forms.CharField(label=gettext_lazy("Town"), max_length=120, required=False)
    bill_country = forms.ChoiceField(label=gettext_lazy("Country"), choices=COUNTRIES, required=False)
    bill_vat_id = forms.RegexField(
        r"(?i)^[a-z]{2}[a-z0-9]{2,16}$", label=gettext_lazy("VAT id"), max_length=18, required=False
    )
    bill_reference = forms.CharField(label=gettext_lazy("Your reference"), max_length=100, required=False)

    def __init__(self, *args: Any, admission: Admission, kinds: list[Any], names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.admission, self.kinds = admission, {kind.public_id: kind for kind in kinds}
        fields: Any = self.fields
        fields["kind"].choices = [(kind.public_id, kind_label(kind)) for kind in kinds]
        fields["kind"].initial = kinds[0].public_id if len(kinds) == 1 else None
        fields["key"].initial = secrets.token_urlsafe(24)
        fields["organisation_name"].widget.names = names
        self._leave_out(kinds)
        for name in BILL:
            if name in fields:
                fields[name].validators.append(one_line)
        add_questions(self, admission)

    def _leave_out(self, kinds: list[Any]) -> None:
        """What no kind of ticket needs is not asked."""
        unneeded = {
            "code": not any(kind.needs_code for kind in kinds),
            "guest_of": not any(kind.price_class == TicketKind.Price.PARTNER for kind in kinds),
            **dict.fromkeys(BILL, not any(kind.price for kind in kinds)),
        }
        for name, is_unneeded in unneeded.items():
            if is_unneeded:
                del self.fields[name]

    def sections(self) -> list[tuple[str, list[Any]]]:
        """Fields under their headings, in the order of the page."""
        names = [name for name in self.fields if name.startswith("q_")]
        parts = (
            (_("Ticket"), ["kind", "code"]),
            (_("You"), ["name", "email", "organisation_name", "guest_of", *names, "diet", "access_needs"]),
            (_("Colleagues"), ["colleagues"]),
            (_("Invoice for a ticket that costs something"), BILL),
        )
        found = [(title, [self[name] for name in part if name in self.fields]) for title, part in parts]
        return [(title, fields) for title, fields in found if fields]

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if not KEY.fullmatch(key):
            self.add_error(None, _("Please load the page anew."))
        return key

    def clean_colleagues(self) -> list[Guest]:
        found = [_colleague(line) for line in self.cleaned_data["colleagues"].splitlines() if line.strip()]
        if len(found) >= MOST_GUESTS:
            most = MOST_GUESTS - 1
            told = ngettext("%(most)d colleague at most, please.", "%(most)d colleagues at most, please.", most)
            raise forms.ValidationError(told % {"most": most})
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind = self.kinds.get(data.get("kind", ""))
        self._check_addresses(data)
        if kind is not None:
            self._check_kind(kind, data)
        return data

    def _check_addresses(self, data: dict[str, Any]) -> None:
        addresses = [guest.email.lower() for guest in data.get("colleagues") or []]
        if len({*addresses, str(data.get("email", "")).lower()}) <= len(addresses):
            self.add_error("colleagues", _("Each address once, please, and not your own."))

    def _check_kind(self, kind: Any, data: dict[str, Any]) -> None:
        organisation = data.get("organisation_name") or ""
        if kind.needs_code and not code_of(self.admission, kind, data.get("code") or ""):
            self.add_error("code", _("This ticket needs an access code, and this one is not good for it."))
        if kind.price_class == TicketKind.Price.PARTNER and not data.get("guest_of"):
            self.add_error("guest_of", _("Please name the cluster whose guest you are."))
        is_for_members = kind.price_class == TicketKind.Price.MEMBER
        if is_for_members and not is_member(organisation_named(organisation), self.admission):
            told = _("This ticket is for members. Please name the member organisation as the directory does.")
            self.add_error("organisation_name", told)
        for name in BILL_NEEDED if kind.price else ():
            if not data.get(name):
                self.add_error(name, _("The invoice needs this."))

    def order(self, language: str) -> Order:
        data = self.cleaned_data
        kind = self.kinds[data["kind"]]
        bill = {name: data.get(name) or "" for name in BILL} if kind.price else {}
        if bill:
            bill |= {"bill_country": bill["bill_country"] or "DE", "bill_vat_id": bill["bill_vat_id"].upper()}
        return Order(
            key=data["key"], kind=kind, language=language, organisation_name=data["organisation_name"],
            guest_of=data.get("guest_of") or "", code=data.get("code") or "", bill=Bill(**bill),
        )  # fmt: skip

    def guests(self) -> list[Guest]:
        data = self.cleaned_data
        needs = {name: data[name] for name in ("diet", "access_needs")}
        return [Guest(data["name"], data["email"], answers=answers_of(data), **needs), *data["colleagues"]]


BILL = [
    "bill_name", "bill_street", "bill_postcode", "bill_city", "bill_country", "bill_vat_id", "bill_reference",
]  # fmt: skip
BILL_NEEDED = ("bill_name", "bill_street", "bill_postcode", "bill_city")


def _colleague(line: str) -> Guest:
    found = NAMED.fullmatch(line.strip()) if len(line) <= LONGEST_LINE else None
    if not found or not found["name"].strip():
        raise forms.ValidationError(_("We cannot read this line: %(line)s"), params={"line": line.strip()[:80]})
    name, email = found["name"].strip()[:200], found["email"]
    is_a_name(name)
    validate_email(email)
    return Guest(name, email)


def kind_label(kind: Any) -> str:
    """What the ticket is, what it costs, and what has to be known before one chooses it."""
    parts = [str(kind)]
    if kind.price:
        price = {"price": money(kind.price, _language()), "rate": kind.get_vat_display()}
        parts.append(_("%(price)s net, %(rate)s VAT") % price if kind.vat else _("%(price)s, no VAT") % price)
    if kind.price_class in (TicketKind.Price.MEMBER, TicketKind.Price.PARTNER):
        parts.append(str(kind.get_price_class_display()))
    if kind.needs_code:
        parts.append(_("with an access code"))
    if kind.needs_approval:
        parts.append(_("the office decides who comes"))
    elif is_full(kind):
        parts.append(_("booked out: waiting list"))
    return " · ".join(parts)


def _language() -> str:
    """One of the two that amounts are written in."""
    return "en" if get_language() == "en" else "de"


class ChangeForm(NeedsForm):
    """Name, needs and answers of a guest, by their link."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, validators=[is_a_name])
    field_order = ("name",)

    def __init__(self, *args: Any, admission: Admission, answers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_questions(self, admission)
        for name in self.fields:
            if name.startswith("q_"):
                self.fields[name].initial = answers.get(name[2:])

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**{name: data[name] for name in ("name", "diet", "access_needs")}, "answers": answers_of(data)}


class SetUpForm(forms.Form):
    """For which congress, and whose tickets and questions it begins with."""

    congress = forms.ModelChoiceField(None, label=gettext_lazy("Congress"), to_field_name="public_id")
    like = forms.ModelChoiceField(
        None, label=gettext_lazy("Tickets and questions of"), to_field_name="public_id", required=False,
        empty_label=gettext_lazy("none: one free ticket"),
        help_text=gettext_lazy("Taken over from another congress. Days and access codes are not."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        congress, like = cast(Any, self.fields["congress"]), cast(Any, self.fields["like"])
        congress.queryset, like.queryset = congresses_without(user), run_admissions(user)
        congress.empty_label = None
