"""What a database keeps of an invoice is the whole invoice."""

import json

import pytest
from hypothesis import given

from mitwerk.algorithms.invoices import Invoice, is_iban, pack, unpack
from mitwerk.algorithms.tests.invoice_cases import CASES, invoices


@pytest.mark.parametrize("case", [name for name in CASES if name != "hostile"])
def test_one_of_each_kind_comes_back(case: str) -> None:
    assert unpack(json.loads(json.dumps(pack(CASES[case])))) == CASES[case]


@given(invoices())
def test_any_comes_back(invoice: Invoice) -> None:
    assert unpack(json.loads(json.dumps(pack(invoice)))) == invoice


def test_control_a_changed_cent_is_another_invoice() -> None:
    packed = pack(CASES["everyday"])
    packed["lines"][0]["price"] += 1
    assert unpack(packed) != CASES["everyday"]


def test_a_wrong_digit_is_no_iban() -> None:
    right = "DE02120300000000202051"
    assert is_iban(right)
    assert [is_iban(text) for text in (right.replace("51", "15"), right[:-1], right.lower(), "DE", "DÉ02", "")] == [
        False
    ] * 6
    wrong = [right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :] for place in range(2, len(right))]
    assert not any(map(is_iban, wrong))
