"""Offices from a file: the tree, and what it cannot be."""

from __future__ import annotations

import pytest

from kakehashi.imports.tests.moving import counts, load_file, told
from kakehashi.people.models import Office
from kakehashi.policy.models import Change
from tests import factories as make


def test_offices_come_as_a_tree_in_whatever_order_they_stand(db):
    load_file(
        "offices",
        "code,name,parent,kind,country,timezone\n"
        "T1,Bureau 1,TYO,,,\n"
        "TYO,Tokyo,HQ,region,Japan,\n"
        "SIN,Singapore,Agency,country,シンガポール,Asia/Singapore\n"
        "HQ,Agency,,,,\n",
    )

    assert {
        o.code: (o.parent and o.parent.code, o.kind, o.country, o.timezone)
        for o in Office.objects.select_related("parent")
    } == {
        "HQ": (None, "agency", "", "Asia/Tokyo"),
        "TYO": ("HQ", "region", "JP", "Asia/Tokyo"),
        "T1": ("TYO", "department", "", "Asia/Tokyo"),
        "SIN": ("HQ", "country", "SG", "Asia/Singapore"),
    }


def test_a_changed_office_is_written_once_and_its_history_kept(db):
    office = make.office("One", code="A")

    assert counts(load_file("offices", "code,name,name_en\nA,一,One\n")) == (0, 1, 0, 0)

    office.refresh_from_db()
    assert (office.name, office.name_en, office.version) == ("一", "One", 2)
    kept = Change.objects.filter(source="people_office", op="U").get()
    assert (kept.before["name"], kept.after["name"]) == ("One", "一")


def test_an_empty_cell_empties_what_may_be_empty_and_nothing_else(db):
    hq = make.office("Agency", code="HQ", kind="agency")
    make.office("Tokyo", hq, code="T", name_en="Tokyo", kind="region", country="JP")

    load_file("offices", "code,name,name_en,parent,kind,country,timezone\nT,Tokyo,,,,,\n")

    office = Office.objects.get(code="T")
    assert (office.name_en, office.country, office.parent) == ("", "", None)
    assert (office.kind, office.timezone) == ("region", "Asia/Tokyo")


def test_the_kind_of_an_office_is_its_code_or_its_label_in_either_language(db):
    load_file("offices", "code,name,kind\nA,A,region\nB,B,Region\nC,C,支社\n")

    assert set(Office.objects.values_list("kind", flat=True)) == {"region"}


@pytest.mark.parametrize(
    ("rows", "row", "column", "why"),
    [
        (["A,One,,", "A,Two,,"], 1, "code", "Row 0 of this file has the same key."),
        (["A,One,NOWHERE,"], 0, "parent", "No office has this code or name."),
        (["A,Twin,,", "B,Twin,,", "C,Child,Twin,"], 2, "parent", "Several offices have this name"),
        (["A,One,A,"], 0, "parent", "runs in a ring"),
        (["A,One,,castle"], 0, "kind", "This is none of: agency, country"),
        ([f"{'A' * 41},One,,"], 0, "code", "This has 41 characters; at most 40 fit."),
        ([",One,,"], 0, "code", "This cell must not be empty."),
    ],
)
def test_what_cannot_be_is_told_where_and_why(db, rows, row, column, why):
    outcome = load_file("offices", "\n".join(["code,name,parent,kind", *rows]))

    (found,) = told(outcome)
    assert found[:2] == (row, column)
    assert why in found[2]


def test_a_ring_is_refused_whole_and_so_is_who_stands_below_it(db):
    outcome = load_file(
        "offices",
        "code,name,parent\nA,One,B\nB,Two,A\nC,Three,B\nD,Four,\n",
        partial=True,
    )

    assert counts(outcome) == (1, 0, 0, 3)
    assert [p.row for p in outcome.problems] == [0, 1, 2]
    assert list(Office.objects.values_list("code", flat=True)) == ["D"]


def test_a_ring_with_what_stands_is_a_ring(db):
    top = make.office("Top", code="TOP")
    make.office("Low", top, code="LOW")

    outcome = load_file("offices", "code,name,parent\nTOP,Top,LOW\n")

    assert told(outcome)[0][:2] == (0, "parent")


def test_a_chain_below_a_rejected_row_is_rejected_to_its_end(db):
    outcome = load_file(
        "offices", "code,name,parent,kind\nA,A,NOWHERE,\nB,B,A,\nC,C,B,\nD,D,,\n", partial=True
    )

    assert [(p.row, p.reason) for p in outcome.problems] == [
        (0, "No office has this code or name."),
        (1, "The row of this file that this refers to was rejected."),
        (2, "The row of this file that this refers to was rejected."),
    ]


def test_a_row_whose_cells_are_wrong_is_not_there_for_others_either(db):
    """B's parent A cannot be read at all: B is not silently put at the top."""
    outcome = load_file("offices", "code,name,parent,kind\nA,A,,castle\nB,B,A,\n", partial=True)

    assert counts(outcome) == (0, 0, 0, 2)
    assert not Office.objects.exists()
