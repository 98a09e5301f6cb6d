"""A person's data is given out whole, without secrets, and removed without a trace."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import translation
from django.utils.timezone import localdate, now

from kakehashi.clients import actions as clients
from kakehashi.notify.models import Mail
from kakehashi.people import actions, privacy, tasks
from kakehashi.people.models import Absence, Employment, Login, Person
from kakehashi.people.queries.personal import everything_about
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.engine import Refused
from kakehashi.policy.models import Change
from kakehashi.ui.formats import reader_name
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)


def anonymise(person, by):
    with acting_as(by):
        return actions.anonymise(person=person, by=by, at=now())


def export(person, by):
    with acting_as(by):
        return json.loads(json.dumps(everything_about(person), cls=DjangoJSONEncoder))


def tables_that_mention(*words):
    """Every table of the database with one of the words in any column, as text."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace ORDER BY relname"
        )
        for (table,) in cursor.fetchall():
            for word in words:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{word}%"]
                )
                if cursor.fetchone()[0]:
                    found.append((table, word))
    return found


@pytest.fixture
def zenzo(cast):
    """Zenzo joined, was corrected, had a superior and an absence, was invited, and has left."""
    with acting_as(cast.hana):
        zenzo = actions.add_person(
            office=cast.bureau1,
            starts_on=TODAY - 9 * DAY,
            by=cast.hana,
            name="Zenzo Quill",
            name_kana="ぜんぞう",
            name_en="Zenzo Quill",
            handle="zenzo",
            email="zenzo@quill.example",
            phone="090-5550199",
            title="Quillmaster",
            roles=["creative"],
            superior=cast.ben,
        )
        actions.edit_person(
            person=zenzo, version=1, by=cast.hana, email="z.quill@quill.example", handle="zquill"
        )
        actions.invite(person=zenzo, by=cast.hana)
    Login.objects.filter(person=zenzo).update(password="a-secret-hash")
    Absence.objects.create(person=zenzo, starts_on=TODAY, ends_on=TODAY + DAY, deputy=cast.lena)
    Mail.objects.create(
        to="z.quill@quill.example",
        sender="kakehashi@localhost",
        subject="For Zenzo Quill",
        text="Reset: http://localhost:8000/auth/password/reset/key/3-abc-DEF/ now",
        written_at=now(),
    )
    return zenzo


def test_everything_stored_about_somebody_is_given_out(cast, zenzo):
    given = export(zenzo, cast.hana)

    assert given["person"]["name"] == "Zenzo Quill"
    assert [(row["title"], row["office"]) for row in given["employments"]] == [
        ("Quillmaster", "Bureau 1")
    ]
    assert [row["role"] for row in given["roles"]] == ["creative"]
    assert [row["superior"] for row in given["reporting_lines"]] == ["Ben"]
    assert [row["deputy"] for row in given["absences"]] == ["Lena"]
    assert given["sign_in"]["login"]["username"] == "zquill"
    assert {change["source"] for change in given["history"]} == {
        "people_person",
        "people_employment",
        "people_role",
        "people_reportingline",
        "people_absence",
    }


def test_what_is_given_out_lets_nobody_sign_in(cast, zenzo):
    [letter] = export(zenzo, cast.hana)["sign_in"]["mails"]

    assert letter["text"] == "Reset: http://localhost:8000/auth/… now"
    assert "a-secret-hash" not in json.dumps(export(zenzo, cast.hana))


def test_changes_somebody_made_are_only_counted(cast, zenzo):
    made = {row["source"]: row["changes"] for row in export(cast.hana, cast.hana)["changes_made"]}

    assert made["people_person"] == 2
    assert made["people_employment"] == 1


def test_packages_above_add_their_share(cast, zenzo, monkeypatch):
    share = privacy.Share(
        lambda person: [{"id": str(person.employments.get().pk), "account": "Sora"}],
        lambda **_told: [],
        None,
    )
    monkeypatch.setitem(privacy._shares, "seats", share)

    assert export(zenzo, cast.hana)["seats"][0]["account"] == "Sora"


def test_the_operator_is_given_everything(cast, zenzo):
    with acting_as_system("command"):
        given = everything_about(zenzo)

    assert given["sign_in"]["login"]["email"] == "z.quill@quill.example"


def test_everybody_reads_how_they_sign_in_and_nobody_elses(cast):
    assert export(cast.aki, cast.aki)["sign_in"]["login"]["username"] == cast.aki.handle

    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError, match="only an administrator"):
        export(cast.aki, cast.ben)


def test_a_colleague_who_left_is_removed_without_a_trace(cast, zenzo, client):
    client.force_login(zenzo.login_row)
    client.get("/auth/sessions/")
    words = ("Zenzo", "Quill", "ぜんぞう", "090-5550199")
    assert {table for table, _word in tables_that_mention(*words)} >= {
        "people_person",
        "people_login",
        "people_employment",
        "policy_change",
        "notify_mail",
    }
    Employment.objects.filter(person=zenzo).update(ends_on=TODAY - DAY)

    anonymise(zenzo, cast.hana)
    tasks.forget_everywhere(person_id=str(zenzo.pk))

    assert tables_that_mention(*words) == []


