"""Asks for every address as somebody, and says in one letter what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from zlib import crc32

import pytest
from django.conf import settings
from django.core.cache import cache as the_cache
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpResponseNotFound
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.admin.icons import get_icons

from mitwerk.accounts.models import User
from mitwerk.config import urls
from tests.matrix.affiliations import places_of_affiliations
from tests.matrix.cast import OUTSIDERS, TOKEN, WHO, House
from tests.matrix.charters import places_of_charters
from tests.matrix.congresses import places_of_congresses
from tests.matrix.guests import places_of_guests
from tests.matrix.lists import places_of_lists
from tests.matrix.meetings import places_of_meetings
from tests.matrix.projects import places_of_projects
from tests.matrix.rooms import places_of_rooms
from tests.trust.addresses import Address, all_addresses

T = TypeVar("T")
METHODS = ("GET", "POST", "PUT", "DELETE")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MISSING = "999999"
PERSONAL = (
    "accounts", "charter", "congress", "consents", "governance", "networks", "people", "portal", "privacy", "profiles",
    "projects", "registrations", "rooms",
)  # fmt: skip
"""Subjects with pages outside the office that not everybody may see."""
GENERIC = {
    "content_type_app_name": "pages",
    "content_type_model_name": "newspage",
    "app_label": "pages",
    "app_name": "pages",
    "model_name": "newspage",
    "action": "delete",
    "action_name": "copy",
    "filter_spec": "width-20",
    "section": "pages",
    "cluster": "it",
    "uidb64": "MQ",
    "act": "de-is-right",
}
ACTS = {
    "office_messages:act": "done",
    "office_claims:act": "accept",
    "office_needs:act": "close",
    "office_invitations:act": "revoke",
    "office_merges:act": "undo",
    "office_representatives:act": "end",
    "office_accounts:act": "close",
    "office_profile-changes:act": "clear",
    "office_yearly-questions:act": "right",
    "office_contributions:act": "accept",
    "office_congresses:act": "ask-jury",
    "office_removed:act": "restore",
    "office_registrations:act": "cancel",
}
"""A button that the record offers in its state; elsewhere none is offered, so that it is missing."""


class Places:
    """What stands in the places of an address, so that it leads to a record of cluster A."""

    def __init__(self, house: House) -> None:
        self.special, self.by_name = _specials(house), {**GENERIC, **_by_name(house)}

    def fill(self, address: Address) -> str:
        return address.filled(*(self._value(address.name, name) for _kind, name in address.places))

    def _value(self, address: str, name: str) -> Any:
        if name == "act" and address in ACTS:
            return ACTS[address]
        space = address.split(":")[0]
        found = next(
            (self.special[one] for one in ((address, name), (space, name)) if one in self.special),
            self.by_name.get(name, MISSING),
        )
        return getattr(found, "pk", found)


def _by_name(house: House) -> dict[str, Any]:
    page, records = house.records["page"], house.records
    return {
        "page_id": page,
        "page_pk": page,
        "page_to_move_id": page,
        "parent_page_id": records["index"],
        "destination_id": records["index"],
        "revision_id": page.latest_revision_id,
        "image_id": records["picture"],
        "document_id": records["document"],
        "doc_id": records["document"],
        "collection_id": records["collection"],
        "winner": house.cast.bakery,
        "loser": house.cast.university,
        "slug": house.cast.firm.slug,
        "token": TOKEN,
    }


IN_STATE = {
    "planned": ("sitting_detail", "sitting_dates", "sitting_invite", "sitting_edit"),
    "polled": ("dates_answer",),
    "invited": ("sitting_tell", "sitting_cancel", "sitting_begin", "sitting_calendar"),
    "running": (
        "sitting_end", "attendance", "item_new", "item_edit", "item_up", "item_down", "item_drop", "item_open",
        "item_close", "item_postpone", "item_record", "motion_new", "task_new", "motion_edit", "motion_withdraw",
        "motion_hands", "motion_device", "motion_secret", "motion_count", "motion_stop", "task_done", "task_undone",
        "task_drop",
    ),
    "ended": ("minutes_detail", "minutes_publish", "minutes_document", "public_minutes", "public_minutes_document"),
}  # fmt: skip
"""In which state a sitting is for each of its pages."""


def _places_of_sittings(records: dict[str, Any]) -> dict[tuple[str, str], Any]:
    pages = {name: records[f"{state} sitting"].public_id for state, names in IN_STATE.items() for name in names}
    return {
        **{(f"governance:{name}", "public_id"): public_id for name, public_id in pages.items()},
        ("governance", "item_id"): records["agenda item"].public_id,
        ("governance", "motion_id"): records["motion"].public_id,
        ("governance", "task_id"): records["task of a sitting"].public_id,
        ("governance:dates_link", "token"): f"{TOKEN}-dates",
    }


def _specials(house: House) -> dict[tuple[str, str], Any]:
    records, cast = house.records, house.cast
    page, picture, document = records["page"], records["picture"], records["document"]
    return {
        **{(f"office_{name}", "pk"): record for name, record in records.items()},
        ("events", "slug"): records["events"].slug,
        **places_of_guests(records),
        **places_of_projects(records, cast.firm.slug),
        ("networks", "slug"): house.networks.heads.slug,
        **places_of_affiliations(records),
        **places_of_lists(records),
        **places_of_rooms(house.networks.heads, records),
        **places_of_meetings(records),
        ("governance", "slug"): records["bodies"].slug,
        ("governance", "public_id"): records["ballot"].public_id,
        ("governance", "organisation_id"): cast.firm.public_id,
        ("governance:resolution_detail", "public_id"): records["resolutions"].public_id,
        ("governance:vote_link", "token"): f"{TOKEN}-vote",
        **{(f"governance:ballot_{act}", "public_id"): records["draft"].public_id for act in ("edit", "start", "drop")},
        **{(f"governance:ballot_{act}", "public_id"): records["closed"].public_id for act in ("repeat", "file")},
        **_places_of_sittings(records),
        **places_of_charters(records, cast.firm.slug),
        **places_of_congresses(records, cast.firm.slug, cast.erp.slug),
        ("matching", "slug"): records["needs"].slug,
        ("portal:competence", "slug"): cast.erp.slug,
        ("people:my_invitation", "public_id"): records["invitations"].public_id,
        ("people:invitation_revoke", "public_id"): records["invitations"].public_id,
        ("people:representative_end", "public_id"): records["representatives"].public_id,
        ("networks:my_invitation", "public_id"): records["network invitations"].public_id,
        ("networks:invitation_revoke", "public_id"): records["network invitations"].public_id,
        ("networks:person_end", "public_id"): records["network people"].public_id,
        ("languages", "public_id"): records["delivery"].public_id,
        ("office_imports", "public_id"): records["imports"].public_id,
        ("office_imports:contact_export", "form"): "csv",
        ("consents:unsubscribe", "key"): records["subscribers"].key,
        ("wagtailadmin_api:pages:detail", "pk"): page,
        ("wagtailadmin_api:pages:action", "pk"): page,
        ("wagtailadmin_api:images:detail", "pk"): picture,
        ("wagtailadmin_api:documents:detail", "pk"): document,
        ("wagtailadmin_pages:revisions_compare", "part0"): page,
        ("wagtailadmin_pages:revisions_compare", "part1"): "earliest",
        ("wagtailadmin_pages:revisions_compare", "part2"): "latest",
        ("page_twin", "pk"): page,
        ("page_confirm", "pk"): page,
        ("simple_translation:submit_snippet_translation", "pk"): page,
        ("wagtailadmin_collections", "pk"): records["collection"],
        ("wagtailadmin_workflows", "pk"): records["workflow"],
        ("wagtailadmin_workflows:edit_task", "pk"): records["task"],
        ("wagtailadmin_workflows:disable_task", "pk"): records["task"],
        ("wagtailadmin_workflows:enable_task", "pk"): records["task"],
        ("wagtailadmin_workflows", "task_id"): records["task"],
        ("operator", "pk"): records["operator"],
        ("wagtailsites", "pk"): records["site"],
        ("wagtailimages_chooser", "pk"): picture,
        ("wagtaildocs_chooser", "pk"): document,
        ("organisation_chooser", "pk"): cast.hidden,
        ("pages_organisations", "pk"): cast.firm,
        ("pages_projects", "pk"): records["projects"],
        ("wagtaildocs_serve", "part0"): document,
        ("wagtaildocs_serve", "part1"): document.filename,
        ("wagtail_bulk_action", "model_name"): "page",
        ("wagtail_bulk_action", "app_label"): "wagtailcore",
        ("wagtail_serve", "part0"): "",
    }


@dataclass(frozen=True)
class Asker:
    """Somebody's browser, without what Django's test client records of every template, and with the user read once.

    Both take most of the time. Whatever a request did is taken back before the next one.
    """

    handler: BaseHandler
    cookies: Any
    user: User | None

    def ask(self, method: str, path: str) -> str:
        """One letter for what came of it."""
        return self.send(method, path, letter, **_body(method))

    def send(self, method: str, path: str, look: Callable[[Any], T], *, is_checked: bool = False, **body: Any) -> T:
        """What `look` sees in the answer, and in the database before all of it is taken back.

        `is_checked`: as a browser's request, which must prove that it comes from one of our own pages.
        """
        factory = RequestFactory()
        factory.cookies = self.cookies
        with transaction.atomic():
            request = factory.generic(method, path, **body)
            request._dont_enforce_csrf_checks = not is_checked  # type: ignore[attr-defined]
            if self.user is not None and self.user.is_active:
                request._cached_user = self.user  # type: ignore[attr-defined]
            answer: Any = self.handler.get_response(request)
            found = look(answer)
            for close in answer._resource_closers:  # its own `close` would end the connection to the database
                close()
            transaction.set_rollback(True)
        the_cache.clear()
        return found


def _body(method: str) -> dict[str, Any]:
    return {} if method == "GET" else {"content_type": "application/x-www-form-urlencoded"}


def letter(answer: Any) -> str:
    """What an answer means to who asked.

    o: here it is · d: sign in first · h: nothing for you here, back home · r: gone elsewhere, as after an act ·
    m: missing · x: not by this method · f: forbidden · b: told what is wrong · !: broken.
    """
    status = answer.status_code
    if status in (301, 302, 303, 307):
        return _way(answer["Location"])
    known = {404: "m", 410: "m", 405: "x", 403: "f"}
    return "o" if status < 300 else known.get(status, "b" if status < 500 else "!")


def _way(location: str) -> str:
    path = location.split("?")[0]
    if path.endswith(("/konto/login/", "/account/login/", "/office/login/")):
        return "d"
    return "h" if path in ("/office/", "/de/mein-schreibtisch/", "/en/my-desk/") else "r"


def asker(user: User | None) -> Asker:
    """Signed in, and with the first page behind them, so that no later one is the first of the session."""
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
        client.get("/de/impressum/")
    handler = BaseHandler()
    handler.load_middleware()
    return Asker(handler, client.cookies, User.objects.get(pk=user.pk) if user else None)


def leave_undrawn(monkeypatch: pytest.MonkeyPatch, pages: bool = True) -> None:
    """Who gets what is decided before a page is drawn; that takes most of the time."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound())
    if pages:
        get_icons()  # Wagtail keeps them for good; kept from undrawn pages they would be missing from all later ones
        monkeypatch.setattr("django.template.backends.django.Template.render", lambda *args, **kwargs: SafeString(""))


