"""Pages of walls: there for officers, nowhere for others; who asks for what is hidden is noted."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from kakehashi.base.ids import uuid7
from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.actions import SideOf
from kakehashi.conflicts.models import Attempt, Exemption, SideRule, Wall, WallNotice
from kakehashi.documents import tables as documents
from kakehashi.documents.rendering import pdf
from kakehashi.notify.models import Notification
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()


@pytest.fixture
def wall(cast):
    """Sora's people and Rival's, kept apart."""
    Person.objects.update(language="en")
    sides = [
        SideOf("Sora's", offices=[cast.bureau1], accounts=[cast.sora]),
        SideOf("Rival's", people=[cast.chie], companies=[cast.rival.company]),
    ]
    with acting_as(cast.go):
        return actions.raise_wall(
            name="Sora–Rival", sides=sides, ground="Clause 7.", by=cast.go, at=now()
        )


def signed_in(client, person):
    client.force_login(person.login_row)
    return client


def page(name, *args):
    return reverse(f"conflicts:{name}", args=args)


def test_the_officer_puts_up_a_wall_by_its_form(client, cast):
    Person.objects.update(language="en")
    form = {
        "name": "Sora–Rival", "kind": "organisation", "ground": "Clause 7.",
        "name_1": "Sora's", "offices_1": f"{cast.bureau1.code}\n", "accounts_1": cast.sora.code,
        "name_2": "Rival's", "people_2": cast.chie.handle, "companies_2": cast.rival.company.name,
    }  # fmt: skip

    answer = signed_in(client, cast.go).post(page("raise-wall"), form)

    wall = Wall.objects.get()
    assert answer.headers["Location"] == page("wall", wall.pk)
    assert {(r.side.name, r.named) for r in SideRule.objects.select_related("side")} == {
        ("Sora's", cast.bureau1),
        ("Sora's", cast.sora),
        ("Rival's", cast.chie),
        ("Rival's", cast.rival.company),
    }
    shown = client.get(page("wall", wall.pk)).content.decode()
    assert "Clause 7." in shown
    assert "3 people, kept from the other sides" in shown
    assert "Aki" in shown


def test_a_line_that_names_nothing_is_refused_with_what_was_typed(client, cast):
    Person.objects.update(language="en")
    form = {"name": "W", "kind": "organisation", "ground": "G", "name_1": "A", "name_2": "B",
            "offices_1": "Nowhere"}  # fmt: skip

    answer = signed_in(client, cast.go).post(page("raise-wall"), form)

    assert answer.status_code == 422
    assert "“Nowhere”: No office is called so." in answer.content.decode()


def test_to_everybody_else_none_of_it_is_there(client, cast, wall):
    rule = SideRule.objects.first()
    side = rule.side
    for person in (cast.emi, cast.hana, cast.aki):
        signed_in(client, person)
        for path in (
            page("walls"), page("raise-wall"), page("wall", wall.pk), page("lift-wall", wall.pk),
            page("exempt", wall.pk), page("report", wall.pk), page("report-file", wall.pk),
            page("report-paper", wall.pk), page("add-to-side", side.pk),
            page("remove-from-side", rule.pk),
        ):  # fmt: skip
            assert client.get(path).status_code == 404, path
            assert client.post(path).status_code == 404, path


def test_an_exception_is_made_and_withdrawn_on_its_page(client, cast, wall):
    signed_in(client, cast.go)
    until = (TODAY + dt.timedelta(days=30)).isoformat()
    form = {"person": cast.emi.handle, "ends_on": until, "reason": "She signs for both."}

    client.post(page("exempt", wall.pk), form)

    (made,) = Exemption.objects.all()
    shown = client.get(page("wall", wall.pk)).content.decode()
    assert "She signs for both." in shown
    client.post(page("withdraw-exemption", made.pk))
    made.refresh_from_db()
    assert made.withdrawn_by == cast.go


def test_a_side_grows_by_one_thing_at_a_time(client, cast, wall):
    signed_in(client, cast.go)
    side = wall.sides.get(name="Rival's")
    path = page("add-to-side", side.pk)

    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"person": cast.lena.handle}).status_code == 302

    rule = SideRule.objects.get(person=cast.lena)
    client.post(page("remove-from-side", rule.pk))
    assert not SideRule.objects.filter(pk=rule.pk).exists()


def test_the_wall_is_lifted_on_its_page_with_a_reason(client, cast, wall):
    signed_in(client, cast.go)

    assert client.post(page("lift-wall", wall.pk), {"reason": ""}).status_code == 422
    client.post(page("lift-wall", wall.pk), {"reason": "Rival has left us."})

    shown = client.get(page("wall", wall.pk)).content.decode()
    assert "Rival has left us." in shown
    assert (
        "This wall was lifted already." in client.get(page("lift-wall", wall.pk)).content.decode()
    )


def test_the_notice_tells_in_general_words_and_is_acknowledged_once(client, cast, wall):
    tasks.tell_affected(str(wall.pk), str(cast.go.pk))
    notice = WallNotice.objects.get(person=cast.aki)
    signed_in(client, cast.aki)

    shown = client.get(page("notice", notice.pk)).content.decode()
    assert "I have read this and keep to it" in shown
    assert "Rival" not in shown
    client.post(page("notice", notice.pk))

    assert "You have acknowledged this." in client.get(page("notice", notice.pk)).content.decode()
    assert signed_in(client, cast.chie).get(page("notice", notice.pk)).status_code == 404


def test_a_notice_tells_what_changed_on_it_to_whom_it_is_for_and_to_officers_alone(
    client, cast, wall
):
    tasks.tell_affected(str(wall.pk), str(cast.go.pk))
    notice = WallNotice.objects.get(person=cast.aki)
    past = reverse("history:record", args=["conflicts_wallnotice", notice.pk])
    with acting_as(cast.aki):
        actions.acknowledge(notice=notice, by=cast.aki, at=now())

    for person, shown_on in ((cast.aki, "notice"), (cast.go, "wall")):
        signed_in(client, person)
        pk = {"notice": notice.pk, "wall": wall.pk}[shown_on]
        assert past in client.get(page(shown_on, pk)).content.decode()
        changed = client.get(past).content.decode()
        assert ("<dt>Read</dt>" in changed, "Rival" in changed) == (True, False)
    nothing = reverse("history:record", args=["conflicts_wallnotice", uuid7()])
    for person in (cast.chie, cast.emi, cast.hana):
        signed_in(client, person)
        assert [client.get(path).status_code for path in (past, nothing)] == [404, 404]


def test_the_wall_tells_who_has_read_its_notice_and_who_has_not(client, cast, wall):
    tasks.tell_affected(str(wall.pk), str(cast.go.pk))
    notice = WallNotice.objects.get(person=cast.aki)
    with acting_as(cast.aki):
        actions.acknowledge(notice=notice, by=cast.aki, at=now())

    shown = signed_in(client, cast.go).get(page("wall", wall.pk))

    assert [told.notice for told in shown.context["read"]] == [notice]
    assert {told.person for told in shown.context["waiting"]} >= {cast.chie}
    assert "1 person has acknowledged it" in shown.content.decode()


def attempts(person):
    return set(Attempt.objects.filter(person_id=person.pk).values_list("asked", flat=True))


def test_who_asks_for_a_page_that_is_not_there_is_noted_whether_it_exists_or_not(
    client, cast, wall
):
    signed_in(client, cast.aki)
    nothing = uuid7()

    for pk in (cast.rival.pk, nothing, cast.sora.pk, "-" * 36, "a" * 36):
        client.get(f"/accounts/{pk}/money/")

    assert attempts(cast.aki) == {cast.rival.pk, nothing}


def test_the_officer_is_told_at_night_which_were_behind_a_wall(client, cast, wall):
    signed_in(client, cast.aki)
    client.get(f"/accounts/{cast.rival.pk}/")
    client.get(f"/jobs/{make.job(cast.rival).pk}/")
    client.get(f"/accounts/{uuid7()}/")
    signed_in(client, cast.lena).get(f"/accounts/{cast.rival.pk}/")

    tasks.report_attempts(0)

    (told,) = Notification.objects.filter(kind="conflicts.tried")
    assert (told.person, told.subject_id) == (cast.go, wall.pk)
    shown = signed_in(client, cast.go).get("/notices/").content.decode()
    assert "2 pages behind this wall were asked for" in shown
    assert Notification.objects.filter(kind="conflicts.tried").count() == 1


def test_the_report_tells_who_stood_where_and_when_and_who_tried(client, cast, wall):
    newcomer = make.staff("Nao", cast.bureau1, starts_on=TODAY)
    signed_in(client, newcomer).get(f"/accounts/{cast.rival.pk}/")
    with acting_as(cast.go):
        actions.remove_from_side(rule=SideRule.objects.get(person=cast.chie), by=cast.go)
        actions.exempt(
            wall=wall, person=cast.emi, ends_on=TODAY, reason="=1+1", by=cast.go, at=now()
        )
    signed_in(client, cast.go)

    shown = client.get(page("report", wall.pk)).content.decode()
    assert f"/accounts/{cast.rival.pk}/" in shown

    book = openpyxl.load_workbook(io.BytesIO(client.get(page("report-file", wall.pk)).content))
    people = {tuple(r[:2]) for r in book["Who stood on which side"].iter_rows(values_only=True)}
    assert {("Sora's", "Aki"), ("Sora's", "Nao"), ("Rival's", "Chie")} <= people
    reason = book["Exceptions"].cell(row=2, column=7)
    assert (reason.value, reason.data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("language", "heads"),
    [("en", ("Who stood on which side", "Exceptions")), ("ja", ("誰がどの側にいたか", "例外"))],
)
def test_the_report_on_paper_says_the_same_and_as_much_of_each_table_as_fits(
    client, cast, wall, monkeypatch, language, heads
):
    said = []

    def printing(paper, words, *, dated):
        said.append(words)
        return pdf(paper, words, dated=dated)

    monkeypatch.setattr(documents, "ON_PAPER", 1)
    monkeypatch.setattr(documents, "pdf", printing)
    Person.objects.filter(pk=cast.go.pk).update(language=language)
    signed_in(client, cast.aki).get(f"/accounts/{cast.rival.pk}/")
    signed_in(client, cast.go)

    printed = client.get(page("report-paper", wall.pk))

    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    (words,) = said
    tables = {table["title"]: table for table in words["tables"]}
    assert set(heads) <= set(tables)
    people = tables[heads[0]]
    assert [len(people["rows"]), bool(people["more"])] == [1, True]
    assert any(f"/accounts/{cast.rival.pk}/" in row for t in words["tables"] for row in t["rows"])
