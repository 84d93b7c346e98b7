"""The trap and the limit of forms that anybody may send."""

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from mitwerk.core.public_forms import HOUR, PublicForm, is_allowed, one_line


class Letter(PublicForm):
    text = forms.CharField()


def request_from(address: str, path: str = "/"):
    return RequestFactory().post(path, REMOTE_ADDR=address)


def test_a_filled_trap_gives_a_machine_away():
    assert [Letter({"text": "a", "trap": trap}).is_from_a_machine() for trap in ("", "x")] == [False, True]


def test_the_trap_is_never_an_error():
    assert Letter({"text": "a", "trap": "x"}).is_valid()


def test_the_trap_does_not_take_focus():
    assert 'tabindex="-1"' in str(Letter()["trap"])


def test_refusal_keeps_what_was_typed():
    form = Letter({"text": "a"})
    form.is_valid()
    form.refuse_too_many()
    assert (form.is_valid(), form["text"].value(), len(form.non_field_errors())) == (False, "a", 1)


@time_machine.travel("2026-03-02 10:10:00", tick=False)
def test_the_sixth_send_within_an_hour_is_refused():
    assert [is_allowed(request_from("192.0.2.1"), "claim") for _ in range(6)] == [True] * 5 + [False]


@time_machine.travel("2026-03-02 10:10:00", tick=False)
def test_another_sender_and_another_form_have_their_own_count():
    assert is_allowed(request_from("192.0.2.1"), "claim", limit=1)
    assert [
        is_allowed(request_from(address), action, limit=1)
        for address, action in [("192.0.2.1", "claim"), ("192.0.2.2", "claim"), ("192.0.2.1", "contact")]
    ] == [False, True, True]


def test_the_next_hour_starts_again():
    with time_machine.travel("2026-03-02 10:10:00", tick=False) as clock:
        assert is_allowed(request_from("192.0.2.1"), "claim", limit=1)
        clock.shift(HOUR)
        assert is_allowed(request_from("192.0.2.1"), "claim", limit=1)


@time_machine.travel("2026-03-02 10:10:00", tick=False)
def test_one_ipv6_network_is_one_sender():
    addresses = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"]
    assert [is_allowed(request_from(a), "claim", limit=1) for a in addresses] == [True, False, True]


@pytest.mark.parametrize("text", ["a\nb", "a\r\nBcc: x@example.org", "a\n", "a\u2028b"])
def test_a_line_has_no_break(text: str):
    with pytest.raises(ValidationError):
        one_line(text)


UNSEEN = (
    "\u200b \u200c \u200d \u200e \u200f \u202a \u202e \u2060 \u2066 \u2069 \ufeff \xad \x00 \x1b \x7f \u3164"
).split(" ")


def test_b7_a_name_holds_nothing_that_nobody_sees():
    """TRUST B7: no second Muster GmbH that looks like the first, and nothing written backwards."""
    told = []
    for sign in UNSEEN:
        with pytest.raises(ValidationError) as refused:
            one_line(f"Mus{sign}ter")
        told.append(refused.value.code)
    assert told == ["unseen"] * len(UNSEEN)
    for name in ("Müller", "Mu\u0308ller", "Łukasz O’Neill-Ðoe", "李明", "Ελένη", "محمد", "a b"):
        one_line(name)


def test_a_plain_line_passes():
    one_line("Müller & Söhne")