def key(address: Address) -> str:
    """What an address is called in `expected.txt`: its name, or its route where Wagtail gives it none."""
    if address.name and not address.name.endswith(":"):
        return address.name
    return address.route if address.route.startswith("/office/") else "*/" + address.route.split("/", 3)[-1]


def ways(language: str) -> dict[str, list[Address]]:
    """Every address by its name: in the region and inside a cluster, in one language."""
    found: dict[str, list[Address]] = {}
    with translation.override(settings.LANGUAGE_CODE):
        for address in all_addresses():
            spoken = address.route[1:3] if address.route[3:4] == "/" else language
            if spoken == language:
                found.setdefault(key(address), []).append(address)
    return found


def methods_for(address: Address, place: int) -> tuple[str, ...]:
    """Which methods somebody asks an address by.

    Where it matters who asks, by GET and POST, and in turn by PUT or DELETE, which nothing of ours takes. What is the
    same for many (public pages; the office, which one middleware closes to outsiders) each of them asks by one method,
    in turn, so that every address is asked by every method.
    """
    number = crc32(address.route.encode()) + place
    is_office = address.route.startswith(settings.OFFICE_PREFIX)
    if (is_office and place >= OUTSIDERS) or address.name.split(":")[0] in PERSONAL:
        return ("GET", "POST", ("PUT", "DELETE")[number % 2])
    return (METHODS[number % 4],)


def answers(house: House, who: str) -> Iterator[tuple[str, str, str, str]]:
    """(address, path, method, letter) for everything somebody may ask for, in one of the two languages."""
    place = list(WHO).index(who)
    browser, places = asker(house.users[who]), Places(house)
    for name, addresses in ways(("de", "en")[place % 2]).items():
        for address in addresses:
            path = places.fill(address)
            for method in methods_for(address, place):
                yield name, path, method, browser.ask(method, path)
