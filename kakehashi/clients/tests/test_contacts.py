"""The client's people: known ones are offered, never guessed; nobody reports to somebody below."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now
from procrastinate.contrib.django.models import ProcrastinateJob

from kakehashi.clients import actions
from kakehashi.clients.models import Contact
from kakehashi.people.models import Login, Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()


def add(cast, by=None, account=None, **said):
    by = by or cast.aki
    with acting_as(by):
        return actions.add_contact(
            account=account or cast.sora, by=by, **{"name": "清水 由紀", **said}
        )


def edit(contact, by, **said):
    person_version = said.pop("person_version", contact.person.version)
    version = said.pop("version", contact.version)
    with acting_as(by):
        return actions.edit_contact(
            contact=contact, version=version, person_version=person_version, by=by, **said
        )


def wrong(error, field):
    return error.value.message_dict[field][0]


def test_a_contact_is_a_person_of_the_client_and_their_part(cast):
    contact = add(
        cast,
        name="清水　由紀",
        name_kana="シミズ　ユキ",
        email="Yuki.Shimizu@Sora.Example",
        title="部長",
        department="宣伝部",
        buying_role="decider",
        channel="phone",
        preferences="午前中に電話",
    )

    with acting_as(cast.aki):
        found = Contact.objects.select_related("person").get(pk=contact.pk)
    assert found.person.side == Person.Side.CLIENT
    assert (found.person.name, found.person.email) == ("清水 由紀", "yuki.shimizu@sora.example")
    assert (found.title, found.buying_role, found.channel) == ("部長", "decider", "phone")


def test_who_does_not_see_the_account_sees_neither_contact_nor_person(cast):
    contact = add(cast)

    with acting_as(cast.chie):
        assert not Contact.objects.filter(pk=contact.pk).exists()
        assert not Person.objects.filter(pk=contact.person_id).exists()


def test_finance_enters_no_contact(cast):
    with pytest.raises(Refused):
        add(cast, by=cast.fumi)


def test_what_is_no_address_is_refused(cast):
    with pytest.raises(ValidationError) as error:
        add(cast, email="yuki at sora")

    assert "not an e-mail address" in wrong(error, "email")


def test_an_address_that_is_known_is_asked_about(cast):
    before = Person.objects.count()

    with pytest.raises(ValidationError) as error:
        add(cast, account=cast.sora_tea, email="KEN@client.example")

    assert error.value.error_dict["email"][0].code == "known"
    assert Person.objects.count() == before


def test_an_address_known_only_behind_a_wall_is_not(cast):
    """Chie does not see Ken: to her nobody has his address, and nobody is told that it is taken."""
    contact = add(cast, by=cast.chie, account=cast.rival, email="ken@client.example", name="Kenji")

    assert contact.person != cast.ken


def test_the_same_person_may_be_a_contact_of_another_account(cast):
    contact = add(cast, account=cast.sora_tea, person=cast.ken, title="Tea lead")

    assert contact.person == cast.ken
    cast.ken.refresh_from_db()
    assert cast.ken.name == "Ken"


def test_somebody_else_with_the_same_address_is_another_person(cast):
    contact = add(cast, email="ken@client.example", is_another=True)

    assert contact.person != cast.ken


def test_the_same_person_twice_on_one_account_is_refused(cast):
    with pytest.raises(ValidationError, match="already a contact"):
        add(cast, person=cast.ken)


def test_one_of_our_own_people_is_no_contact(cast):
    with pytest.raises(ValidationError) as error:
        add(cast, email=cast.ben.email)
    assert wrong(error, "email") == "This address belongs to one of our own people."

    with pytest.raises(ValidationError):
        add(cast, person=cast.ben)


# Who reports to whom


def test_contacts_report_to_each_other_within_the_account(cast):
    yuki = add(cast, reports_to=cast.ken_contact)

    assert yuki.reports_to == cast.ken_contact


def test_not_to_a_contact_of_another_account(cast):
    other = make.contact("Other", cast.sora_tea)

    with pytest.raises(ValidationError) as error:
        add(cast, reports_to=other)

    assert wrong(error, "reports_to") == "Choose a contact of this account."


def test_not_in_a_ring(cast):
    yuki = add(cast, reports_to=cast.ken_contact)
    mari = add(cast, name="Mari", reports_to=yuki)

    for below in (yuki, mari):
        with pytest.raises(ValidationError) as error:
            edit(Contact.objects.get(pk=cast.ken_contact.pk), cast.aki, reports_to=below)
        assert wrong(error, "reports_to") == "Nobody reports to somebody below them."
    with pytest.raises(ValidationError):
        edit(yuki, cast.aki, reports_to=yuki)


# Editing


def test_person_and_part_are_edited_together(cast):
    edit(cast.ken_contact, cast.aki, name="Kenji", phone="03-1234", title="Head")

    contact = Contact.objects.select_related("person").get(pk=cast.ken_contact.pk)
    assert (contact.title, contact.version) == ("Head", 2)
    assert (contact.person.name, contact.person.phone, contact.person.version) == (
        "Kenji",
        "03-1234",
        2,
    )


def test_a_person_nobody_changed_keeps_their_version(cast):
    edit(cast.ken_contact, cast.aki, name="Ken", title="Head")

    cast.ken.refresh_from_db()
    assert cast.ken.version == 1


@pytest.mark.parametrize("row", ["version", "person_version"])
def test_the_second_of_two_editors_is_told_whichever_row_it_was(cast, row):
    edit(cast.ken_contact, cast.ben, name="Kenji", title="Head")
    mine = Contact.objects.select_related("person").get(pk=cast.ken_contact.pk)
    versions = {"version": 2, "person_version": 2, row: 1}

    with pytest.raises(Stale, match="Ben changed this"):
        edit(mine, cast.aki, name="Kenzo", title="Chief", **versions)

    assert Contact.objects.get(pk=mine.pk).title == "Head"
    assert Person.objects.get(pk=cast.ken.pk).name == "Kenji"


def left(contact, by, on=TODAY):
    with acting_as(by):
        return actions.contact_left(contact=contact, on=on, by=by, at=now())


def test_a_contact_who_left_sees_nothing_from_the_next_day(cast):
    left(cast.ken_contact, cast.aki, on=make.LONG_AGO)

    with acting_as(cast.ken):
        assert not type(cast.sora).objects.exists()


def test_nobody_leaves_twice(cast):
    left(cast.ken_contact, cast.aki)

    with pytest.raises(Refused, match="has left already"):
        left(cast.ken_contact, cast.aki)


def test_nobody_has_left_tomorrow(cast):
    with pytest.raises(ValidationError) as error:
        left(cast.ken_contact, cast.aki, on=TODAY + dt.timedelta(days=2))

    assert error.value.message_dict == {"on": ["This day has not come yet."]}


def test_who_left_is_not_entered_twice_but_comes_back(cast):
    contact = left(cast.ken_contact, cast.aki, on=make.LONG_AGO)

    with pytest.raises(ValidationError) as error:
        add(cast, name="Ken", email=cast.ken.email, person=cast.ken)
    assert error.value.message_dict == {
        "email": [
            "This person was a contact here and has left. Say on the page that they are back."
        ]
    }

    with acting_as(cast.aki):
        actions.contact_back(contact=contact, by=cast.aki)
    with acting_as(cast.ken):
        assert type(cast.sora).objects.filter(pk=cast.sora.pk).exists()


def test_finance_brings_nobody_back(cast):
    contact = left(cast.ken_contact, cast.aki)

    with pytest.raises(Refused), acting_as(cast.fumi):
        actions.contact_back(contact=contact, by=cast.fumi)


def test_who_was_forgotten_is_neither_edited_nor_brought_back(cast):
    contact = left(cast.ken_contact, cast.aki)
    Person.objects.filter(pk=cast.ken.pk).update(anonymised_at=now())
    contact.person.refresh_from_db()

    with acting_as(cast.aki):
        with pytest.raises(Refused, match="data has been removed"):
            actions.contact_back(contact=contact, by=cast.aki)
        with pytest.raises(Refused, match="data has been removed"):
            actions.edit_contact(
                contact=contact, version=contact.version, person_version=1, by=cast.aki, name="Ken"
            )


# The portal


def jobs():
    return ProcrastinateJob.objects.filter(task_name="people.send_invitation")


def test_who_may_use_the_portal_is_invited_by_mail(cast):
    contact = add(cast, email="yuki@sora.example", portal=True, name_en="Yuki Shimizu")

    login = Login.objects.get(person=contact.person)
    assert login.email == "yuki@sora.example"
    assert login.username.startswith("yukishim-")
    assert not login.has_usable_password()
    assert [job.args for job in jobs()] == [{"person_id": str(contact.person_id)}]


def test_without_an_address_there_is_no_portal(cast):
    with pytest.raises(ValidationError) as error:
        add(cast, portal=True)

    assert wrong(error, "email") == "The portal needs an e-mail address."


def test_a_coordinator_enters_contacts_and_opens_no_portal(cast):
    make.seat(cast.lena, cast.sora, "coordinator")

    assert add(cast, by=cast.lena).pk
    with pytest.raises(Refused):
        add(cast, by=cast.lena, email="mari@sora.example", portal=True)


def test_opening_the_portal_later_invites_then(cast):
    contact = add(cast, email="yuki@sora.example")
    assert not jobs().exists()

    edit(contact, cast.aki, portal=True)

    assert jobs().count() == 1
    with acting_as(contact.person):
        assert type(cast.sora).objects.filter(pk=cast.sora.pk).exists()


def test_a_sign_in_that_stands_is_not_moved_to_another_address(cast):
    """Else who serves one account could take over a contact's view of accounts behind a wall."""
    before = Login.objects.get(person=cast.ken)
    edit(cast.ken_contact, cast.aki, email="aki@elsewhere.example", portal=False)
    contact = Contact.objects.get(pk=cast.ken_contact.pk)

    edit(contact, cast.aki, portal=True)

    after = Login.objects.get(person=cast.ken)
    assert (after.username, after.email) == (before.username, before.email)
    assert not jobs().exists()
