"""Real files, with the maps that docs/examples keeps for them; skipped where they are not."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from kakehashi.clients.models import Account, Company
from kakehashi.house.cli import parser
from kakehashi.imports.maps import read_map
from kakehashi.imports.tests.moving import counts, load_file
from kakehashi.imports.tests.sheets import as_csv, as_xlsx
from kakehashi.people.models import Office, Person

ROOT = Path(__file__).resolve().parents[3]
DATA, MAPS = ROOT.parent / "shared" / "data", ROOT / "docs" / "examples"
COMPANIES = DATA / "companies" / "japan_companies.csv"
ENTITIES = DATA / "companies" / "lei_general_entities.csv"
CRM = DATA / "crm"
WITHOUT = "the real files (shared/data beside the checkout) are not on this machine"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason=WITHOUT),
]


def mapped(kind, source, name, **how):
    """Load a file by one of the example maps."""
    return load_file(kind, source, maps=read_map(MAPS / f"{name}.toml").as_tables(), **how)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_company_of_the_fsas_list_loads_as_rehearsed_and_again_changes_nothing(db):
    table_ = rows_of(COMPANIES)
    n = len(table_) - 1

    rehearsal = mapped("companies", COMPANIES, "japan_companies", rehearse=True)
    assert not Company.objects.exists()
    real = mapped("companies", COMPANIES, "japan_companies")

    assert rehearsal.problems == real.problems == []
    assert counts(rehearsal) == counts(real) == (n, 0, 0, 0)
    numbers = {row[0] for row in table_[1:]}
    assert set(Company.objects.values_list("corporate_number", flat=True)) == numbers
    sakata = Company.objects.get(corporate_number="6020001008662")
    assert (sakata.name, sakata.fiscal_year_end) == ("株式会社 サカタのタネ", "05-31")
    copies = {
        "utf-8": COMPANIES,
        "cp932": COMPANIES.read_text(encoding="utf-8-sig").encode("cp932"),
        "xlsx": as_xlsx(table_),
    }
    for copy, source in copies.items():
        again = mapped("companies", source, "japan_companies")
        assert counts(again) == (0, 0, n, 0), copy


def test_every_legal_entity_loads_but_the_one_with_a_wrong_lei(db):
    real = mapped("companies", as_csv(rows_of(ENTITIES)), "lei", partial=True)

    assert counts(real) == (42_106, 0, 0, 1)
    assert [(p.row, p.column, p.value) for p in real.problems] == [
        (11_177, "lei", "391200011MR2KPMKTD85")
    ]
    assert Company.objects.count() == 42_106


# A CRM: sales teams, accounts with parents, won deals


def login_of(name):
    return name.lower().replace(" ", ".")


def won_deals():
    return [deal for deal in table(CRM / "sales_pipeline.csv") if deal["deal_stage"] == "Won"]


def offices_file():
    regions = sorted({team["regional_office"] for team in table(CRM / "sales_teams.csv")})
    rows = [["Head office", ""], *([region, "Head office"] for region in regions)]
    return as_csv([["regional_office", "above"], *rows])


def people_file():
    teams = table(CRM / "sales_teams.csv")
    managers = {team["manager"]: team["regional_office"] for team in teams}
    rows = [["head", "Head of sales", "Head office", "head", ""]]
    rows += [[login_of(name), name, office, "manager", "head"] for name, office in managers.items()]
    rows += [
        [
            login_of(team["sales_agent"]),
            team["sales_agent"],
            team["regional_office"],
            "agent",
            login_of(team["manager"]),
        ]
        for team in teams
    ]
    return as_csv([["login", "sales_agent", "regional_office", "position", "manager"], *rows])


def seats_file():
    first = {}
    for deal in won_deals():
        pair, day = (deal["account"], login_of(deal["sales_agent"])), deal["engage_date"]
        first[pair] = min(first.get(pair, day), day, key=lambda d: d.split("-")[::-1])
    rows = [[account, login, day] for (account, login), day in first.items()]
    return as_csv([["account", "login", "engage_date"], *rows])


def revenue_file():
    sums = defaultdict(Decimal)
    for deal in won_deals():
        month = deal["close_date"][3:]
        sums[deal["account"], deal["product"], f"01-{month}"] += Decimal(deal["close_value"])
    rows = [[*key, str(value)] for key, value in sums.items()]
    return as_csv([["account", "product", "close_date", "close_value"], *rows])


@pytest.fixture
def crm(db):
    """The CRM moved in, every file rehearsed first; the counts of each."""
    files = [
        ("offices", offices_file()),
        ("people", people_file()),
        ("companies", CRM / "accounts.csv"),
        ("accounts", CRM / "accounts.csv"),
        ("seats", seats_file()),
        ("revenue", revenue_file()),
    ]
    loaded = {}
    for kind, source in files:
        rehearsal = mapped(kind, source, f"crm_{kind}", rehearse=True)
        real = mapped(kind, source, f"crm_{kind}")
        assert rehearsal.counts == real.counts
        assert real.problems == []
        assert counts(mapped(kind, source, f"crm_{kind}")) == (0, 0, real.rows, 0)
        loaded[kind] = real.counts.created
    return loaded


def expected_portfolio(login=None):
    """Computed from the CRM's own file alone, as the command prints it."""
    deals = won_deals()
    mine = {d["account"] for d in deals if login is None or login_of(d["sales_agent"]) == login}
    above = {a["account"]: a["subsidiary_of"] for a in table(CRM / "accounts.csv")}
    net = defaultdict(int)
    for deal in deals:
        if {deal["account"], above[deal["account"]]} & mine:
            net[deal["account"]] += int(deal["close_value"])
    total = sum(net.values())
    shares = sorted((value / total for value in net.values()), reverse=True)
    hhi = sum((100 * share) ** 2 for share in shares)
    return {
        "net_revenue": total,
        "accounts": {code: (value, value / total) for code, value in net.items()},
        "top1": shares[0],
        "top5": sum(shares[:5]),
        "hhi": hhi,
        "effective_number": 10_000 / hhi,
    }


