"""Contacts from a file: one human, one row for each account, and who may use the portal."""

from __future__ import annotations

import pytest

from kakehashi.clients.models import Contact
from kakehashi.imports.kinds import contacts
from kakehashi.imports.tests.moving import counts, load_file, told
from kakehashi.people.models import Login, Person
from tests import factories as make


@pytest.fixture
def accounts(db):
    office = make.office("Agency", code="HQ", kind="agency")
    make.staff("Aki", office, handle="aki")
    return {
        code: make.account(code, office, code=code, company=make.company(code))
        for code in ("A1", "A2")
    }


def contact(email, account):
    return Contact.objects.select_related("person").get(person__email=email, account__code=account)


def test_a_contact_is_a_person_of_the_client_with_a_part_on_the_account(accounts):
    load_file(
        "contacts",
        "email,account,name,name_kana,title,department,buying_role,language,portal\n"
        "Ken@Sora.example,A1,大場　健,おおば　けん,部長,宣伝部,決定者,日本語,はい\n",
    )

    found = contact("ken@sora.example", "A1")
    assert (found.title, found.department, found.buying_role) == ("部長", "宣伝部", "decider")
    assert (found.person.side, found.person.name) == ("client", "大場 健")
    assert (found.person.language, found.portal) == ("ja", True)


def test_one_human_on_two_accounts_is_one_person(accounts):
    data = "email,account,name,title\nken@x.example,A1,Ken,Head\nken@x.example,A2,Ken,Adviser\n"

    assert counts(load_file("contacts", data)) == (2, 0, 0, 0)

    assert Person.objects.filter(email="ken@x.example").count() == 1
    assert contact("ken@x.example", "A1").title == "Head"
    assert contact("ken@x.example", "A2").title == "Adviser"


def test_a_contact_of_another_account_is_known_again(accounts):
    ken = make.contact("Ken", accounts["A1"])

    load_file("contacts", "email,account,name\nken@client.example,A2,Ken\n")

    assert contact("ken@client.example", "A2").person == ken.person


def test_who_may_use_the_portal_gets_a_sign_in_once(accounts):
    data = "email,account,name,portal\nken@x.example,A1,Ken,{}\n"
    load_file("contacts", data.format("no"))
    assert not Login.objects.filter(email="ken@x.example").exists()

    load_file("contacts", data.format("yes"))
    login = Login.objects.get(email="ken@x.example")
    assert not login.has_usable_password()

    load_file("contacts", data.format("no"))
    assert contact("ken@x.example", "A1").portal is False


def test_many_people_of_one_name_get_sign_ins_of_their_own(accounts, monkeypatch):
    """With one digit of an id to tell them apart, forty people would share names."""
    monkeypatch.setattr(contacts, "TAIL", 1)
    rows = "".join(f"k{n}@x.example,A1,佐藤,yes\n" for n in range(40))

    outcome = load_file("contacts", f"email,account,name,portal\n{rows}")

    assert counts(outcome) == (40, 0, 0, 0)
    assert Login.objects.filter(email__startswith="k").count() == 40
    again = rows.replace("k", "m")
    assert counts(load_file("contacts", f"email,account,name,portal\n{again}")) == (40, 0, 0, 0)


def test_superiors_are_contacts_of_the_same_account_wherever_they_stand(accounts):
    load_file(
        "contacts",
        "email,account,name,reports_to\nmay@x.example,A1,May,KEN@x.example\nken@x.example,A1,Ken,\n",
    )

    assert contact("may@x.example", "A1").reports_to == contact("ken@x.example", "A1")


def test_a_human_who_is_renamed_is_updated_once_for_every_account(accounts):
    load_file("contacts", "email,account,name\nken@x.example,A1,Ken\nken@x.example,A2,Ken\n")

    outcome = load_file(
        "contacts", "email,account,name\nken@x.example,A1,Kenji\nken@x.example,A2,Kenji\n"
    )

    assert counts(outcome) == (0, 2, 0, 0)
    assert Person.objects.get(email="ken@x.example").name == "Kenji"


def test_a_contact_without_an_address_is_known_by_name(accounts):
    person = make.person("May", side="client")
    make.contact("May", accounts["A1"], person=person, portal=False)

    assert counts(load_file("contacts", "email,account,name,title\n,A1,May,Head\n")) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("rows", "row", "column", "why"),
    [
        (["n@x.example,NOWHERE,N,"], 0, "account", "No account has this code."),
        (["not an address,A1,N,"], 0, "email", "is not an e-mail address"),
        ([",A1,N,"], 0, "email", "A new contact needs an e-mail address."),
        (["aki@agency.example,A1,Aki,"], 0, "email", "belongs to one of our own people"),
        (["ken@client.example,A2,Not Ken,"], 0, "email", "Somebody of another name"),
        (["n@x.example,A1,N,nobody@x.example"], 0, "reports_to", "No contact of this account"),
        (["n@x.example,A2,N,ken@client.example"], 0, "reports_to", "No contact of this account"),
        (["n@x.example,A1,N,n@x.example"], 0, "reports_to", "runs in a ring"),
        (["n@x.example,A1,N,", "n@x.example,A1,N,"], 1, "email", "Row 0 of this file"),
        (
            ["n@x.example,A1,N,", "n@x.example,A2,M,"],
            1,
            "name",
            "Row 0 of this file says something",
        ),
    ],
)
def test_what_cannot_be_is_told_where_and_why(accounts, rows, row, column, why):
    make.contact("Ken", accounts["A1"])

    outcome = load_file("contacts", "\n".join(["email,account,name,reports_to", *rows]))

    (found,) = told(outcome)
    assert found[:2] == (row, column)
    assert why in found[2]


def test_two_contacts_of_one_name_without_address_are_no_guess(accounts):
    for _ in range(2):
        person = make.person("May", side="client")
        make.contact("May", accounts["A1"], person=person, portal=False)

    outcome = load_file("contacts", "email,account,name,title\n,A1,May,Head\n")

    assert told(outcome) == [
        (0, "email", "Several contacts of this account are meant by this row.")
    ]
