"""Categories, commitments and competitors from files, and back into files."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path

import pytest

from kakehashi.conflicts.models import (
    Category,
    Commitment,
    NamedCompetitor,
    Rivalry,
    Scheme,
)
from kakehashi.conflicts.queries.categories import OWN, load_vocabulary
from kakehashi.conflicts.taxonomy import Entry, placed
from kakehashi.house.cli import parser
from kakehashi.imports.exporting import Export
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.tests.moving import counts, load_file, told
from kakehashi.policy.acting import acting_as
from tests import factories as make

IAB = Path(__file__).parents[4] / "shared" / "data" / "iab" / "ad_product_taxonomy_2.0.tsv"
STARTER = Path(__file__).parents[2] / "conflicts" / "starter" / "categories.csv"
HEAD = (
    "code,account,level,categories,competitors,countries,disciplines,scope,starts_on,ends_on,"
    "cooling_off_months,personnel_barrier_months,safeguards\n"
)
FULL = (
    "C1,A1,category,t:tea;t:sweets,㈱ツバサ;Nobody Inc.,JP;SG,media,office,2025-04-01,2026-03-31,6,"
    "12,Separate floors; Separate people\n"
)


@pytest.fixture
def tea(cast):
    cast.sora.code = "A1"
    cast.sora.save()
    food = make.category("t:food")
    make.category("t:sweets", food)
    return make.category("t:tea", food)


def export(kind: str) -> str:
    file = io.BytesIO()
    Export(KINDS[kind]).write(file, "csv")
    return file.getvalue().decode("utf-8-sig").replace("\r\n", "\n")


class TestTaxonomy:
    """Places and repairs as plain functions."""

    def test_a_path_is_trusted_over_the_parent_that_is_given(self):
        found = placed(
            [
                Entry(0, "1", "1", "Top", ("Top",)),
                Entry(1, "2", "1", "Middle", ("Top", "Middle")),
                Entry(2, "3", "3", "Leaf", ("Top", "Middle", "Leaf")),
                Entry(3, "4", "1", "leaf", ("Top", "Middle", "Other leaf")),
            ]
        )

        assert found.parents == {"1": "", "2": "1", "3": "2", "4": "2"}
        assert found.names["4"] == "Other leaf"
        assert [(r.code, r.column, r.value, r.became) for r in found.repairs] == [
            ("1", "parent", "1", ""),
            ("3", "parent", "3", "2"),
            ("4", "parent", "1", "2"),
            ("4", "name", "leaf", "Other leaf"),
        ]
        assert found.way_to("4") == ["1", "2", "4"]

    def test_what_has_no_place_is_told(self):
        found = placed(
            [
                Entry(0, "1", "", "A", ("Nowhere", "A")),
                Entry(1, "2", "9", "B"),
                Entry(2, "3", "4", "C"),
                Entry(3, "4", "3", "D"),
                Entry(4, "5", "5", "E"),
            ]
        )

        assert [(f.line, f.column) for f in found.faults] == [
            (0, "tier_1"), (1, "parent"), (2, "parent"), (3, "parent"),
        ]  # fmt: skip
        assert [r.code for r in found.repairs] == ["5"]


@pytest.mark.skipif(not IAB.exists(), reason="the IAB's taxonomy lies beside the checkout")
class TestIab:
    def load(self, **how):
        return load_file("categories", IAB, maps={"constants": {"scheme": "iab"}}, **how)

    def test_all_rows_load_and_each_of_the_five_defects_is_reported_and_repaired(self, db):
        outcome = self.load()

        assert counts(outcome) == (583, 0, 0, 0)
        assert Counter(r.column for r in outcome.repairs) == {"parent": 7, "name": 8}
        by_code = dict(Category.objects.values_list("code", "parent__code"))
        assert by_code["1000"] is None  # its own parent: a root
        assert by_code["1037"] == "1036"  # its own parent, below Industrials
        assert {by_code[str(code)] for code in range(1038, 1042)} == {"1036"}
        assert by_code["1426"] == "1425"  # Core Gaming, not Casual Games
        assert Category.objects.get(code="1467").name == "Personal/Consumer Telecom"
        assert Category.objects.filter(parent=None).count() == 45
        assert Counter(Category.objects.values_list("lineage__len", flat=True)) == {
            1: 45, 2: 333, 3: 205,
        }  # fmt: skip
        assert counts(self.load()) == (0, 0, 583, 0)

    def test_how_hand_picked_pairs_stand_to_each_other(self, db):
        self.load()
        words = load_vocabulary()

        def relation(one, other):
            standing = words.tree.relation(
                words.meanings[f"iab:{one}"], words.meanings[f"iab:{other}"]
            )
            return standing.relation.value, standing.depth

        assert relation(1037, 1037) == ("same", 3)
        assert relation(1036, 1041) == ("ancestor", 2)
        assert relation(1041, 1010) == ("descendant", 1)
        assert relation(1037, 1041) == ("siblings", 2)
        assert relation(1424, 1426) == ("same_top", 1)
        assert relation(1035, 1036) == ("siblings", 1)
        assert relation(1037, 1043) == ("same_top", 1)
        assert relation(1037, 1424) == ("unrelated", 0)

    def test_the_command_tells_each_repair(self, db, capsys):
        arguments = parser().parse_args(
            ["import", "categories", str(IAB), "--scheme", "iab", "--json"]
        )
        assert arguments.run(arguments) == 0
        told = json.loads(capsys.readouterr().out)

        assert len(told["repairs"]) == 15
        assert told["repairs"][0] == {
            "row": 0, "column": "parent", "value": "1000", "became": "",
            "reason": told["repairs"][0]["reason"],
        }  # fmt: skip
        assert Scheme.objects.get().source == "IAB Tech Lab, CC BY 3.0"


class TestStarter:
    def test_our_own_tree_loads_in_both_languages(self, db):
        outcome = load_file("categories", STARTER, maps={"constants": {"scheme": OWN}})

        assert counts(outcome) == (245, 0, 0, 0)
        assert not Category.objects.filter(name="").exists()
        assert not Category.objects.filter(name_en="").exists()
        assert set(Category.objects.values_list("lineage__len", flat=True)) == {1, 2, 3}
        words = load_vocabulary()
        assert words.meanings["緑茶飲料"] == words.meanings["Green tea drinks"]
        assert words.meanings["緑茶飲料"] == words.meanings[f"{OWN}:beverage.softdrink.greentea"]

    def test_a_scheme_moves_out_and_in_again_unchanged(self, db):
        load_file("categories", STARTER, maps={"constants": {"scheme": OWN}})

        assert counts(load_file("categories", export("categories"))) == (0, 0, 245, 0)


class TestCommitments:
    def test_a_row_becomes_a_commitment_with_all_it_names(self, cast, tea):
        known = make.company("株式会社ツバサ")

        outcome = load_file("commitments", HEAD + FULL, by=cast.go)

        assert counts(outcome) == (1, 0, 0, 0)
        made = Commitment.objects.get()
        assert (made.account, made.level, made.scope, made.origin) == (
            cast.sora, "category", "office", "clause",
        )  # fmt: skip
        assert (made.countries, made.disciplines) == (["JP", "SG"], ["media"])
        assert (made.cooling_off_months, made.personnel_barrier_months) == (6, 12)
        assert made.safeguards == ["Separate floors", "Separate people"]
        assert made.noted_by == cast.go
        assert {c.category.code for c in made.categories.all()} == {"tea", "sweets"}
        assert dict(made.competitors.values_list("name", "company")) == {
            "(株)ツバサ": known.pk, "Nobody Inc.": None,
        }  # fmt: skip

    def test_what_is_left_empty_is_all_countries_the_network_and_no_months(self, cast, tea):
        load_file("commitments", HEAD + "C1,A1,category,t:tea,,,,,2025-04-01,,,,no\n")

        made = Commitment.objects.get()
        assert (made.countries, made.disciplines, made.scope) == ([], [], "network")
        assert (made.ends_on, made.cooling_off_months, made.safeguards) == (None, 0, [])

    def test_the_same_file_again_changes_nothing_and_another_list_does(self, cast, tea):
        load_file("commitments", HEAD + FULL)

        assert counts(load_file("commitments", HEAD + FULL)) == (0, 0, 1, 0)
        fewer = FULL.replace("t:tea;t:sweets", "t:tea").replace("㈱ツバサ;", "")
        assert counts(load_file("commitments", HEAD + fewer)) == (0, 1, 0, 0)
        assert [c.category for c in Commitment.objects.get().categories.all()] == [tea]
        assert list(NamedCompetitor.objects.values_list("name", flat=True)) == ["Nobody Inc."]

    def test_what_goes_out_comes_in_unchanged(self, cast, tea):
        load_file("commitments", HEAD + FULL)

        assert counts(load_file("commitments", export("commitments"))) == (0, 0, 1, 0)

    def test_a_brand_is_meant_by_a_clause_on_brands(self, cast, tea):
        zoom = make.brand(make.company("Zoom"), "Zoom")

        load_file("commitments", HEAD + "C1,A1,brand,,Zoom,,,,2025-04-01,,,,\n")

        assert NamedCompetitor.objects.get().brand == zoom

    def test_what_cannot_be_is_rejected_with_its_reason(self, cast, tea):
        rows = (
            "C1,NO,category,t:tea,,,,,2025-04-01,,,,\n"
            "C2,A1,category,t:cars,,,,,2025-04-01,,,,\n"
            "C3,A1,category,,,,,,2025-04-01,,,,\n"
            "C4,A1,planet,t:tea,,,,,2025-04-01,,,,\n"
            "C5,A1,category,t:tea,,,,,2025-04-01,2025-03-31,,,\n"
            "C6,A1,category,t:tea,,,,,2025-04-01,,-1,,\n"
            "C6,A1,category,t:tea,,,,,2025-04-01,,x,,\n"
        )
        outcome = load_file("commitments", HEAD + rows)

        assert [(row, column) for row, column, _reason in told(outcome)] == [
            (0, "account"), (1, "categories"), (2, "level"), (3, "level"), (4, "ends_on"),
            (5, "cooling_off_months"), (6, "cooling_off_months"),
        ]  # fmt: skip
        assert not Commitment.objects.exists()


class TestCompetitors:
    def test_companies_on_file_and_by_name(self, cast):
        outcome = load_file(
            "competitors",
            "company_a,company_b,ground\nSora,㈱無名酒造,Both sell tea.\nRival,Sora,\n",
            by=cast.go,
        )

        assert counts(outcome) == (2, 0, 0, 0)
        pairs = Rivalry.objects.order_by("one_name")
        assert [(p.one_company, p.other_company, p.other_name, p.ground) for p in pairs] == [
            (cast.rival.company, cast.sora.company, "Sora", ""),
            (cast.sora.company, None, "(株)無名酒造", "Both sell tea."),
        ]

    def test_a_pair_is_the_same_from_either_side(self, cast):
        load_file("competitors", "company_a,company_b,ground\nSora,Rival,Tea.\n")

        outcome = load_file("competitors", "company_a,company_b,ground\nRival,Sora,Water.\n")

        assert counts(outcome) == (0, 1, 0, 0)
        assert Rivalry.objects.get().ground == "Water."
        assert counts(load_file("competitors", export("competitors"))) == (0, 0, 1, 0)

    def test_what_cannot_be_is_rejected(self, cast):
        make.company("Twin")
        make.company("Twin Inc.")
        rows = "Sora,Sora\nSora,Rival\nRival,㈱Sora\nSora,Twin\n"

        outcome = load_file("competitors", f"company_a,company_b\n{rows}")

        assert [(row, column) for row, column, _reason in told(outcome)] == [
            (0, "company_b"), (2, "company_b"), (3, "company_b"),
        ]  # fmt: skip


@pytest.mark.parametrize("kind", ["categories", "commitments", "competitors"])
def test_only_conflicts_officers_load_and_read_them(cast, tea, kind):
    load_file("commitments", HEAD + FULL)
    load_file("competitors", "company_a,company_b\nSora,Rival\n")

    for person in (cast.aki, cast.hana, cast.emi):
        with acting_as(person):
            assert kind == "categories" or export(kind).count("\n") == 1
    with acting_as(cast.go):
        assert export(kind).count("\n") > 1
