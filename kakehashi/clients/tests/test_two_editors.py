"""Two people edit the same thing: the second is told by whom, and compares before saving again."""

import pytest

from kakehashi.clients.models import Contact
from tests import factories as make


def fields_of(form):
    """What a browser would send back of a form as it was shown."""
    shown = {name: form[name].value() for name in form.fields}
    ticked = {name: value for name, value in shown.items() if value is not False}
    return {name: "" if value is None else value for name, value in ticked.items()}


@pytest.fixture
def pages(cast):
    fact = make.fact(cast.sora, cast.aki)
    brand = make.brand(cast.sora.company, "Tea")
    account = f"/accounts/{cast.sora.pk}/"
    return {
        "account": (f"{account}edit/", {"name_en": "Mine"}, {"name_en": "Theirs"}, cast.sora),
        "seat": (
            f"{account}seats/{cast.sora.seats.get().pk}/",
            {"share": "50"},
            {"share": "40"},
            cast.sora.seats.get(),
        ),
        "contact": (
            f"{account}contacts/{cast.ken_contact.pk}/",
            {"title": "Mine"},
            {"title": "Theirs"},
            cast.ken_contact,
        ),
        "fact": (f"{account}book/{fact.pk}/", {"text": "Mine"}, {"text": "Theirs"}, fact),
        "company": (
            f"/companies/{cast.sora.company_id}/edit/",
            {"industry": "Mine"},
            {"industry": "Theirs"},
            cast.sora.company,
        ),
        "brand": (
            f"/companies/{cast.sora.company_id}/brands/{brand.pk}/edit/",
            {"name_en": "Mine"},
            {"name_en": "Theirs"},
            brand,
        ),
    }


@pytest.mark.parametrize("kind", ["account", "seat", "contact", "fact", "company", "brand"])
def test_the_second_editor_sees_both_and_saves_again_knowingly(as_, cast, pages, kind):
    address, mine, theirs, row = pages[kind]
    opened = fields_of(as_(cast.dan).get(address).context["form"])
    assert as_(cast.ben).post(address, {**opened, **theirs}).status_code == 302

    told = as_(cast.dan).post(address, {**opened, **mine})

    shown = told.content.decode()
    assert told.status_code == 422
    assert "Ben changed this" in shown
    (typed,), (stands,) = mine.values(), theirs.values()
    assert str(typed) in shown
    assert str(stands) in [value for _label, value in told.context["form"].standing]
    row.refresh_from_db()
    assert row.version == 2

    again = as_(cast.dan).post(address, fields_of(told.context["form"]))

    assert again.status_code == 302
    row.refresh_from_db()
    assert row.version == 3


def test_what_both_agree_on_is_not_listed_as_different(as_, cast, pages):
    address, mine, theirs, _row = pages["account"]
    opened = fields_of(as_(cast.dan).get(address).context["form"])
    as_(cast.ben).post(address, {**opened, **theirs})

    told = as_(cast.dan).post(address, {**opened, **mine})

    assert [label for label, _value in told.context["form"].standing] == ["Name in English"]


@pytest.mark.parametrize(
    ("kind", "theirs", "told_as"),
    [
        ("account", {"level": "global"}, ("Level", "Global")),
        ("account", {"categories": "tea; water"}, ("Categories", "tea; water")),
        ("seat", {"lead": ""}, ("Leads in this role", "No")),
        ("seat", {"ends_on": "2030-03-31"}, ("Until", "31 Mar 2030")),
        ("company", {"aliases": "Sora; Sky"}, ("Other names", "Sky; Sora")),
        ("company", {"country": "Japan"}, ("Country", "JP")),
    ],
)
def test_what_stands_is_told_as_a_reader_reads_it(as_, cast, pages, kind, theirs, told_as):
    address, mine, _theirs, _row = pages[kind]
    opened = fields_of(as_(cast.dan).get(address).context["form"])
    as_(cast.ben).post(address, {**opened, **theirs})

    told = as_(cast.dan).post(address, {**opened, **mine})

    assert told_as in [(str(label), value) for label, value in told.context["form"].standing]


def test_a_chosen_row_is_told_by_its_name(as_, cast):
    mari = make.contact("Mari", cast.sora, title="Head")
    address = f"/accounts/{cast.sora.pk}/contacts/{cast.ken_contact.pk}/"
    opened = fields_of(as_(cast.dan).get(address).context["form"])
    as_(cast.ben).post(address, {**opened, "reports_to": mari.pk})

    told = as_(cast.dan).post(address, {**opened, "title": "Chief"})

    assert ("Reports to", "Mari, Head") in told.context["form"].standing
    assert Contact.objects.get(pk=cast.ken_contact.pk).title == ""
