"""What is close to somebody comes first when they look for it: a wall keeps that apart as well."""

from __future__ import annotations

import pytest
from django.db import connection

from kakehashi.policy.acting import Scope, acting_as
from tests import factories as make


def close_to(person, scope=None):
    with acting_as(person, scope), connection.cursor() as cursor:
        cursor.execute("SELECT acting_own()")
        return {row for (row,) in cursor.fetchall()}


@pytest.fixture
def tea(cast):
    """An account below Sora of a company of its own, with somebody seated on it alone."""
    company = make.company("Tea House")
    account = make.account("Tea House", cast.bureau1, parent=cast.sora, company=company)
    make.seat(cast.chie, account)
    return account


def test_close_are_ones_accounts_their_companies_and_who_serves_them(cast, tea):
    assert {cast.aki.pk, cast.sora.pk, tea.pk, tea.company_id, cast.chie.pk} <= close_to(cast.aki)


def test_nothing_of_an_account_that_is_denied_is_close(cast, tea):
    make.denial(cast.aki, tea)

    assert not {tea.pk, tea.company_id, cast.chie.pk} & close_to(cast.aki)
    assert cast.sora.pk in close_to(cast.aki)


def test_nothing_of_an_account_that_is_denied_is_close_to_its_contact(cast):
    make.denial(cast.ken, cast.sora)

    assert close_to(cast.ken) == {cast.ken.pk}


def test_a_token_is_close_to_its_own_accounts_only(cast, tea):
    close = close_to(cast.aki, Scope(frozenset({tea.pk})))

    assert tea.pk in close
    assert cast.sora.pk not in close
