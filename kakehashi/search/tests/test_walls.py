"""What somebody finds is what they see: no more, and no less."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, connection
from django.utils.timezone import localdate, now

from kakehashi.briefs.models import Brief
from kakehashi.clients.models import Account, Brand, Company, CompanyName, Contact, Handover
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Office, Person
from kakehashi.policy.acting import Scope, acting_as, acting_as_system
from kakehashi.search import queries
from kakehashi.search.models import Entry
from kakehashi.traffic.models import Job
from tests import factories as make

MARK = "zeta"
EVERYBODY = ("aki", "ben", "chie", "dan", "emi", "fumi", "go", "hana", "lena", "ken", "mari")


@pytest.fixture
def marked(cast, ask):
    """Every name with the same word in it, and every ground to see or not to see."""
    cast.mari = make.contact("Mari", cast.sora, shared_at=now()).person
    make.contact("Secret", cast.sora)
    make.contact("Rika", cast.rival, shared_at=now())
    make.brand(cast.sora.company, "Tea")
    make.assignment(cast.lena, make.job(cast.rival, title=f"Film {MARK}"))
    make.job(cast.sora, title=f"Press {MARK}", number="S-2")
    _brief(cast.sora, cast.aki, kind="client", shared_at=now())
    _brief(cast.sora, cast.aki, kind="creative")
    _brief(cast.rival, cast.chie, kind="client")
    make.denial(cast.emi, cast.sora)
    make.denial(cast.dan, cast.sora_tea)
    _to_be_handed_over(cast)
    ask(cast.aki, cast.ben, "For all on it, zeta", account=cast.sora)
    ask(cast.aki, cast.ben, "Between us, zeta", account=cast.sora, private=True)
    ask(cast.aki, cast.fumi, "On nothing, zeta")
    ask(cast.aki, cast.ken, "Of the client, zeta", account=cast.sora)
    ask(cast.chie, cast.lena, "Of who sees a job, zeta", account=cast.rival)
    for model in (Account, Person, Brand, Office):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(name=f"{row.name} {MARK}")
    for company in Company.objects.all():
        Company.objects.filter(pk=company.pk).update(folded=f"{company.folded} {MARK}")
    return cast


def _brief(on, lead, **fields):
    Brief.objects.create(
        account=on, title=f"Spring {MARK}", work="Film", form="written", lead=lead,
        begun_by=lead, begun_at=now(), **fields,
    )  # fmt: skip


def _to_be_handed_over(cast):
    """Chie is to receive Aki's seat and does not see the account yet."""
    Handover.objects.create(
        account=cast.sora,
        seat=cast.sora.seats.get(),
        giver=cast.aki,
        receiver=cast.chie,
        on=localdate() + dt.timedelta(days=9),
        sheet={},
        proposed_by=cast.aki,
        proposed_at=now(),
    )


def selectable():
    """What the acting person may read of everything that can be found."""
    contacts = Contact.objects.filter(person__anonymised_at=None)
    return {
        *(("account", pk) for pk in Account.objects.values_list("pk", flat=True)),
        *(("person", pk) for pk in Person.objects.filter(side="ours").values_list("pk", flat=True)),
        *(("contact", pk) for pk in contacts.values_list("pk", flat=True)),
        *(("company", pk) for pk in Company.objects.values_list("pk", flat=True)),
        *(("brand", pk) for pk in Brand.objects.values_list("pk", flat=True)),
        *(("office", pk) for pk in Office.objects.values_list("pk", flat=True)),
        *(("ball", pk) for pk in Handoff.objects.values_list("pk", flat=True)),
        *(("job", pk) for pk in Job.objects.values_list("pk", flat=True)),
        *(("brief", pk) for pk in Brief.objects.values_list("pk", flat=True)),
    }


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_is_found_is_what_is_selectable(marked, rows, name):
    who = getattr(marked, name)
    with acting_as(who):
        seen = selectable()

    assert rows(who, MARK) == seen
    assert seen, "somebody who sees nothing proves nothing"


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_index_itself_stands_behind_the_same_wall(marked, name):
    by_source = {kind.source: kind.name for kind in queries.KINDS}
    with acting_as(getattr(marked, name)):
        entries = Entry.objects.filter(for_staff=False).values_list("source", "row_id")
        assert {(by_source[source], row) for source, row in entries} == selectable()


def test_a_token_finds_in_the_accounts_it_is_cut_down_to(marked):
    with acting_as(marked.fumi, Scope(frozenset([marked.rival.pk]))):
        hits = queries.find(MARK, most=1000, ours=True).hits
        seen = selectable()

    found = {(hit.kind.name, hit.pk) for hit in hits}
    assert found == seen
    assert ("account", marked.rival.pk) in found
    assert ("account", marked.sora.pk) not in found


def test_who_acts_as_nobody_finds_nothing(marked):
    with acting_as_system("command"):
        assert queries.find(MARK, most=1000, ours=True).hits == []


def test_other_names_of_a_company_are_for_staff(cast, find):
    CompanyName.objects.create(
        company=cast.sora.company, name="Blue Sky", folded="bluesky", kind="former"
    )
    make.contact("Mari", cast.sora, shared_at=now())

    assert set(find(cast.aki, "blue sky")) == {"account Sora", "account Sora Tea", "company Sora"}
    assert find(cast.chie, "bluesky") == ["company Sora"]
    assert find(cast.ken, "blue sky") == []
    assert find(cast.ken, "sora") == ["account Sora"]


def test_a_denial_hides_at_once_and_its_end_shows_again(cast, find):
    denial = make.denial(cast.emi, cast.sora)
    assert find(cast.emi, "sora") == ["company Sora"]

    denial.lifted_at, denial.lift_reason = now(), "They parted."
    denial.save()
    assert find(cast.emi, "sora") == ["account Sora", "account Sora Tea", "company Sora"]


def test_how_many_there_are_is_told_of_what_is_seen(cast):
    make.denial(cast.emi, cast.sora_tea)

    with acting_as(cast.emi):
        assert queries.find("sora", most=1, ours=True).totals == {"account": 1, "company": 1}


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO search_entry (source, row_id) VALUES ('clients_account', gen_random_uuid())",
        "UPDATE search_entry SET plain = ''",
        "DELETE FROM search_entry",
        "SELECT search_rebuild()",
        "SELECT search_write('clients_account', NULL)",
        "SELECT * FROM search_of_clients_account(NULL)",
    ],
)
def test_nobody_writes_the_index_or_reads_past_the_wall(cast, sql):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(cast.hana),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_what_finds_may_read_the_index_and_who_sees_what_and_nothing_else(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, array_agg(x.privilege_type::text)
            FROM pg_class c CROSS JOIN aclexplode(c.relacl) x
            JOIN pg_roles g ON g.oid = x.grantee AND g.rolname = %s
            WHERE c.relnamespace = 'public'::regnamespace GROUP BY c.relname
            """,
            [f"{connection.settings_dict['USER'].removesuffix('_owner')}_search"],
        )
        rights = dict(cursor.fetchall())
        cursor.execute(
            "SELECT pg_get_userbyid(proowner), prosecdef FROM pg_proc"
            " WHERE proname = 'acting_search'"
        )
        owner, definer = cursor.fetchone()

    assert rights == {
        name: ["SELECT"] for name in ("search_entry", "policy_sight", "policy_denied")
    }
    assert owner.endswith("_search")
    assert definer