def printed_portfolio(login, capsys):
    arguments = parser().parse_args(
        ["portfolio", "--as", login, "--from", "2017-01", "--to", "2017-12", "--json"]
    )
    assert arguments.run(arguments) == 0
    currencies = json.loads(capsys.readouterr().out)["currencies"]
    assert list(currencies) == ["USD"]
    return currencies["USD"]


def test_a_crm_moves_in_and_its_portfolio_is_the_one_computed_from_its_files(crm, capsys):
    assert crm == {
        "offices": 4,
        "people": 42,
        "companies": 85,
        "accounts": 85,
        "seats": len(seats_file().splitlines()) - 1,
        "revenue": len(revenue_file().splitlines()) - 1,
    }
    assert Office.objects.get(code="West").parent.code == "Head office"
    anna = Person.objects.get(handle="anna.snelling")
    assert anna.lines_up.get().superior.handle == "dustin.brinkmann"
    bluth = Account.objects.get(code="Bluth Company")
    assert (bluth.parent.code, bluth.company.parent.name) == (
        "Acme Corporation",
        "Acme Corporation",
    )
    assert Company.objects.get(name="Bioholding").country == "PH"
    assert not Company.objects.filter(industry="technolgy").exists()

    for login, expected in {"head": expected_portfolio(), **agents()}.items():
        found = printed_portfolio(login, capsys)
        accounts = {a["code"]: (a["net_revenue"], a["share"]) for a in found.pop("accounts")}
        wanted = expected.pop("accounts")

        assert accounts.keys() == wanted.keys(), login
        for code, (net, share) in wanted.items():
            assert accounts[code] == (net, pytest.approx(share)), (login, code)
        assert found == pytest.approx(expected), login


def agents():
    """Two sales people, who see the accounts they won deals with and those below."""
    return {login: expected_portfolio(login) for login in ("anna.snelling", "wilburn.farren")}


def test_what_the_crm_brought_goes_out_and_back_in_unchanged(crm):
    from kakehashi.imports.exporting import Export
    from kakehashi.imports.kinds import KINDS
    from kakehashi.policy.acting import acting_as_system

    for kind, n in crm.items():
        for form in ("csv", "xlsx"):
            file = io.BytesIO()
            with acting_as_system("command"):
                Export(KINDS[kind]).write(file, form)

            assert counts(load_file(kind, file.getvalue())) == (0, 0, n, 0), (kind, form)
