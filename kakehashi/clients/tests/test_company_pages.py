"""Pages of companies: everybody of ours reads them, and they are silent on whom we serve."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kakehashi.clients.models import AccountBrand, Company, CompanyName
from tests import factories as make


def text(response):
    return response.content.decode()


def at(company, tab=""):
    return f"/companies/{company.pk}/{tab}"


def test_everybody_of_ours_reads_a_company_and_only_their_own_accounts_of_it(as_, cast):
    address = at(cast.sora.company)
    link = f"/accounts/{cast.sora.pk}/"

    assert link in text(as_(cast.aki).get(address))
    stranger = as_(cast.chie).get(address)
    assert stranger.status_code == 200
    assert link not in text(stranger)
    assert "You see no account of this company." in text(stranger)


def test_a_company_we_serve_behind_a_wall_looks_like_one_we_do_not_serve(as_, cast):
    served, other = cast.sora.company, make.company("Other")
    client = as_(cast.chie)

    def page(company):
        shown = text(client.get(at(company)))
        shown = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", shown)
        return shown.replace(str(company.pk), "ID").replace(company.name, "NAME")

    assert page(served).split("<main")[1] == page(other).split("<main")[1]


def test_a_brand_tells_only_the_accounts_one_sees_that_handle_it(as_, cast):
    brand = make.brand(cast.sora.company, "Tea")
    AccountBrand.objects.create(account=cast.sora, brand=brand, starts_on=make.LONG_AGO)
    address = at(cast.sora.company, f"brands/{brand.pk}/")

    assert "Sora" in text(as_(cast.aki).get(address)).split("handle it")[1]
    assert "None that you see." in text(as_(cast.chie).get(address))
    assert as_(cast.aki).get(at(cast.rival.company, f"brands/{brand.pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("空野", ["空野製茶株式会社"]),
        ("そらの", ["空野製茶株式会社"]),
        ("㈱空野製茶", ["空野製茶株式会社"]),
        ("旧空野", ["空野製茶株式会社"]),
        ("sorano", ["空野製茶株式会社"]),
        ("7000012050002", ["空野製茶株式会社"]),
        ("353800279adefgkntv65", ["空野製茶株式会社"]),
        ("C-1", ["空野製茶株式会社"]),
        ("70000120", []),
        ("7", []),
        ("?", []),
        ("zzz", []),
    ],
)
def test_companies_are_found_by_any_name_and_by_whole_numbers(as_, cast, q, found):
    company = make.company(
        "空野製茶株式会社",
        name_kana="ソラノセイチャ",
        name_en="Sorano Tea",
        corporate_number="7000012050002",
        lei="353800279ADEFGKNTV65",
        code="C-1",
    )
    CompanyName.objects.create(company=company, kind="former", name="旧空野", folded="旧空野")

    response = as_(cast.aki).get("/companies/", {"q": q})

    assert [c.name for c in response.context["companies"]] == found


def test_the_family_stands_whole_with_the_company_in_its_place(as_, cast):
    top = make.company("Top Holdings")
    middle = make.company("Middle", parent=top)
    leaf = make.company("Leaf", parent=middle)
    make.company("Aunt", parent=top)

    shown = text(as_(cast.aki).get(at(leaf)))

    family = shown.split('class="tree"')[1]
    assert all(name in family for name in ("Top Holdings", "Middle", "Leaf", "Aunt"))
    assert 'aria-current="page">Leaf' in family


def test_company_pages_take_as_many_queries_for_three_rows_as_for_one(as_, cast):
    client = as_(cast.aki)
    counted = []
    for size in (1, 2):
        for number in range(size):
            child = make.company(f"Child {size}{number}", parent=cast.sora.company)
            make.company("Grandchild", parent=child)
            make.brand(cast.sora.company, f"Brand {size}{number}")
            CompanyName.objects.create(
                company=cast.sora.company, name=f"N{size}{number}", folded="n"
            )
        with CaptureQueriesContext(connection) as seen:
            client.get(at(cast.sora.company))
            client.get("/companies/")
        counted.append(len(seen))

    assert counted[0] == counted[1]


def test_a_company_is_entered_and_wrong_numbers_are_told_at_their_fields(as_, cast):
    client = as_(cast.aki)

    refused = client.post(
        "/companies/new/", {"name": "水", "corporate_number": "123", "lei": "abc"}
    )
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"corporate_number", "lei"}

    done = client.post("/companies/new/", {"name": "水", "aliases": "みず; MIZU", "parent": "Sora"})
    company = Company.objects.get(name="水")
    assert done.url == at(company)
    assert company.parent == cast.sora.company
    assert company.names.count() == 2


def test_a_known_name_is_asked_about_and_ticked_to_be_another(as_, cast):
    client = as_(cast.aki)

    asked = client.post("/companies/new/", {"name": "株式会社 Sora"})
    assert asked.status_code == 422
    assert 'type="checkbox" name="is_another"' in text(asked)

    assert client.post("/companies/new/", {"name": "Sora", "is_another": "on"}).status_code == 302
    assert Company.objects.filter(folded="sora").count() == 2


def test_several_companies_that_could_be_meant_become_a_choice(as_, cast):
    first, second = make.company("Same"), make.company("Same")
    client = as_(cast.aki)

    asked = client.post("/companies/new/", {"name": "Child", "parent": "Same"})
    assert asked.status_code == 422
    assert "This could be several" in text(asked)
    assert f'<option value="{second.pk}">' in text(asked)

    client.post("/companies/new/", {"name": "Child", "parent": str(first.pk)})
    assert Company.objects.get(name="Child").parent == first


def test_suggestions_come_while_one_types_and_only_of_what_one_sees(as_, cast):
    client = as_(cast.aki)

    assert "Sora" in text(client.get("/accounts/find/", {"parent": "so"}))
    assert "Rival" not in text(client.get("/accounts/find/", {"parent": "riv"}))
    assert "Rival" in text(client.get("/companies/find/", {"company": "riv"}))
    assert f"Ben ({cast.ben.handle})" in text(client.get("/accounts/colleagues/", {"person": "be"}))
    assert "Ken" not in text(client.get("/accounts/colleagues/", {"person": "ken"}))
    for address in ("/accounts/find/", "/companies/find/", "/accounts/colleagues/"):
        assert text(client.get(address, {"q": " "})).strip() == ""


def test_a_key_stands_only_with_the_name_it_belongs_to(as_, cast):
    make.company("Kumo", code="KUMO")
    client = as_(cast.aki)

    wrong = client.post("/companies/new/", {"name": "Child", "parent": "Sora (KUMO)"})
    assert "No company is called so." in text(wrong)

    client.post("/companies/new/", {"name": "Child", "parent": "Kumo (KUMO)"})
    assert Company.objects.get(name="Child").parent.name == "Kumo"


def test_what_a_suggestion_says_is_understood(as_, cast):
    make.company("ABC (Japan)")
    Company.objects.create(name="Other", folded="other", sort_key="other", code="Japan")
    client = as_(cast.aki)

    client.post("/companies/new/", {"name": "Child", "parent": "ABC (Japan)"})

    assert Company.objects.get(name="Child").parent.name == "ABC (Japan)"
