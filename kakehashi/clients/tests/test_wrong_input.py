"""Wrong input on every form: told at its field, what to do, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from kakehashi.clients.models import AccountBrand, StatusChange
from tests import factories as make

if TYPE_CHECKING:
    from tests.cast import Cast

TODAY = localdate()
DAY = dt.timedelta(days=1)
BEFORE = make.LONG_AGO - DAY
REQUIRED = "This field is required."
TOO_EARLY = "It begins on 1 Apr 2016. Choose that day or a later one."
NOT_YET = "This day has not come yet."
TYPED = "Typed by hand and not to be lost"


class Wrong(NamedTuple):
    """A form, what somebody enters there, and what is said of it at which field."""

    address: str
    entered: dict[str, Any]
    said: dict[str, str]


@pytest.fixture
def brand(cast):
    row = make.brand(cast.sora.company, "Sora Tea")
    handled = AccountBrand.objects.create(account=cast.sora, brand=row, starts_on=make.LONG_AGO)
    make.contact("Mio", cast.sora, title=TYPED)
    make.company("Sora Foods", parent=cast.sora.company)
    make.company("Kumo", corporate_number="7000012050002")
    StatusChange.objects.create(
        account=cast.sora, status="active", on=make.LONG_AGO, at="2016-04-01T00:00Z"
    )
    return handled


def account(tab: str) -> str:
    return "/accounts/{account}/" + tab


WRONG = {
    "an account without a name": Wrong(
        account("edit/"), {"name": " ", "name_en": TYPED}, {"name": REQUIRED}
    ),
    "an account of no known company": Wrong(
        account("edit/"),
        {"company": TYPED},
        {"company": "No company is called so. Enter it first under Companies."},
    ),
    "a day that is none": Wrong(
        account("edit/"),
        {"starts_on": "2026-02-30", "name_en": TYPED},
        {"starts_on": "Enter a valid date."},
    ),
    "an account below itself": Wrong(
        account("move/"),
        {"parent": "Sora Tea"},
        {"parent": "An account does not stand below itself."},
    ),
    "an account nobody sees above it": Wrong(
        account("move/"), {"parent": TYPED}, {"parent": "You see no account called so."}
    ),
    "a status without its reason": Wrong(
        account("status/"),
        {"status": "lost", "reason": " "},
        {"reason": "Say why: the agency learns from it."},
    ),
    "a status tomorrow": Wrong(
        account("status/"),
        {"status": "lost", "on": TODAY + 2 * DAY, "reason": TYPED},
        {"on": NOT_YET},
    ),
    "a status before the last one": Wrong(
        account("status/"),
        {"status": "lost", "on": BEFORE, "reason": TYPED},
        {"on": "The account became “Active” on 1 Apr 2016. Choose that day or a later one."},
    ),
    "no status chosen": Wrong(account("status/"), {"reason": TYPED}, {"status": REQUIRED}),
    "a seat for nobody of ours": Wrong(
        account("seats/new/"), {"person": TYPED}, {"person": "None of our people is called so."}
    ),
    "the same seat twice": Wrong(
        account("seats/new/"),
        {"person": "Aki"},
        {"person": "Aki has this seat already (from 1 Apr 2016). Change it, or choose other days."},
    ),
    "a second lead": Wrong(
        account("seats/new/"),
        {"person": "Lena", "lead": "on"},
        {"lead": "Aki leads in this role (from 1 Apr 2016). End that lead, or choose other days."},
    ),
    "a seat that ends before it begins": Wrong(
        account("seats/new/"),
        {"person": "Lena", "ends_on": TODAY - DAY},
        {"ends_on": "The last day comes before the first."},
    ),
    "more than a whole person": Wrong(
        account("seats/{seat}/"),
        {"share": "101"},
        {"share": "Ensure this value is less than or equal to 100."},
    ),
    "a seat's end before its beginning": Wrong(
        account("seats/{seat}/end/"), {"on": BEFORE}, {"on": TOO_EARLY}
    ),
    "a handover to who has the seat": Wrong(
        account("seats/{seat}/hand-over/"),
        {"receiver": "Aki", "on": TODAY + DAY, "note": TYPED},
        {"receiver": "Choose somebody else to receive the seat."},
    ),
    "a handover yesterday": Wrong(
        account("seats/{seat}/hand-over/"),
        {"receiver": "Lena", "on": TODAY - 2 * DAY, "note": TYPED},
        {"on": "This day has passed."},
    ),
    "an address that is none": Wrong(
        account("contacts/new/"),
        {"name": TYPED, "email": "yuki@"},
        {"email": "“yuki@” is not an e-mail address."},
    ),
    "a contact who is one already": Wrong(
        account("contacts/new/"),
        {"name": TYPED, "email": "{email}", "known": "{ken}"},
        {"email": "This person is already a contact of the account."},
    ),
    "a contact of ours": Wrong(
        account("contacts/new/"),
        {"name": TYPED, "email": "{ours}"},
        {"email": "This address belongs to one of our own people."},
    ),
    "a portal without an address": Wrong(
        account("contacts/new/"),
        {"name": TYPED, "portal": "on"},
        {"email": "The portal needs an e-mail address."},
    ),
    "a contact without a name": Wrong(
        account("contacts/{contact}/"), {"name": "", "preferences": TYPED}, {"name": REQUIRED}
    ),
    "a contact who leaves tomorrow": Wrong(
        account("contacts/{contact}/left/"), {"on": TODAY + 2 * DAY}, {"on": NOT_YET}
    ),
    "an entry without words or source": Wrong(
        account("book/new/"),
        {"topic": "market", "text": "", "source": " "},
        {"text": REQUIRED, "source": REQUIRED},
    ),
    "an entry as of tomorrow": Wrong(
        account("book/{fact}/"), {"text": TYPED, "as_of": TODAY + 2 * DAY}, {"as_of": NOT_YET}
    ),
    "no brand and no name of one": Wrong(
        account("brands/new/"), {}, {"brand": "Choose a brand, or name a new one."}
    ),
    "a brand that is handled": Wrong(
        account("brands/new/"),
        {"brand": "{brand}"},
        {"brand": "The account already handles this brand at that time."},
    ),
    "a new brand that is known": Wrong(
        account("brands/new/"),
        {"new_brand": "sora tea"},
        {"new_brand": "The company already has a brand of this name."},
    ),
    "a brand's end before its beginning": Wrong(
        account("brands/{handled}/stop/"), {"on": BEFORE}, {"on": TOO_EARLY}
    ),
    "an account opened with nothing": Wrong(
        "/accounts/new/",
        {"lead_office": "", "person": "", "name_en": TYPED},
        {"name": REQUIRED, "company": REQUIRED, "lead_office": REQUIRED, "person": REQUIRED},
    ),
    "a company with wrong numbers": Wrong(
        "/companies/new/",
        {
            "name": TYPED,
            "corporate_number": "1000012050002",
            "lei": "ABC",
            "country": "Atlantis",
            "fiscal_year_end": "some day",
        },
        {
            "corporate_number": "“1000012050002” is no corporate number: its check digit does not "
            "agree. Is it mistyped?",
            "lei": "“ABC” is no LEI: that has 18 letters or digits and 2 check digits.",
            "country": "“Atlantis” is not a country. Write its code of two letters, as JP or GB.",
            "fiscal_year_end": "“some day” is not the end of a fiscal year. Write it as 03-31, "
            "3月31日 or 2月末日.",
        },
    ),
    "a T-number of another corporation": Wrong(
        "/companies/new/",
        {
            "name": TYPED,
            "corporate_number": "8990000000001",
            "registration_number": "T7000012050002",
        },
        {
            "registration_number": "“T7000012050002” is not this company's registration number: "
            "that is T8990000000001."
        },
    ),
    "a number of another company": Wrong(
        "/companies/new/",
        {"name": TYPED, "corporate_number": "7000012050002"},
        {"corporate_number": "“7000012050002” belongs to Kumo."},
    ),
    "a parent below the company": Wrong(
        "/companies/{company}/edit/",
        {"parent": "Sora Foods", "address": TYPED},
        {"parent": "This company is itself below the one you are editing."},
    ),
    "a known company": Wrong(
        "/companies/new/",
        {"name": "Kumo Inc.", "address": TYPED},
        {"name": "There is a company of this name already: Kumo. Is this another one?"},
    ),
    "a brand the company has": Wrong(
        "/companies/{company}/brands/new/",
        {"name": "SORA TEA", "name_en": TYPED},
        {"name": "The company already has a brand of this name."},
    ),
    "a brand in no country": Wrong(
        "/companies/{company}/brands/{brand}/edit/",
        {"countries": "Atlantis", "name_en": TYPED},
        {"countries": "“Atlantis” is not a country. Write its code of two letters, as JP or GB."},
    ),
}


def words_for(cast: Cast, handled: AccountBrand) -> dict[str, object]:
    return {
        "account": cast.sora.pk,
        "seat": cast.sora.seats.get().pk,
        "contact": cast.ken_contact.pk,
        "fact": make.fact(cast.sora, cast.aki).pk,
        "brand": handled.brand_id,
        "handled": handled.pk,
        "company": cast.sora.company_id,
        "email": cast.ken.email,
        "ken": cast.ken.pk,
        "ours": cast.aki.email,
    }


def sent(form: Any, entered: dict[str, Any], words: dict[str, object]) -> dict[str, str]:
    """What the browser sends: the fields as they stand, with what somebody entered."""
    standing = {
        field.name: "on" if value is True else value
        for field in form
        if (value := field.value()) not in (None, False)
    }
    typed = {
        name: value.format(**words) if isinstance(value, str) else value
        for name, value in entered.items()
    }
    return {name: str(value) for name, value in {**standing, **typed}.items()}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(as_, cast, brand, case):
    address, entered, said = WRONG[case]
    words = words_for(cast, brand)
    address = address.format(**words)
    client = as_(cast.dan)
    data = sent(client.get(address).context["form"], entered, words)

    answer = client.post(address, data)

    assert answer.status_code == 422
    with translation.override("en"):
        told = {name: list(errors) for name, errors in answer.context["form"].errors.items()}
    assert told == {name: [sentence] for name, sentence in said.items()}
    shown = fields_shown(answer.content.decode())
    for name, value in data.items():
        assert shown[name] == value.strip() or shown[name] == value, name


def fields_shown(html: str) -> dict[str, str]:
    """What stands in each field of the page."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = attribute(tag, "name"), attribute(tag, "value")
        if not re.search(r'type="(checkbox|radio)"', tag):
            found[name] = value
        elif " checked" in tag:
            found[name] = value or "on"
    found |= dict(AREA.findall(html))
    for name, options in CHOICE.findall(html):
        found[name] = next(iter(CHOSEN.findall(options)), "")
    return {name: unescape(value) for name, value in found.items()}


AREA = re.compile(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
CHOICE = re.compile(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected')


def attribute(tag: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found[1] if found else ""
