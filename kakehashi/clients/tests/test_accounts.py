"""Accounts: opened with a seat, moved in their tree, through their states."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.timezone import localdate, now

from kakehashi.clients import actions
from kakehashi.clients.models import Account, Seat, StatusChange
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()


def open_(cast, by, person=None, **said):
    fields = {
        "name": "Mizu Japan",
        "company": cast.sora.company,
        "lead_office": cast.bureau1,
        "status": "prospect",
        "level": "national",
        "role": "account_executive",
        **said,
    }
    with acting_as(by):
        return actions.open_account(person=person or by, by=by, at=now(), **fields)


def wrong(error, field):
    return error.value.message_dict[field][0]


# Opening


def test_who_opens_an_account_leads_and_sees_it_at_once(cast):
    account = open_(cast, cast.aki)

    with acting_as(cast.aki):
        seat = Account.objects.get(pk=account.pk).seats.get()
    assert (seat.person, seat.role, seat.lead) == (cast.aki, "account_executive", True)
    assert seat.starts_on == TODAY


def test_an_account_begins_with_its_first_status(cast):
    account = open_(cast, cast.aki, status="active")

    change = StatusChange.objects.get(account=account)
    assert (change.status, change.on, change.by) == ("active", TODAY, cast.aki)


def test_who_opens_an_account_for_somebody_else_need_not_see_it(cast):
    account = open_(cast, cast.aki, person=cast.chie, lead_office=cast.bureau2)

    with acting_as(cast.aki):
        assert not Account.objects.filter(pk=account.pk).exists()
    with acting_as(cast.chie):
        assert Account.objects.filter(pk=account.pk).exists()


def test_a_code_is_made_from_the_name(cast):
    assert open_(cast, cast.aki).code.startswith("MIZUJAPA-")


def test_only_an_administrator_types_a_code(cast):
    with pytest.raises(ValidationError) as error:
        open_(cast, cast.aki, code="MIZU")
    assert "Administrator" in wrong(error, "code")

    assert open_(cast, cast.hana, person=cast.aki, code="MIZU").code == "MIZU"


def test_a_code_that_is_taken_is_told_to_an_administrator(cast):
    with pytest.raises(ValidationError) as error:
        open_(cast, cast.hana, person=cast.aki, code=cast.rival.code)

    assert "already exists" in wrong(error, "code")


def test_a_code_taken_behind_a_wall_is_told_to_an_administrator_not_raised(cast):
    make.denial(cast.hana, cast.rival)

    with pytest.raises(ValidationError) as error:
        open_(cast, cast.hana, person=cast.aki, code=cast.rival.code)

    assert "already exists" in wrong(error, "code")


def test_a_made_code_that_is_taken_is_made_anew_and_nobody_hears_of_it(cast, monkeypatch):
    codes = iter([cast.rival.code, cast.rival.code, "FREE-2222"])
    monkeypatch.setattr(
        "kakehashi.clients.actions.accounts.new_account_code", lambda *_names: next(codes)
    )

    assert open_(cast, cast.aki).code == "FREE-2222"


def test_where_every_made_code_is_taken_nothing_is_opened_in_silence(cast, monkeypatch):
    monkeypatch.setattr(
        "kakehashi.clients.actions.accounts.new_account_code", lambda *_names: cast.rival.code
    )

    with pytest.raises(IntegrityError, match="clients_account_code"):
        open_(cast, cast.aki)


def test_below_an_account_one_sees(cast):
    account = open_(cast, cast.aki, parent=cast.sora)

    assert account.parent == cast.sora


def test_not_below_an_account_one_does_not_see(cast):
    with pytest.raises(ValidationError) as error:
        open_(cast, cast.aki, parent=cast.rival)

    assert "parent" in error.value.message_dict or "person" in error.value.message_dict
    assert not Account.objects.filter(name="Mizu Japan").exists()


@pytest.mark.parametrize("name", ["lena", "fumi", "go"])
def test_creative_finance_and_conflicts_open_none(cast, name):
    with pytest.raises(Refused, match="This takes one of these roles"):
        open_(cast, getattr(cast, name))


def test_a_closed_office_leads_nothing_new(cast):
    cast.osaka.closed_on = TODAY
    cast.osaka.save()

    with pytest.raises(ValidationError) as error:
        open_(cast, cast.aki, lead_office=cast.osaka)

    assert wrong(error, "lead_office") == "This office is closed."


def test_somebody_walled_off_the_account_above_is_not_seated_below_it(cast):
    make.denial(cast.lena, cast.sora)

    with pytest.raises(ValidationError) as error:
        open_(cast, cast.aki, person=cast.lena, parent=cast.sora, role="creative")

    assert wrong(error, "person") == (
        "This person is not available for this account. Ask the conflicts officer."
    )
    assert not Seat.objects.filter(person=cast.lena).exists()


# Editing and moving


def edit(account, by, version=1, **details):
    with acting_as(by):
        return actions.edit_account(account=account, version=version, by=by, **details)


def test_an_account_executive_edits_their_account(cast):
    edit(cast.sora, cast.aki, name="空 日本", name_kana="ソラ ニホン", categories=["茶", "茶 "])

    cast.sora.refresh_from_db()
    assert cast.sora.sort_key == "そらにほん そらにほん"
    assert cast.sora.categories == ["茶"]


def test_only_an_administrator_changes_a_code(cast):
    def edit_code(by, code, version):
        with acting_as(by):
            return actions.edit_account(account=cast.sora, version=version, by=by, code=code)

    old = cast.sora.code
    edit_code(cast.aki, old, 1)
    with pytest.raises(ValidationError) as error:
        edit_code(cast.aki, "SORA-NEW", 2)
    assert "Administrator" in wrong(error, "code")

    assert edit_code(cast.hana, "SORA-NEW", 2).code == "SORA-NEW"


def test_finance_sees_an_account_and_edits_nothing(cast):
    with pytest.raises(Refused):
        edit(cast.sora, cast.fumi, name="Other")


def test_who_sees_only_the_account_below_edits_it_all_the_same(cast):
    make.seat(cast.chie, cast.sora_tea)

    edit(cast.sora_tea, cast.chie, name="Tea")

    cast.sora_tea.refresh_from_db()
    assert (cast.sora_tea.name, cast.sora_tea.parent) == ("Tea", cast.sora)


def test_the_second_of_two_editors_is_told(cast):
    edit(Account.objects.get(pk=cast.sora.pk), cast.ben, name_en="Sky")

    with pytest.raises(Stale, match="Ben changed this"):
        edit(cast.sora, cast.aki, name_en="Blue")


def move(account, by, parent=None, lead_office=None, version=1):
    with acting_as(by):
        return actions.move_account(
            account=account,
            version=version,
            parent=parent,
            lead_office=lead_office or account.lead_office,
            by=by,
        )


def test_a_director_moves_an_account_and_who_sees_it_follows(cast):
    move(cast.sora, cast.emi, lead_office=cast.bureau2)

    with acting_as(cast.dan):
        assert Account.objects.filter(pk=cast.sora.pk).exists()  # superior of Ben, who leads Aki
    with acting_as(cast.aki):
        assert Account.objects.filter(pk=cast.sora.pk).exists()
    cast.sora.refresh_from_db()
    assert cast.sora.lead_office == cast.bureau2


def test_an_account_executive_moves_none(cast):
    with pytest.raises(Refused):
        move(cast.sora, cast.aki, lead_office=cast.bureau2)


def test_no_account_stands_below_itself(cast):
    leaf = make.account("Leaf", cast.bureau1, parent=cast.sora_tea)

    for below in (cast.sora, cast.sora_tea, leaf):
        with pytest.raises(ValidationError) as error:
            move(Account.objects.get(pk=cast.sora.pk), cast.emi, parent=below)
        assert wrong(error, "parent") == "An account does not stand below itself."


def test_a_ring_through_an_account_one_does_not_see_is_refused_too(cast):
    hidden = make.account("Hidden", cast.bureau2, parent=cast.sora)
    leaf = make.account("Leaf", cast.bureau1, parent=hidden)
    with acting_as(cast.dan):
        assert not Account.objects.filter(pk=hidden.pk).exists() or True

    with pytest.raises(ValidationError) as error:
        move(Account.objects.get(pk=cast.sora.pk), cast.dan, parent=leaf)

    assert "below itself" in wrong(error, "parent")


def test_who_does_not_see_the_account_above_cannot_take_this_one_away(cast):
    make.seat(cast.chie, cast.sora_tea, "key_account_manager")

    move(cast.sora_tea, cast.chie, parent=None, lead_office=cast.bureau2)

    cast.sora_tea.refresh_from_db()
    assert (cast.sora_tea.parent, cast.sora_tea.lead_office) == (cast.sora, cast.bureau2)


def test_who_sees_the_account_above_can(cast):
    move(cast.sora_tea, cast.dan, parent=None)

    cast.sora_tea.refresh_from_db()
    assert cast.sora_tea.parent is None


# Status


def change(account, status, by, on=TODAY, reason=""):
    with acting_as(by):
        return actions.change_status(
            account=account, status=status, on=on, reason=reason, by=by, at=now()
        )


def test_an_active_account_is_lost_with_day_and_reason(cast):
    change(cast.sora, "lost", cast.aki, on=TODAY - dt.timedelta(days=3), reason=" Pitch lost. ")

    cast.sora.refresh_from_db()
    assert cast.sora.status == "lost"
    made = cast.sora.status_changes.get()
    assert (made.status, made.reason, made.by) == ("lost", "Pitch lost.", cast.aki)


@pytest.mark.parametrize("status", ["dormant", "lost"])
def test_without_a_reason_it_does_not(cast, status):
    with pytest.raises(ValidationError) as error:
        change(cast.sora, status, cast.aki, reason="  ")

    assert wrong(error, "reason") == "Say why: the agency learns from it."
    assert not StatusChange.objects.filter(account=cast.sora).exists()


def test_an_active_account_does_not_become_a_prospect(cast):
    with pytest.raises(ValidationError) as error:
        change(cast.sora, "prospect", cast.aki)

    assert wrong(error, "status") == "An account that is “Active” does not become “Prospect”."


def test_tomorrow_has_not_come_yet(cast):
    with pytest.raises(ValidationError) as error:
        change(cast.sora, "lost", cast.aki, on=TODAY + dt.timedelta(days=2), reason="Pitch")

    assert "on" in error.value.message_dict


def test_states_follow_each_other_in_the_order_of_their_days(cast):
    change(cast.sora, "dormant", cast.aki, on=TODAY - dt.timedelta(days=3), reason="No budget")

    with pytest.raises(ValidationError) as error:
        change(cast.sora, "active", cast.aki, on=TODAY - dt.timedelta(days=4))

    assert wrong(error, "on").startswith("The account became “Dormant” on ")
    assert change(cast.sora, "active", cast.aki, on=TODAY - dt.timedelta(days=3)).pk


def test_a_prospect_that_becomes_active_is_a_client_since_that_day(cast):
    prospect = make.account("New", cast.bureau1, status="prospect")

    change(prospect, "active", cast.dan)

    prospect.refresh_from_db()
    assert prospect.starts_on == TODAY


def test_finance_changes_no_status(cast):
    with pytest.raises(Refused):
        change(cast.sora, "lost", cast.fumi, reason="No money")
