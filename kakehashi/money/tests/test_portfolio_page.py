"""The portfolio's page, its workbook and its paper."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from kakehashi.money.asking import Asked
from kakehashi.people.models import Person
from tests import factories as make

JAN = dt.date(2026, 1, 1)
OF_2026 = "period=own&from=2026-01&to=2026-12"
TODAY = dt.date(2026, 11, 27)


@pytest.fixture
def earned(cast):
    """Sora's family 60 of 100 in 2026, its rival 30, Nami 10; in 2025 Sora 80, the late Umi 20."""
    nami, umi = make.account("Nami", cast.bureau2), make.account("Umi", cast.bureau2)
    for account, month, net, cost in (
        (cast.sora, JAN, 40, 10), (cast.sora_tea, JAN, 20, 10), (cast.rival, JAN, 30, 20),
        (nami, JAN, 10, None), (cast.sora, dt.date(2025, 5, 1), 80, None),
        (umi, dt.date(2025, 5, 1), 20, None),
    ):  # fmt: skip
        make.revenue(account, month, net, cost=cost)
    return cast


def answer(client, person, query=OF_2026, path="/portfolio/", language="en"):
    Person.objects.filter(pk=person.pk).update(language=language)
    client.force_login(person.login_row)
    return client.get(f"{path}?{query}")


def page(client, person, query=OF_2026, **more):
    response = answer(client, person, query, **more)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_sums_shares_and_how_few_bring_how_much(client, earned):
    shown = page(client, earned.emi)

    assert "Of the accounts you see." in shown
    for told in (
        "¥100", "¥500", "¥50", "55.6% of net revenue",  # 90 of it with a cost of 40
        "60.0%", "before: 80.0%", "4,600", "before: 6,800",  # 60² + 30² + 10²; 80² + 20²
        'data-shares="0.6" data-running="0.6"',
    ):  # fmt: skip
        assert told in shown, told


def test_gains_and_losses_lead_from_one_year_to_the_other(client, earned):
    shown = page(client, earned.emi)

    assert [part.split('"')[0] for part in shown.split('data-moves="')[1:]] == [
        "40.0000", "0", "-20.0000", "-20.0000",
    ]  # fmt: skip
    assert "Umi" in shown
    assert "Umi" not in page(client, earned.emi, OF_2026 + "&beside=none")


def test_the_loss_of_the_largest_is_told_before_it_happens(client, earned):
    rows = page(client, earned.emi).split("If one were lost")[-1].split("<tr>")
    sora = next(row for row in rows if ">Sora<" in row)

    for told in ("¥40", "-60.0%", "¥10", "-80.0%", "6,250"):  # 75² + 25²; margin 50 to 10
        assert told in sora, told


def test_margin_is_for_those_who_see_what_things_cost(client, earned):
    assert "Margin" in page(client, earned.fumi)

    shown = page(client, earned.aki, OF_2026 + "&measure=margin")
    assert "Margin" not in shown
    assert "¥60" in shown  # by net revenue instead


def test_each_currency_stands_by_itself(client, earned):
    make.revenue(earned.rival, JAN, 7, currency="USD")

    shown = page(client, earned.emi, OF_2026 + "&currency=USD")
    assert "$7.00" in shown
    assert "¥40" not in shown
    assert 'aria-current="true">USD' in shown
    assert 'aria-current="true">JPY' in page(client, earned.emi)


@pytest.mark.parametrize(
    "query", ["period=own&from=2026-13", "from=2026-05&to=2026-01", "from=x", "from=1990-01"]
)
def test_months_that_cannot_be_are_told(client, earned, query):
    assert answer(client, earned.emi, query).status_code == 422


def test_a_portfolio_behind_a_wall_is_as_one_that_does_not_exist(client, earned):
    make.denial(earned.emi, earned.rival)

    for kind, pk in (
        ("account", earned.rival.pk), ("account", earned.emi.pk), ("account", "x"), ("budget", 1),
    ):  # fmt: skip
        assert answer(client, earned.emi, f"whose={kind}:{pk}").status_code == 404
    assert "Rival" not in page(client, earned.emi)