def test_what_they_decided_stays(cast, zenzo):
    Employment.objects.filter(person=zenzo).update(ends_on=TODAY - DAY)
    fact = make.fact(cast.sora, zenzo)

    forgotten = anonymise(zenzo, cast.hana)

    fact.refresh_from_db()
    assert fact.written_by == forgotten
    assert Employment.objects.filter(person=zenzo).exists()
    assert Change.objects.filter(source="people_person", row=str(zenzo.pk)).exists()


def test_the_name_is_said_in_the_readers_language(cast, zenzo):
    Employment.objects.filter(person=zenzo).update(ends_on=TODAY - DAY)

    forgotten = anonymise(zenzo, cast.hana)

    assert reader_name(forgotten) == "former colleague"
    with translation.override("ja"):
        assert reader_name(forgotten) == "元社員"
    assert reader_name(Person(side="client", anonymised_at=now())) == "former contact"


def test_the_sign_in_is_forgotten_as_well(cast, zenzo):
    Employment.objects.filter(person=zenzo).update(ends_on=TODAY - DAY)

    anonymise(zenzo, cast.hana)

    login = Login.objects.get(person=zenzo)
    assert (login.is_active, login.email, login.password) == (False, "", "!")
    assert login.username.startswith("anonymised-")


def test_who_works_for_us_is_not_anonymised(cast, zenzo):
    with pytest.raises(Refused, match="still works for us"):
        anonymise(zenzo, cast.hana)


def test_what_a_package_above_still_needs_is_not_removed(cast, zenzo, monkeypatch):
    Employment.objects.filter(person=zenzo).update(ends_on=TODAY - DAY)
    share = privacy.Share(lambda _p: [], lambda **_told: [], lambda _p: "Still a contact of Sora.")
    monkeypatch.setitem(privacy._shares, "contacts", share)

    with pytest.raises(Refused, match="Still a contact of Sora"):
        anonymise(zenzo, cast.hana)
    assert Person.objects.get(pk=zenzo.pk).name == "Zenzo Quill"


def test_nobody_is_anonymised_twice(cast, zenzo):
    Employment.objects.filter(person=zenzo).update(ends_on=TODAY - DAY)
    anonymise(zenzo, cast.hana)

    with pytest.raises(Refused, match="has been removed"):
        anonymise(zenzo, cast.hana)


@pytest.mark.parametrize("other", ["emi", "go", "aki"])
def test_only_administrators_anonymise(cast, zenzo, other):
    Employment.objects.filter(person=zenzo).update(ends_on=TODAY - DAY)

    with pytest.raises(Refused):
        anonymise(zenzo, getattr(cast, other))


def test_a_task_that_comes_for_somebody_not_forgotten_does_nothing(cast):
    tasks.forget_everywhere(person_id=str(cast.aki.pk))

    assert Person.objects.get(pk=cast.aki.pk).name == "Aki"


@pytest.fixture
def zyra(cast):
    """Zyra Quoll was a contact, stands on a handover's sheet, could sign in, and has left."""
    contact = make.contact(
        "Zyra",
        cast.sora,
        title="Quollmaster",
        department="Quoll office",
        preferences="Zyra likes to be called in the morning.",
    )
    with acting_as(cast.ben):
        clients.edit_contact(
            contact=contact,
            version=1,
            person_version=1,
            by=cast.ben,
            name="Zyra Quoll",
            name_kana="ずいら",
            phone="090-5550177",
        )
        clients.propose_handover(
            seat=cast.sora.seats.get(person=cast.aki),
            receiver=cast.ben,
            on=TODAY + 9 * DAY,
            by=cast.ben,
            at=now(),
        )
    return contact


def test_a_live_contact_is_not_anonymised(cast, zyra):
    with pytest.raises(Refused, match="Sora"):
        anonymise(zyra.person, cast.hana)


def test_a_contact_who_left_is_removed_without_a_trace(cast, zyra):
    words = ("Zyra", "Quoll", "ずいら", "090-5550177")
    assert {table for table, _word in tables_that_mention(*words)} >= {
        "people_person",
        "people_login",
        "clients_contact",
        "clients_handover",
        "policy_change",
    }
    zyra.refresh_from_db()
    with acting_as(cast.ben):
        clients.contact_left(contact=zyra, on=TODAY, by=cast.ben, at=now())

    forgotten = anonymise(zyra.person, cast.hana)
    tasks.forget_everywhere(person_id=str(forgotten.pk))

    assert tables_that_mention(*words) == []
    assert reader_name(forgotten) == "former contact"


def test_what_a_wall_hides_from_the_administrator_is_forgotten_too(cast, zyra):
    make.denial(cast.hana, cast.sora)
    on_rival = make.contact("Zyra", cast.rival, person=zyra.person, left_on=TODAY)
    zyra.refresh_from_db()
    with acting_as(cast.ben):
        clients.contact_left(contact=zyra, on=TODAY, by=cast.ben, at=now())

    forgotten = anonymise(on_rival.person, cast.hana)
    zyra.refresh_from_db()
    assert zyra.department == "Quoll office"

    tasks.forget_everywhere(person_id=str(forgotten.pk))
    assert tables_that_mention("Zyra", "Quoll") == []
