"""The index follows every change in its transaction, whoever makes it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate, now

from kakehashi.briefs.models import Brief
from kakehashi.clients.models import Account, Brand, Company, CompanyName, Contact
from kakehashi.people.actions import anonymise
from kakehashi.people.models import Office, Person
from kakehashi.policy.acting import acting_as
from kakehashi.search.models import Entry
from tests import factories as make


def everything():
    """The index as it stands, without the entries' numbers."""
    names = [field.name for field in Entry._meta.fields if field.name != "id"]
    return sorted(Entry.objects.values_list(*names), key=str)


def test_a_new_row_is_found_at_once(cast, find):
    make.account("Brand new", cast.bureau1)

    assert find(cast.dan, "brand new") == ["account Brand new", "company Brand new"]


def test_what_was_never_committed_was_never_found(cast, find):
    with transaction.atomic():
        make.account("Brand new", cast.bureau1)
        transaction.set_rollback(True)

    assert find(cast.dan, "brand new") == []


def test_a_company_takes_its_accounts_brands_and_their_words_along(cast, find):
    make.brand(cast.sora.company, "Leaf")
    Company.objects.filter(pk=cast.sora.company_id).update(name="Umibe", folded="umibe")

    assert find(cast.aki, "umibe") == ["account Sora", "account Sora Tea", "company Umibe"]
    assert find(cast.aki, "leaf umibe") == ["brand Leaf"]
    assert find(cast.aki, "leaf sora") == []


def test_an_account_takes_its_contacts_and_balls_along(cast, find, ask):
    ask(cast.aki, cast.ben, "The logo", account=cast.sora)
    Account.objects.filter(pk=cast.sora.pk).update(name="Umibe")

    assert find(cast.aki, "ken umibe") == ["contact Ken"]
    assert find(cast.aki, "logo umibe") == ["ball The logo"]
    assert find(cast.aki, "logo sora") == []


def test_a_job_is_found_by_title_number_and_account_and_a_brief_by_what_it_is_for(cast, find):
    job = make.job(cast.sora, title="Autumn film", number="SORA-JP-26-014")
    Brief.objects.create(
        account=cast.sora, kind="client", title="Quiet cars", work="Outdoor", form="written",
        lead=cast.aki, begun_by=cast.aki, begun_at=now(),
    )  # fmt: skip

    for typed in ("autumn", "SORA-JP-26-014", "26-014", "film sora"):
        assert "job Autumn film" in find(cast.aki, typed), typed
    assert find(cast.aki, "quiet outdoor") == ["brief Quiet cars"]
    assert find(cast.chie, "autumn") == find(cast.ken, "autumn") == []
    make.assignment(cast.lena, job)
    assert find(cast.lena, "autumn") == ["job Autumn film"]
    assert find(cast.lena, "quiet") == []


def test_a_person_takes_their_contacts_along(cast, find):
    Person.objects.filter(pk=cast.ken.pk).update(name="Kenta", name_kana="けんた")

    assert find(cast.aki, "けんた") == ["contact Kenta"]


def test_a_change_that_names_nothing_writes_nothing(cast):
    before = list(Entry.objects.order_by("pk").values_list("pk", "source"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_upd) FROM pg_stat_xact_user_tables WHERE relname = 'search_entry'"
        )
        written = cursor.fetchone()
        Person.objects.update(phone="03-0000-0000")
        Account.objects.update(starts_on=localdate(), version=2)
        cursor.execute(
            "SELECT sum(n_tup_upd) FROM pg_stat_xact_user_tables WHERE relname = 'search_entry'"
        )

        assert cursor.fetchone() == written
    assert list(Entry.objects.order_by("pk").values_list("pk", "source")) == before


def test_what_is_deleted_is_gone(cast, find):
    name = CompanyName.objects.create(company=cast.sora.company, name="Old", folded="oldname")
    brand = make.brand(cast.sora.company, "Leaf")
    assert find(cast.aki, "oldname") != []

    name.delete()
    brand.delete()

    assert find(cast.aki, "oldname") == []
    assert find(cast.aki, "leaf") == []


def test_an_answered_ball_stands_behind_an_open_one(cast, find, ask):
    from kakehashi.handoffs import actions

    first = ask(cast.aki, cast.ben, "Logo one", account=cast.sora)
    ask(cast.aki, cast.ben, "Logo two", account=cast.sora)
    assert find(cast.aki, "logo") == ["ball Logo two", "ball Logo one"]

    second = ask(cast.aki, cast.ben, "Logo three", account=cast.sora)
    with acting_as(cast.ben):
        actions.answer(ball=second, by=cast.ben, at=now(), answer="Here")

    assert find(cast.aki, "logo") == ["ball Logo two", "ball Logo one", "ball Logo three"]
    assert first.is_open


def test_an_anonymised_person_leaves_the_index(cast, find):
    Contact.objects.filter(person=cast.ken).update(left_on=localdate())
    with acting_as(cast.hana):
        anonymise(person=cast.ken, by=cast.hana, at=now())

    assert find(cast.aki, "ken") == []
    assert not Entry.objects.filter(plain__contains="ken").exists()


def test_an_anonymised_colleague_leaves_the_index(cast, find):
    cast.lena.employments.update(ends_on=make.LONG_AGO)
    cast.lena.roles.update(ends_on=make.LONG_AGO)
    with acting_as(cast.hana):
        anonymise(person=cast.lena, by=cast.hana, at=now())

    assert find(cast.aki, "lena") == []
    assert not Entry.objects.filter(row_id=cast.lena.pk).exists()


@pytest.mark.parametrize("model", [Account, Brand, Company, Contact, Office, Person])
def test_many_rows_at_once_are_all_followed(cast, model):
    make.brand(cast.sora.company, "Leaf")
    if model is Contact:
        model.objects.update(department="Zeta")
    elif model is Company:
        model.objects.update(folded="zeta")
    else:
        model.objects.update(name="Zeta")

    entries = Entry.objects.filter(source=model._meta.db_table, for_staff=False)
    assert entries.count() > 0
    assert all("zeta" in entry.plain + entry.about for entry in entries)


def test_anew_it_is_what_it_was(cast, ask):
    """What the triggers kept and what is made from nothing are the same."""
    make.brand(cast.sora.company, "Leaf", name_kana="りーふ")
    CompanyName.objects.create(company=cast.sora.company, name="Old", folded="oldname")
    ask(cast.aki, cast.ken, "The logo", account=cast.sora)
    kept = everything()
    Entry.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute("SELECT search_rebuild()")

    assert everything() == kept
    assert len(kept) > 20
