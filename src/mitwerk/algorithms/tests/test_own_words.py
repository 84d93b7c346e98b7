"""What mail programs of two languages put below an answer goes, and what somebody wrote stays."""

import pytest

from mitwerk.algorithms.own_words import own_words

QUOTED = "> Who keeps them?\n>\n> -- \n> Sent by www.example.org"


@pytest.mark.parametrize(
    "below",
    [
        f"On Sat, 28 Nov 2026 at 10:12, Mitwerk <mitwerk@example.org> wrote:\n\n{QUOTED}",
        f"On Sat, 28 Nov 2026 at 10:12, Mitwerk <mitwerk@example.org>\nwrote:\n{QUOTED}",
        f"On 28 Nov 2026, at 10:12, Mitwerk <mitwerk@example.org> wrote:\n\n{QUOTED}",
        f"Am Sa., 28. Nov. 2026 um 10:12 Uhr schrieb Mitwerk <mitwerk@example.org>:\n\n{QUOTED}",
        f"Am Sa., 28. Nov. 2026 um 10:12 Uhr schrieb Mitwerk <\nmitwerk@example.org>:\n\n{QUOTED}",
        f"Am 28.11.26 um 10:12 schrieb Mitwerk:\n{QUOTED}",
        f"> Am 28.11.2026 um 10:12 schrieb Mitwerk <mitwerk@example.org>:\n> \n{QUOTED}",
        f"\n-- \nIT head\nTelephone 1\n\nAm 28.11.26 um 10:12 schrieb Mitwerk:\n{QUOTED}",
        "Von: Mitwerk <mitwerk@example.org>\nGesendet: Samstag, 28. November 2026 10:12\nAn: x\nBetreff: Neues\n\nWho?",
        "From: Mitwerk <mitwerk@example.org>\nSent: Saturday, November 28, 2026 10:12\nTo: x\nSubject: News\n\nWho?",
        "*Von:* Mitwerk <mitwerk@example.org>\n*Datum:* 28.11.2026\n*An:* x\n*Betreff:* Neues\n\nWho?",
        "-----Ursprüngliche Nachricht-----\nVon: Mitwerk\nWho keeps them?",
        "-----Original Message-----\nFrom: Mitwerk\nWho keeps them?",
        f"Von meinem iPhone gesendet\n\nAm 28.11.2026 um 10:12 schrieb Mitwerk <mitwerk@example.org>:\n\n{QUOTED}",
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n"
        "From: Mitwerk <m@example.org>\nSent: Saturday\nTo: x\nSubject: News\n\nWho keeps them?",
        "--\nIT head",
        "On Sat, 28 Nov 2026 at 10:12, Mitwerk <mitwerk@example.org> wrote:",
    ],
)
def test_what_programs_put_below_goes(below: str) -> None:
    for ends in ("\n", "\r\n"):
        assert own_words(f"We do.\n\nEvery night.\n\n{below}".replace("\n", ends)) == "We do.\n\nEvery night."


def test_what_is_written_between_and_below_a_quotation_stays() -> None:
    text = "Am 28.11.26 um 10:12 schrieb Mitwerk:\n> Who?\n\nWe do.\n\n> And when?\n\nAt night.\n"
    assert own_words(text) == "We do.\n\nAt night."


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, 28 November, she wrote:\nNothing",
        "From: here on it is simple",
        "Von: Hand",
        "Sent from my desk to yours, with the list:\none",
        "a -- b",
        "---",
        "5 > 3",
        "Am 3. schrieb",
    ],
)
def test_control_words_that_only_look_like_it_stay(text: str) -> None:
    assert own_words(text) == text


def test_hostile_lines_take_no_time_and_control_characters_go() -> None:
    assert own_words("Yes\x00\x1b[31m\u202e") == "Yes[31m"
    for line in ("On 1 wrote " * 40000, "Von:" * 100000, "Am 1\n" * 50000, "Sent from " * 40000, "-" * 400000):
        assert len(own_words(line)) <= len(line)
