"""Pages by key: every row once, in order, forth and back, also where sort keys are equal."""

import base64
import datetime as dt
import json
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.models import F

from kakehashi.clients.models import Account
from kakehashi.clients.queries.keyset import Column, page
from tests import factories as make

MONTH = dt.date(2020, 4, 1)
BY_NAME = (Column("sort_key", str), Column("pk", UUID))
BY_NAME_DOWN = (Column("sort_key", str, descending=True), Column("pk", UUID, descending=True))
MIXED = (Column("status", str, descending=True), Column("sort_key", str), Column("pk", UUID))


@pytest.fixture
def accounts(db):
    office = make.office()
    owner = make.company()
    names = ["B", "A", "A", "A", "C", "A", "B"]
    return [
        make.account(name, office, company=owner, status=("lost" if at % 2 else "active"))
        for at, name in enumerate(names)
    ]


def walk(columns, size):
    """All pages from the first to the last, and the way back from there."""
    forth, back, after, before = [], [], "", ""
    while True:
        found = page(Account.objects.all(), columns, after=after, size=size)
        forth.append(found.rows)
        if not found.next:
            break
        after = found.next
    before = found.previous
    while before:
        found = page(Account.objects.all(), columns, before=before, size=size)
        back.append(found.rows)
        before = found.previous
    return forth, back


@pytest.mark.parametrize("columns", [BY_NAME, BY_NAME_DOWN, MIXED])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_every_row_once_in_order_and_back_the_same_way(accounts, columns, size):
    forth, back = walk(columns, size)

    ordered = list(Account.objects.order_by(*(c.by(backward=False) for c in columns)))
    assert [row for rows in forth for row in rows] == ordered
    assert back == forth[:-1][::-1]


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after(accounts):
    whole = page(Account.objects.all(), BY_NAME, size=50)

    assert (whole.previous, whole.next) == ("", "")


def test_a_row_that_comes_in_between_does_not_shift_the_pages(accounts):
    first = page(Account.objects.all(), BY_NAME, size=3)
    make.account("A", accounts[0].lead_office, id=UUID(int=1))

    second = page(Account.objects.all(), BY_NAME, after=first.next, size=50)

    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


@pytest.mark.parametrize("key", ["x", "!", "e30", "WzFd", "WyJhIiwibm8iXQ", "a" * 3000, "é"])
def test_a_key_somebody_has_changed_starts_anew(accounts, key):
    assert page(Account.objects.all(), BY_NAME, after=key, size=2).rows == list(
        Account.objects.order_by("sort_key", "pk")[:2]
    )
    assert page(Account.objects.all(), BY_NAME, before=key, size=2).previous == ""


def test_days_and_amounts_come_back_from_a_key_as_they_were(accounts):
    for at, account in enumerate(accounts):
        make.revenue(account, MONTH, 100 + at // 2)
        Account.objects.filter(pk=account.pk).update(starts_on=MONTH)
    rows = Account.objects.annotate(net=F("revenue__net_revenue"))
    columns = (
        Column("net", Decimal, descending=True),
        Column("starts_on", dt.date.fromisoformat),
        Column("pk", UUID),
    )

    first = page(rows, columns, size=3)
    second = page(rows, columns, after=first.next, size=50)

    assert [row.net for row in [*first.rows, *second.rows]] == [103, 102, 102, 101, 101, 100, 100]


def test_a_key_tells_only_of_the_row_it_stands_for(accounts):
    first = page(Account.objects.all(), BY_NAME, size=1)

    values = json.loads(base64.urlsafe_b64decode(first.next + "=="))
    assert values == [first.rows[0].sort_key, str(first.rows[0].pk)]