def test_a_portfolio_of_one_client_leads_on_to_its_accounts(client, earned):
    shown = page(client, earned.emi)
    whose = f"whose=company%3A{earned.sora.company_id}"
    assert whose in shown

    of_sora = page(client, earned.emi, f"{OF_2026}&{whose}&by=account")
    assert "Sora Tea" in of_sora
    assert "Nami" not in of_sora


def test_a_comparison_says_where_its_figures_begin(client, earned):
    assert "What it is compared with begins in" in page(client, earned.emi)
    make.revenue(earned.rival, JAN.replace(year=2025), 1)
    assert "What it is compared with begins in" not in page(client, earned.emi)


def test_nothing_brought_is_told_with_what_to_do(client, earned):
    assert "No revenue in these months" in page(client, earned.emi, "from=2031-01&to=2031-02")


def test_the_workbook_counts_with_numbers_and_names_everybody(client, earned):
    response = answer(client, earned.fumi, path="/portfolio/portfolio.xlsx")

    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == [
        "Portfolio", "Month by month", "Share of each", "Gained and lost", "If one were lost",
    ]  # fmt: skip
    rows = list(book["Share of each"].iter_rows(values_only=True))
    assert rows[1] == ("Sora", 60, 0.6, 0.6, "A", 80, 0.8)
    assert {row[1] for row in book["Gained and lost"].iter_rows(values_only=True)} >= {
        "Sora", "Rival", "Nami", "Umi",
    }  # fmt: skip
    january = next(book["Month by month"].iter_rows(min_row=2, values_only=True))
    assert january[:4] == ("Jan 2026", 500, 100, 50)
    assert book["Portfolio"]["B2"].value == "Of the accounts you see."


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_paper_is_a_pdf_in_the_readers_language(client, earned, language):
    response = answer(client, earned.emi, path="/portfolio/portfolio.pdf", language=language)

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    empty = answer(client, earned.emi, "from=2031-01&to=2031-01", path="/portfolio/portfolio.pdf")
    assert empty.content.startswith(b"%PDF")


def asked(cast, today=TODAY, **given):
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    query.update(given)
    return Asked(query, cast.emi, today)


@pytest.mark.parametrize(
    ("given", "today", "span", "beside"),
    [
        ({}, TODAY, ("2025-11", "2026-10"), ("2024-11", "2025-10")),
        ({"period": "fiscal"}, TODAY, ("2026-04", "2026-10"), ("2025-04", "2025-10")),
        ({"period": "fiscal"}, dt.date(2026, 4, 3), ("2026-04", "2026-04"), ("2025-04", "2025-04")),
        ({"period": "fiscal-before"}, TODAY, ("2025-04", "2026-03"), ("2024-04", "2025-03")),
        (
            {"from": "2026-04", "to": "2026-06", "beside": "before"},
            TODAY,
            ("2026-04", "2026-06"),
            ("2026-01", "2026-03"),
        ),
        (
            {"from": "2025-01", "to": "2026-06"},
            TODAY,
            ("2025-01", "2026-06"),
            ("2023-01", "2024-06"),
        ),
    ],
)
def test_periods_and_what_they_are_compared_with(cast, given, today, span, beside):
    question = asked(cast, today, **given)

    told = [f"{month:%Y-%m}" for month in (question.months.first, question.months.last)]
    against = [f"{month:%Y-%m}" for month in (question.against.first, question.against.last)]
    assert (tuple(told), tuple(against)) == (span, beside)


def test_a_clients_own_fiscal_year_is_that_of_its_company(cast):
    type(cast.sora.company).objects.update(fiscal_year_end="12-31")

    for whose in (f"company:{cast.sora.company_id}", f"account:{cast.sora.pk}"):
        question = asked(cast, whose=whose, period="fiscal-before")
        assert (question.months.first, question.months.last.month) == (dt.date(2025, 1, 1), 12)
