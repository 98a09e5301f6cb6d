"""Pages of commitments, competitors and categories: there for officers, nowhere for others."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import now

from kakehashi.base.ids import uuid7
from kakehashi.conflicts import actions
from kakehashi.conflicts.models import (
    Category,
    CategoryLink,
    CategoryPair,
    CategoryWord,
    Commitment,
    MediaAdjacency,
    Rivalry,
)
from kakehashi.conflicts.queries import lists
from kakehashi.conflicts.queries.categories import OWN
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make
from tests.twin.normal import normal

TODAY = dt.date(2026, 4, 1)


def signed_in(client, person):
    Person.objects.update(language="en")
    client.force_login(person.login_row)
    return client


def page(name, *args):
    return reverse(f"conflicts:{name}", args=args)


def past(row):
    return reverse("history:record", args=[row._meta.db_table, row.pk])


@pytest.fixture
def officer(client, cast):
    return signed_in(client, cast.go)


@pytest.fixture
def tea(db):
    return make.category("t:tea", name="緑茶", name_en="Tea")


def test_nobody_else_finds_any_of_these_pages(client, cast, tea):
    promised = make.commitment(cast.sora, tea)
    pair = make.rivalry(cast.sora.company, cast.rival.company)
    names = (
        "commitments", "note-commitment", "note-media-rule", "competitors", "declare-rivalry",
        "categories", "find-categories", "place-word", "declare-pair", "link-categories", "policy",
        "mark-broad",
    )  # fmt: skip
    addresses = [page(name) for name in names]
    addresses += [
        page(name, promised.pk) for name in ("commitment", "edit-commitment", "withdraw-commitment")
    ]
    addresses += [page("edit-rivalry", pair.pk), past(pair)]
    posts = [
        page("plant"), page("take-back-rivalry", pair.pk), page("remove-media-rule", uuid7()),
        page("take-back-pair", uuid7()),
    ]  # fmt: skip

    signed_in(client, cast.emi)
    assert {client.get(address).status_code for address in addresses} == {404}
    assert {client.post(address).status_code for address in posts} == {404}
    signed_in(client, cast.go)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_commitment_is_noted_edited_and_withdrawn_by_its_forms(officer, cast, tea):
    form = {
        "account": cast.sora.code, "code": "", "origin": "clause", "level": "category",
        "categories": "Tea", "competitors": "Rival; Nobody Inc.", "countries": "日本; SG",
        "disciplines": "media", "scope": "team", "starts_on": "2026-04-01", "ends_on": "",
        "cooling_off_months": "6", "personnel_barrier_months": "12", "safeguards": "Other floors",
        "clause_text": "§ 7", "clause_file": "contract.pdf", "clause_page": "3", "fee": "1000",
        "fee_currency": "円",
    }  # fmt: skip
    officer.post(page("note-commitment"), form)
    made = Commitment.objects.get()

    assert made.code.startswith(f"{cast.sora.code}-")
    assert (made.countries, made.fee_currency, made.noted_by) == (["JP", "SG"], "JPY", cast.go)
    assert {n.name: n.company for n in made.competitors.all()} == {
        "Rival": cast.rival.company, "Nobody Inc.": None,
    }  # fmt: skip
    shown = officer.get(page("commitment", made.pk)).content.decode()
    assert "Other floors" in shown
    assert "Japan, Singapore" in shown

    answer = officer.get(page("edit-commitment", made.pk))
    edited = {**answer.context["form"].initial, "ends_on": "2027-03-31", "competitors": "Rival"}
    edited = {
        name: "; ".join(value) if isinstance(value, list) else value
        for name, value in edited.items()
    }
    officer.post(page("edit-commitment", made.pk), edited)
    made.refresh_from_db()
    assert made.ends_on == dt.date(2027, 3, 31)
    assert [n.name for n in made.competitors.all()] == ["Rival"]
    assert [c.category for c in made.categories.all()] == [tea]

    assert officer.post(page("withdraw-commitment", made.pk), {"reason": ""}).status_code == 422
    officer.post(page("withdraw-commitment", made.pk), {"reason": "Released by letter."})
    made.refresh_from_db()
    assert (made.withdrawn_by, made.withdrawal) == (cast.go, "Released by letter.")
    assert officer.get(page("edit-commitment", made.pk)).status_code == 404
    assert made.code in officer.get(page("commitments") + "?state=withdrawn").content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"categories": "Drones"}, "categories"),
        ({"categories": "", "competitors": ""}, "categories"),
        ({"countries": "Atlantis"}, "countries"),
        ({"ends_on": "2026-03-31"}, "ends_on"),
        ({"fee": "5", "fee_currency": ""}, "fee_currency"),
        ({"account": "NOBODY"}, "account"),
    ],
)
def test_a_form_that_cannot_be_says_where(officer, cast, tea, changed, field):
    form = {
        "account": cast.sora.code, "origin": "clause", "level": "category", "categories": "Tea",
        "scope": "network", "starts_on": "2026-04-01", "cooling_off_months": "0",
        "personnel_barrier_months": "0",
    }  # fmt: skip

    answer = officer.post(page("note-commitment"), {**form, **changed})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not Commitment.objects.exists()


def test_the_list_tells_how_each_stands_and_finds_by_what_it_names(cast, tea):
    make.commitment(cast.sora, tea, code="RUNS", ends_on=dt.date(2027, 1, 1))
    make.commitment(cast.sora, tea, code="COOLS", ends_on=dt.date(2026, 3, 1), cooling_off_months=3)
    make.commitment(cast.rival, tea, code="OVER", ends_on=dt.date(2026, 3, 1), names=("Zoom",))
    make.commitment(cast.rival, tea, code="COMES", starts_on=dt.date(2026, 5, 1))

    with acting_as(cast.go):
        rows = lists.commitments("", TODAY, withdrawn=False)
        found = {q: {r.commitment.code for r in lists.commitments(q, TODAY, withdrawn=False)}
                 for q in ("zoom", "緑茶", "rival")}  # fmt: skip

    assert {row.commitment.code: row.state for row in rows} == {
        "RUNS": "running", "COOLS": "cooling", "OVER": "over", "COMES": "coming",
    }  # fmt: skip
    assert [row.commitment.code for row in rows][-1] == "COMES"
    assert found == {
        "zoom": {"OVER"}, "緑茶": {"RUNS", "COOLS", "OVER", "COMES"}, "rival": {"OVER", "COMES"},
    }  # fmt: skip


def test_competitors_are_declared_changed_and_taken_back(officer, cast):
    form = {
        "kind": "company", "one": "Sora", "other": "Nobody Inc.", "competing": "yes",
        "strength": "direct", "ground": "Tea.",
    }  # fmt: skip
    officer.post(page("declare-rivalry"), form)
    made = Rivalry.objects.get()

    assert (made.one_company, made.other_company) == (cast.sora.company, None)
    turned = {**form, "one": "Nobody", "other": "Sora"}
    assert officer.post(page("declare-rivalry"), turned).status_code == 422
    change = {"version": made.version, "competing": "no", "strength": "direct", "ground": ""}
    assert officer.post(page("edit-rivalry", made.pk), change).status_code == 422
    officer.post(page("edit-rivalry", made.pk), {**change, "ground": "Partners."})
    made.refresh_from_db()
    assert (made.competing, made.ground) == (False, "Partners.")
    assert "They do not compete" in officer.get(page("competitors")).content.decode()
    assert past(made) in officer.get(page("edit-rivalry", made.pk)).content.decode()
    told = officer.get(past(made)).content.decode()
    assert "Tea." in told
    assert "Partners." in told
    officer.post(page("take-back-rivalry", made.pk))
    assert not Rivalry.objects.exists()


def test_the_tree_is_planted_words_placed_pairs_declared_schemes_linked(officer, cast, tea):
    cast.sora.categories = ["ドローン", "緑茶飲料"]
    cast.sora.save()
    officer.post(page("plant"))
    planted = Category.objects.get(scheme__code=OWN, name="緑茶飲料")
    leaf = Category.objects.get(scheme__code=OWN, name="日本茶")

    shown = officer.get(page("categories")).content.decode()
    assert "ドローン" in shown
    assert f"?word={'緑茶飲料'}" not in shown
    officer.post(page("place-word"), {"word": "ドローン", "category": f"{OWN}:hobby.toys"})
    assert CategoryWord.objects.get().category.name == "玩具"
    officer.post(
        page("declare-pair"),
        {"one": planted.pk, "other": leaf.pk, "competing": "yes", "reason": "Same moment."},
    )
    pair = CategoryPair.objects.get()
    assert {pair.one, pair.other} == {planted, leaf}
    shown = officer.get(page("categories")).content.decode()
    assert past(pair) in shown
    assert past(planted.scheme) in shown
    assert "ドローン" in officer.get(past(planted.scheme)).content.decode()
    officer.post(
        page("link-categories"), {"category": planted.pk, "kind": "same", "other": "t:tea"}
    )
    assert CategoryLink.objects.get().other == tea
    assert officer.get(page("categories") + "?q=green").context["found"][0].category == planted
    assert f"{OWN}:" in officer.get(page("find-categories") + "?category=緑茶").content.decode()
    officer.post(page("take-back-pair", pair.pk))
    assert not CategoryPair.objects.exists()


def test_a_category_is_marked_as_too_broad_once_and_the_mark_taken_back(officer, tea):
    said = {"category": "t:tea", "reason": "Everything that is drunk."}
    assert officer.post(page("mark-broad"), {**said, "reason": ""}).status_code == 422
    officer.post(page("mark-broad"), said)
    mark = CategoryPair.objects.get()

    shown = officer.get(page("categories")).content.decode()
    assert "Everything that is drunk." in shown
    assert "Tea ×" not in shown
    again = officer.post(page("mark-broad"), said)
    assert again.status_code == 422
    assert "declared of these two already" in again.content.decode()
    officer.post(page("take-back-pair", mark.pk))
    assert not CategoryPair.objects.exists()


def test_what_is_kept_apart_in_a_programme_stands_by_itself(officer, cast):
    form = {
        "account": cast.sora.code, "medium": "tv", "rule": "No other tea.",
        "starts_on": "2026-04-01",
    }  # fmt: skip
    officer.post(page("note-media-rule"), form)
    made = MediaAdjacency.objects.get()

    shown = officer.get(page("commitments")).content.decode()
    assert "No other tea." in shown
    assert past(made) in shown
    officer.post(page("remove-media-rule", made.pk))
    assert not MediaAdjacency.objects.exists()


def test_nobody_but_officers_may(cast, tea):
    with acting_as(cast.hana):
        for act in (
            lambda: actions.plant_starter_tree(by=cast.hana),
            lambda: actions.set_policy(mode="split", by=cast.hana, at=now()),
            lambda: actions.place_word(word="x", category=tea, by=cast.hana),
        ):
            with pytest.raises(Refused):
                act()
    with acting_as(cast.go), pytest.raises(ValidationError):
        actions.link_categories(category=tea, kind="same", other=tea, by=cast.go)


def test_a_consent_stands_under_its_commitment_with_what_changed_on_it(client, cast, tea):
    promised = make.commitment(cast.sora, tea)
    to_it = make.consent(cast.sora, commitment=promised, company_name="Kumo Tea")
    to_all = make.consent(cast.sora, company=cast.rival.company, expires_on=TODAY)
    of_another = make.consent(cast.rival)
    signed_in(client, cast.go)

    shown = client.get(page("commitment", promised.pk)).content.decode()
    listed = client.get(page("register")).content.decode()

    assert "Kumo Tea" in shown
    assert [past(one) in shown for one in (to_it, to_all, of_another)] == [True, True, False]
    assert [past(one) in listed for one in (to_it, to_all, of_another)] == [True, False, True]
    assert "Kumo Tea" in client.get(past(to_it)).content.decode()


def test_what_changed_on_a_consent_is_nothing_to_anybody_else(client, cast, tea):
    given = make.consent(cast.sora, commitment=make.commitment(cast.sora, tea))
    nothing = reverse("history:record", args=["conflicts_consent", uuid7()])
    for person in (cast.aki, cast.chie, cast.emi, cast.hana, cast.ken):
        signed_in(client, person)
        found, unknown = client.get(past(given)), client.get(nothing)
        assert [answer.status_code for answer in (found, unknown)] == [404, 404]
        assert normal(found.content) == normal(unknown.content)
