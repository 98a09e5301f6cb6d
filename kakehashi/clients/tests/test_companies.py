"""Companies: their numbers agree, their former names stay, their families have no rings."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now

from kakehashi.clients import actions
from kakehashi.clients.models import Company, CompanyName
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from tests import factories as make

NUMBER, OTHER_NUMBER = "7000012050002", "8000012010038"
LEI = "353800279ADEFGKNTV65"


@pytest.fixture
def aki(cast):
    with acting_as(cast.aki):
        yield cast.aki


def add(by, **details):
    return actions.add_company(by=by, **{"name": "空野製茶株式会社", **details})


def edit(company, by, version=None, **details):
    return actions.edit_company(
        company=company, version=version or company.version, by=by, at=now(), **details
    )


def wrong(error, field):
    return error.value.message_dict[field]


def test_everybody_of_ours_enters_companies_as_registers_know_them(aki):
    company = add(
        aki,
        name_kana="ソラノセイチャ",
        name_en="Sorano Tea",
        corporate_number=" 7000-0120-50002 ",
        registration_number="Ｔ７００００１２０５０００２",
        country="日本",
        fiscal_year_end="3月31日",
        aliases=["空野", "SORANO", "空野"],
    )

    found = Company.objects.get(pk=company.pk)
    assert found.corporate_number == NUMBER
    assert found.registration_number == f"T{NUMBER}"
    assert (found.country, found.fiscal_year_end) == ("JP", "03-31")
    assert (found.folded, found.sort_key) == ("空野製茶", "そらのせいちや そらのせいちや")
    assert sorted(found.names.values_list("kind", "name")) == [
        ("alias", "SORANO"),
        ("alias", "空野"),
    ]


def test_a_clients_contact_enters_none(cast):
    with pytest.raises(Refused), acting_as(cast.ken):
        add(cast.ken)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("corporate_number", "7000012050003", "check digit"),
        ("corporate_number", "12", "13 digits"),
        ("lei", "353800279ADEFGKNTV66", "check digits"),
        ("registration_number", "7000012050002", "T and 13 digits"),
        ("country", "Atlantis", "not a country"),
        ("fiscal_year_end", "tomorrow", "tomorrow"),
        ("name", "", "cannot be blank"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(aki, field, value, said):
    with pytest.raises(ValidationError) as error:
        add(aki, **{field: value})

    assert said in wrong(error, field)[0]
    assert not Company.objects.filter(name="空野製茶株式会社").exists()


def test_several_wrong_numbers_are_told_at_once(aki):
    with pytest.raises(ValidationError) as error:
        add(aki, corporate_number="1", lei="2")

    assert set(error.value.message_dict) == {"corporate_number", "lei"}


def test_a_corporations_registration_number_is_t_and_its_corporate_number(aki):
    with pytest.raises(ValidationError) as error:
        add(aki, corporate_number=NUMBER, registration_number=f"T{OTHER_NUMBER}")

    assert f"T{NUMBER}" in wrong(error, "registration_number")[0]


def test_a_corporate_number_that_changes_is_held_against_the_registration_number(aki):
    company = add(aki, corporate_number=NUMBER, registration_number=f"T{NUMBER}")

    with pytest.raises(ValidationError) as error:
        edit(company, aki, corporate_number=OTHER_NUMBER)

    assert "registration_number" in error.value.message_dict


def test_no_two_companies_share_a_number(aki):
    add(aki, corporate_number=NUMBER)

    with pytest.raises(ValidationError) as error:
        add(aki, name="Another", corporate_number=NUMBER)

    assert wrong(error, "corporate_number")[0] == f"“{NUMBER}” belongs to 空野製茶株式会社."
    assert not Company.objects.filter(name="Another").exists()


def test_empty_numbers_do_not_clash(aki):
    add(aki, corporate_number="", lei="", code="")
    add(aki, name="Another", corporate_number="", lei="", code="")

    assert Company.objects.filter(corporate_number=None, lei=None, code=None).count() >= 2


def test_a_company_of_a_known_name_is_asked_about_and_never_guessed(aki):
    add(aki, name="空野製茶株式会社")

    with pytest.raises(ValidationError) as error:
        add(aki, name="（株）空野製茶")

    assert error.value.error_dict["name"][0].code == "known"
    assert "空野製茶株式会社" in wrong(error, "name")[0]
    assert add(aki, name="（株）空野製茶", is_another=True).pk


def test_a_former_name_is_asked_about_too(aki):
    edit(add(aki, name="空野茶業"), aki, name="そらの")

    with pytest.raises(ValidationError, match="Is this another one"):
        add(aki, name="空野茶業 株式会社")


def test_a_name_that_changes_stays_as_a_former_one(aki):
    company = add(aki, name="空野茶業")

    edit(company, aki, name="空野製茶")

    former = company.names.get(kind=CompanyName.Kind.FORMER)
    assert (former.name, former.folded, former.until) == ("空野茶業", "空野茶業", localdate())


def test_a_typing_error_in_a_name_does_not(aki):
    company = add(aki, name="空野茶葉")

    edit(company, aki, name="空野茶業", was_misspelt=True)

    assert not company.names.exists()
    assert Company.objects.get(pk=company.pk).folded == "空野茶業"


def test_a_name_that_changes_back_and_forth_is_one_former_name(aki):
    company = add(aki, name="A")
    for name in ("B", "A", "B"):
        edit(company, aki, name=name)

    assert sorted(company.names.values_list("name", flat=True)) == ["A", "B"]


def test_editing_something_else_leaves_name_and_aliases_alone(aki):
    company = add(aki, aliases=["空野"])

    edit(company, aki, industry="飲料")

    assert list(company.names.values_list("name", flat=True)) == ["空野"]


def test_aliases_become_the_ones_that_are_said(aki):
    company = add(aki, aliases=["空野", "SORANO"])

    edit(company, aki, aliases=["SORANO", "ソラノ"])

    assert sorted(company.names.values_list("name", flat=True)) == ["SORANO", "ソラノ"]


def test_former_names_are_said_too_and_keep_their_day(aki):
    company = add(aki, name="空野茶業", former=["空野商店"])
    edit(company, aki, name="空野製茶")

    edit(company, aki, former=["空野茶業", "空野園"])

    former = company.names.filter(kind=CompanyName.Kind.FORMER)
    assert dict(former.values_list("name", "until")) == {"空野茶業": localdate(), "空野園": None}


def test_a_company_does_not_stand_below_itself(aki):
    top = add(aki, name="Top")
    middle = add(aki, name="Middle", parent=top)
    bottom = add(aki, name="Bottom", parent=middle)

    for below in (top, middle, bottom):
        with pytest.raises(ValidationError) as error:
            edit(Company.objects.get(pk=top.pk), aki, parent=below)
        assert "below" in wrong(error, "parent")[0]
    assert edit(bottom, aki, parent=top).parent == top


def test_of_two_editors_the_second_is_told_and_nothing_is_overwritten(cast):
    with acting_as(cast.aki):
        company = add(cast.aki)
    with acting_as(cast.ben):
        edit(Company.objects.get(pk=company.pk), cast.ben, industry="Tea")

    with acting_as(cast.aki), pytest.raises(Stale, match="Ben changed this"):
        edit(company, cast.aki, version=1, industry="Soap")

    assert Company.objects.get(pk=company.pk).industry == "Tea"


def test_a_stale_edit_keeps_no_former_name(cast):
    with acting_as(cast.aki):
        company = add(cast.aki)
        edit(Company.objects.get(pk=company.pk), cast.aki, industry="Tea")
        with pytest.raises(Stale):
            edit(company, cast.aki, version=1, name="Other")

    assert not company.names.exists()


def test_a_brand_belongs_to_its_company_once(aki):
    company = add(aki)
    actions.add_brand(
        company=company,
        by=aki,
        name="そら茶",
        categories=["飲料", " 飲料 ", "茶"],
        countries=["日本", "SG"],
    )

    with pytest.raises(ValidationError) as error:
        actions.add_brand(company=company, by=aki, name=" そら 茶 ")
    assert error.value.message_dict == {"name": ["The company already has a brand of this name."]}

    brand = company.brands.get()
    assert brand.categories == ["飲料", "茶"]
    assert brand.countries == ["JP", "SG"]


def test_a_brand_in_no_known_country_is_refused(aki):
    with pytest.raises(ValidationError) as error:
        actions.add_brand(company=add(aki), by=aki, name="そら茶", countries=["Atlantis"])

    assert "countries" in error.value.message_dict


def test_a_brand_is_edited_by_version(cast):
    brand = make.brand(cast.sora.company, "Tea")
    with acting_as(cast.aki):
        actions.edit_brand(brand=brand, version=1, by=cast.aki, name="Green Tea")
        with pytest.raises(Stale):
            actions.edit_brand(brand=brand, version=1, by=cast.aki, name="Black Tea")

    brand.refresh_from_db()
    assert (brand.name, brand.folded, brand.version) == ("Green Tea", "greentea", 2)
