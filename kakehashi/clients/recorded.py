"""Where records of accounts and companies are shown, and what tells their parts apart."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    of_account = {"pk": "account_id"}
    record("clients.Account", page="clients:account")
    record(
        "clients.AccountBrand", page="clients:account-brands", by=of_account, about=("brand_id",)
    )
    record("clients.Contact", page="clients:account-people", by=of_account, about=("person_id",))
    record("clients.Seat", page="clients:account-people", by=of_account, about=("person_id",))
    record("clients.Fact", page="clients:account-book", by=of_account, about=("topic",))
    record("clients.Handover", page="clients:handover", about=("receiver_id",))
    record("clients.Company", page="clients:company")
    brand = {"pk": "company_id", "brand_pk": "id"}
    record("clients.Brand", page="clients:brand", by=brand)
