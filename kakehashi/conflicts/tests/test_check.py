"""The check on rows of the database, as the officer runs it: what is read, and what is found."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.base.errors import Unreadable
from kakehashi.clients.models import AccountBrand, CompanyName
from kakehashi.conflicts import actions
from kakehashi.conflicts.asking import question_of
from kakehashi.conflicts.because import spoken
from kakehashi.conflicts.examining import examine
from kakehashi.conflicts.models import CategoryWord, Policy
from kakehashi.conflicts.terms import Scope
from kakehashi.conflicts.tests import reference
from kakehashi.people.models import Office
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = dt.date(2026, 4, 1)
pytestmark = pytest.mark.usefixtures("english")


def check(cast, mode="", **data):
    """A case checked by the conflicts officer."""
    with acting_as(cast.go):
        return examine(question_of({"company": "Newcomer", **data}, TODAY), TODAY, mode)


def hits(answer):
    return [
        (hit.found.holder.name[0], hit.commitment, str(hit.found.touched.severity))
        for hit in answer.hits
    ]


class TestClauses:
    def test_a_category_clause_by_each_severity(self, cast, tree):
        make.commitment(cast.sora, tree["drinks"], code="C1")
        make.commitment(cast.rival, tree["sweets"], code="C2")

        assert hits(check(cast, categories=["t:tea"])) == [
            ("Sora", "C1", "direct"), ("Rival", "C2", "indirect"),
        ]  # fmt: skip
        assert sorted(hits(check(cast, categories=["t:food"]))) == [
            ("Rival", "C2", "adjacent"), ("Sora", "C1", "adjacent"),
        ]  # fmt: skip
        assert hits(check(cast, categories=["t:cars"])) == []

    def test_what_is_withdrawn_binds_nobody(self, cast, tree):
        make.commitment(
            cast.sora, tree["drinks"], withdrawn_at="2026-01-01T00:00Z", withdrawal="Over."
        )

        assert check(cast, categories=["t:tea"]).result == "clear"

    def test_a_past_clients_cooling_off_counts(self, cast, tree):
        cast.sora.status = "lost"
        cast.sora.save()
        make.commitment(cast.sora, tree["tea"], ends_on=dt.date(2026, 1, 31), cooling_off_months=3)

        assert check(cast, categories=["t:tea"], start="2026-04-30").result == "blocked"
        assert check(cast, categories=["t:tea"], start="2026-05-01").result == "clear"

    @pytest.mark.parametrize(
        ("scope", "elsewhere", "is_hit"),
        [("team", "TYO2", False), ("office", "TYO2", True), ("office", "OSA", False),
         ("agency_brand", "OSA", True), ("network", "OSA", True)],
    )  # fmt: skip
    def test_only_bound_units_are_hit(self, cast, tree, scope, elsewhere, is_hit):
        make.commitment(cast.sora, tree["tea"], scope=scope)

        answer = check(cast, categories=["t:tea"], office=elsewhere)

        assert bool(answer.hits) is is_hit
        assert check(cast, categories=["t:tea"], office="TYO1").hits

    @pytest.mark.parametrize(
        "typed",
        ["株式会社ツバサ", "㈱ツバサ", "ツバサ", "つばさ", "Tsubasa Inc.", "ﾂﾊﾞｻ", "翼商事", "N1"],
    )
    def test_a_named_company_is_found_by_any_of_its_names(self, cast, typed):
        known = make.company(
            "株式会社ツバサ", name_kana="ツバサ", name_en="Tsubasa Co., Ltd.", code="N1"
        )
        CompanyName.objects.create(company=known, kind="former", name="翼商事", folded="翼商事")
        make.commitment(cast.sora, level="company", names=("株式会社ツバサ",), code="C1")

        answer = check(cast, company=typed)

        assert hits(answer) == [("Sora", "C1", "direct")]

    def test_a_subsidiary_is_meant_by_its_parents_name(self, cast):
        top = make.company("Tsubasa Holdings")
        make.company("Tsubasa Air", parent=top)
        make.commitment(cast.sora, level="company", names=("Tsubasa Holdings",))

        assert check(cast, company="Tsubasa Air").result == "blocked"

    def test_a_company_that_is_not_on_file_is_met_by_name(self, cast):
        make.commitment(cast.sora, level="company", names=("無名酒造株式会社",))

        assert check(cast, company="㈱ 無名酒造").result == "blocked"

    def test_the_holders_own_family_is_no_hit(self, cast, tree):
        make.company("Sora Foods", parent=cast.sora.company)
        make.commitment(cast.sora, tree["tea"])

        assert check(cast, company="Sora Foods", categories=["t:tea"]).hits == []

    @pytest.mark.parametrize(("level", "result"), [("company", "clear"), ("group", "blocked")])
    def test_a_sister_of_a_named_company_is_a_matter_of_the_group(self, cast, level, result):
        top = make.company("Tsubasa Holdings")
        make.company("Tsubasa Air", parent=top)
        make.company("Tsubasa Foods", parent=top)
        make.commitment(cast.sora, level=level, names=("Tsubasa Air",))

        assert check(cast, company="Tsubasa Foods").result == result

    def test_a_consent_takes_the_hit_away_and_says_so(self, cast, tree):
        make.commitment(cast.sora, tree["tea"], code="C1")
        make.consent(cast.sora, expires_on=dt.date(2026, 4, 1), conditions="Other floors.")

        answer = check(cast, categories=["t:tea"])

        assert (answer.result, answer.hits) == ("clear", [])
        assert spoken(answer.consented[0].because)[-1] == (
            "Sora consented on 1 Apr 2016, until 1 Apr 2026. Other floors."
        )
        assert check(cast, categories=["t:tea"], start="2026-04-02").result == "blocked"


class TestUnwritten:
    def test_clients_of_the_same_market_by_the_mode(self, cast, tree):
        cast.sora.categories = ["緑茶"]
        cast.sora.save()

        strict = check(cast, categories=["t:tea"], mode="strict")
        split = check(cast, categories=["t:tea"], mode="split")

        assert hits(strict) == [("Sora", None, "direct")]
        assert (strict.result, split.result) == ("blocked", "safeguards")

    def test_through_a_brand_they_handle_in_its_countries(self, cast, tree):
        tea = make.brand(cast.sora.company, "Leaf", categories=["Tea"], countries=["JP"])
        AccountBrand.objects.create(account=cast.sora_tea, brand=tea, starts_on=make.LONG_AGO)

        assert hits(check(cast, categories=["t:tea"], countries=["JP"])) == [
            ("Sora Tea", None, "direct")
        ]
        assert check(cast, categories=["t:tea"], countries=["SG"]).hits == []

    def test_a_lost_client_without_a_clause_counts_no_more(self, cast, tree):
        cast.sora.categories, cast.sora.status = ["t:tea"], "lost"
        cast.sora.save()

        assert check(cast, categories=["t:tea"]).hits == []

    def test_a_word_given_a_place_counts_as_its_category(self, cast, tree):
        CategoryWord.objects.create(word="お茶っぱ", category=tree["tea"])
        cast.sora.categories = ["お茶っぱ"]
        cast.sora.save()

        assert hits(check(cast, categories=["t:coffee"])) == [("Sora", None, "adjacent")]

    def test_a_declared_rival_and_one_through_the_family(self, cast):
        newcomer = make.company("Newcomer")
        make.rivalry(newcomer, cast.sora.company, ground="Both sell tea.")
        sister = make.company("Rival Sister", parent=cast.rival.company)
        make.rivalry(sister, newcomer)

        assert hits(check(cast)) == [
            ("Sora", None, "direct"), ("Sora Tea", None, "direct"), ("Rival", None, "indirect"),
        ]  # fmt: skip

    def test_a_category_too_broad_to_compare_makes_no_rivals_and_binds_as_before(self, cast, tree):
        cast.sora.categories, cast.rival.categories = ["t:drinks"], ["t:tea"]
        cast.sora.save()
        cast.rival.save()
        assert len(hits(check(cast, categories=["t:drinks"]))) == 2
        with acting_as(cast.go):
            actions.mark_broad(category=tree["drinks"], reason="So.", by=cast.go, at=now())

        assert hits(check(cast, categories=["t:drinks"])) == []
        assert hits(check(cast, categories=["t:coffee"])) == []
        assert hits(check(cast, categories=["t:tea"])) == [("Rival", None, "direct")]
        make.commitment(cast.sora, tree["drinks"], code="C1")
        assert hits(check(cast, categories=["t:drinks"])) == [("Sora", "C1", "direct")]

    def test_who_was_declared_not_to_compete_shares_no_market(self, cast, tree):
        cast.sora.categories = ["t:tea"]
        cast.sora.save()
        make.rivalry(
            make.company("Newcomer"), cast.sora.company, competing=False, ground="Partners."
        )

        assert check(cast, categories=["t:tea"]).hits == []

    def test_the_agencys_own_table_decides(self, cast, tree):
        Policy.objects.create(mode="split", split_direct="consent")
        cast.sora.categories = ["t:tea"]
        cast.sora.save()

        answer = check(cast, categories=["t:tea"])

        assert (answer.mode, answer.result) == ("split", "consent")


class TestCase:
    def test_a_brand_on_file_brings_its_categories_and_countries(self, cast, tree):
        owner = make.company("Newcomer")
        make.brand(owner, "Leaf", categories=["t:tea"], countries=["SG"])
        make.commitment(cast.sora, tree["tea"], countries=["JP"], code="JP")
        make.commitment(cast.sora, tree["tea"], countries=["SG"], code="SG")

        assert hits(check(cast, brand="Leaf")) == [("Sora", "SG", "direct")]

    def test_what_cannot_be_read_is_said(self, cast):
        refused = [
            ([], "A case is a JSON object."),
            ({}, "Say whose advertising it is: “company” is missing."),
            ({"company": "A", "colour": "red"}, "A case has no “colour”"),
            ({"company": 7}, "“company” is a text."),
            ({"company": "A", "categories": "t:tea"}, "“categories” is a list of texts."),
            (
                {"company": "A", "categories": ["t:nothing"]},
                "No category has the code “t:nothing”.",
            ),
            ({"company": "A", "countries": ["Atlantis"]}, "“Atlantis” is not a country."),
            ({"company": "A", "office": "X"}, "No office has the code “X”."),
            ({"company": "A", "people": ["nobody"]}, "None of our people has the login “nobody”."),
            ({"company": "A", "start": "2026-02-30"}, "2026-02-30"),
            (
                {"company": "A", "start": "2026-03-01", "end": "2026-02-28"},
                "The case ends before it starts.",
            ),
        ]
        for data, reason in refused:
            with acting_as(cast.go), pytest.raises(Unreadable) as refusal:
                question_of(data, TODAY)

            assert reason in refusal.value.reason

    def test_every_sentence_is_spoken_in_both_languages(self, cast, tree):
        make.commitment(
            cast.sora, tree["drinks"], code="C1", ends_on=dt.date(2026, 2, 28),
            cooling_off_months=6, countries=["JP"], disciplines=["media"], scope="office",
        )  # fmt: skip
        data = {"categories": ["t:tea"], "countries": ["JP", "SG"], "office": "TYO2"}
        told = check(cast, **data).hits[0].because

        assert spoken(told) == [
            "The clause C1 promises Sora exclusivity (Category).",
            "“Drinks” covers “Tea”, which lies below it.",
            (
                "Its term ended on 28 Feb 2026, but a cooling-off of 6 months runs until"
                " 28 Aug 2026; the case begins on 1 Apr 2026."
            ),
            "It covers Japan; the case is for Japan, Singapore.",
            "It covers media; the case is for all disciplines.",
            "It binds Tokyo and what is below; the case is led by Bureau 2.",
            "A written clause is judged strictly in either mode: direct, so blocked.",
        ]
        with translation.override("ja"):
            assert spoken(told)[1] == "「飲料」は、その下位にある「緑茶」を含みます。"

    def test_nobody_but_officers_finds_anything(self, cast, tree):
        make.commitment(cast.sora, tree["tea"])
        cast.rival.categories = ["t:tea"]
        cast.rival.save()
        question = {"company": "Newcomer", "categories": ["t:tea"]}

        for person in (cast.aki, cast.emi, cast.fumi, cast.hana):
            with acting_as(person):
                answer = examine(question_of(question, TODAY), TODAY)
            assert (answer.result, answer.hits, answer.possible) == ("clear", [], [])


class TestNearMisses:
    def test_names_almost_alike_are_shown_with_their_likeness_and_do_not_decide(self, cast):
        known = make.company("株式会社サカタのタネ", name_kana="サカタノタネ")
        make.company("トヨタ自動車株式会社")
        make.commitment(cast.sora, level="company", names=("サカタの種",), code="C1")

        on_file = check(cast, company="サカタ種苗")
        in_clause = check(cast, company=known.name)

        assert [(like.name, like.because[0][0]) for like in on_file.possible] == [
            ("株式会社サカタのタネ", "alike_on_file"), ("サカタの種", "alike_in_clause"),
        ]  # fmt: skip
        assert all(0.5 < like.likeness < 1 for like in on_file.possible)
        assert [like.name for like in in_clause.possible] == ["サカタの種"]
        assert (on_file.result, in_clause.result) == ("clear", "clear")

    def test_what_is_meant_is_not_possible_as_well(self, cast):
        make.company("株式会社サカタのタネ")
        make.commitment(cast.sora, level="company", names=("㈱サカタのタネ",))

        answer = check(cast, company="サカタのタネ")

        assert (answer.result, answer.possible) == ("blocked", [])


class TestPeople:
    def test_nobody_serves_two_rivals_at_once(self, cast, tree):
        cast.sora.categories = ["t:tea"]
        cast.sora.save()

        answer = check(
            cast, categories=["t:tea"], people=[cast.aki.handle, cast.chie.handle], mode="split"
        )

        assert [(k.objection.person, k.objection.until) for k in answer.people] == [
            (cast.aki.pk, None)
        ]
        assert check(cast, categories=["t:coffee"], people=[cast.aki.handle]).people == []

    @pytest.mark.parametrize(("start", "is_kept"), [("2026-06-28", True), ("2026-06-29", False)])
    def test_the_personnel_barrier_holds_for_months_after_a_seat(self, cast, tree, start, is_kept):
        make.commitment(cast.rival, tree["tea"], personnel_barrier_months=4, scope="team")
        make.seat(cast.dan, cast.rival, "account_director", ends_on=dt.date(2026, 2, 28))

        answer = check(
            cast, categories=["t:tea"], people=[cast.dan.handle], start=start, office="OSA"
        )

        kept = [(k.objection.person, k.objection.until) for k in answer.people]
        assert kept == ([(cast.dan.pk, dt.date(2026, 6, 28))] if is_kept else [])
        assert answer.hits == []


def test_many_commitments_are_found_as_the_reference_finds_them(cast, tree):
    """What is read from the database never leaves out what the text would hit."""
    chance = random.Random(7)
    offices = {
        o.code: (o.parent and o.parent.code, o.kind)
        for o in Office.objects.select_related("parent")
    }
    paths = {
        category.code: tuple(by_id[step].code for step in category.lineage)
        for by_id in [{c.pk: c for c in tree.values()}]
        for category in tree.values()
    }
    accounts = {
        code: make.account(f"Holder {code}", Office.objects.get(code=code)) for code in offices
    }
    clauses = {}
    for at in range(80):
        lead = chance.choice(sorted(accounts))
        chosen = chance.sample(sorted(tree), chance.randint(0, 2))
        start = TODAY + dt.timedelta(chance.randint(-400, 60))
        end = chance.choice([None, start + dt.timedelta(chance.randint(0, 500))])
        clause = {
            "family": "holder", "lead": lead, "level": chance.choice(["brand", "category"]),
            "names": set(chance.sample(["newcomer", "zoom"], chance.randint(0, 1))),
            "categories": [paths[tree[name].code] for name in chosen],
            "countries": set(chance.sample(["JP", "SG"], chance.randint(0, 1))),
            "disciplines": set(chance.sample(["media", "creative"], chance.randint(0, 1))),
            "scope": chance.choice(Scope.values), "start": start, "end": end,
            "cooling": chance.choice([0, 3, 6]), "consents": [],
        }  # fmt: skip
        clauses[f"C{at}"] = clause
        make.commitment(
            accounts[lead], *(tree[name] for name in chosen), names=tuple(clause["names"]),
            code=f"C{at}", level=clause["level"], scope=clause["scope"], starts_on=start,
            ends_on=end, cooling_off_months=clause["cooling"],
            countries=sorted(clause["countries"]), disciplines=sorted(clause["disciplines"]),
        )  # fmt: skip

    for _at in range(25):
        new = {
            "company": chance.choice(["newcomer", "another"]), "family": "new",
            "brand": chance.choice(["", "zoom"]),
            "categories": [paths[tree[n].code] for n in chance.sample(sorted(tree), 1)],
            "countries": set(chance.sample(["JP", "SG"], chance.randint(0, 2))),
            "disciplines": set(chance.sample(["media", "creative"], chance.randint(0, 1))),
            "office": chance.choice(sorted(offices)),
            "start": TODAY + dt.timedelta(chance.randint(-100, 300)), "end": None,
        }  # fmt: skip
        answer = check(
            cast, company=new["company"], brand=new["brand"],
            categories=[f"t:{path[-1]}" for path in new["categories"]],
            countries=sorted(new["countries"]), disciplines=sorted(new["disciplines"]),
            office=new["office"], start=new["start"].isoformat(),
        )  # fmt: skip

        assert {hit.commitment: str(hit.found.touched.severity) for hit in answer.hits} == {
            code: severity
            for code, clause in clauses.items()
            if (severity := reference.hit(new, clause, offices, TODAY))
        }
