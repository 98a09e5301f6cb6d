"""Addresses of accounts, companies and handovers."""

from __future__ import annotations

from django.urls import include, path

from kakehashi.clients.web.views import accounts, banks, book, companies, handovers, money

app_name = "clients"

one_account = [
    path("", accounts.account, name="account"),
    path("edit/", accounts.edit_account, name="edit-account"),
    path("move/", accounts.move_account, name="move-account"),
    path("status/", accounts.change_status, name="change-status"),
    path("people/", banks.account_people, name="account-people"),
    path("seats/new/", banks.give_seat, name="give-seat"),
    path("seats/<uuid:seat_pk>/", banks.change_seat, name="change-seat"),
    path("seats/<uuid:seat_pk>/end/", banks.end_seat, name="end-seat"),
    path("seats/<uuid:seat_pk>/hand-over/", banks.propose_handover, name="propose-handover"),
    path("contacts/new/", banks.add_contact, name="add-contact"),
    path("contacts/<uuid:contact_pk>/", banks.edit_contact, name="edit-contact"),
    path("contacts/<uuid:contact_pk>/left/", banks.contact_left, name="contact-left"),
    path("contacts/<uuid:contact_pk>/back/", banks.contact_back, name="contact-back"),
    path("book/", book.account_book, name="account-book"),
    path("book/new/", book.write_fact, name="write-fact"),
    path("book/<uuid:fact_pk>/", book.edit_fact, name="edit-fact"),
    path("book/<uuid:fact_pk>/retire/", book.retire_fact, name="retire-fact"),
    path("brands/", book.account_brands, name="account-brands"),
    path("brands/new/", book.handle_brand, name="handle-brand"),
    path("brands/<uuid:handled_pk>/stop/", book.stop_brand, name="stop-brand"),
    path("money/", money.account_money, name="account-money"),
    path("money/history/", money.money_history, name="money-history"),
    path("history/", money.account_history, name="account-history"),
]
one_company = [
    path("", companies.company, name="company"),
    path("edit/", companies.edit_company, name="edit-company"),
    path("brands/new/", companies.add_brand, name="add-brand"),
    path("brands/<uuid:brand_pk>/", companies.brand, name="brand"),
    path("brands/<uuid:brand_pk>/edit/", companies.edit_brand, name="edit-brand"),
]
urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.open_account, name="open-account"),
    path("accounts/find/", companies.find_accounts, name="find-accounts"),
    path("accounts/colleagues/", companies.find_colleagues, name="find-colleagues"),
    path("accounts/<uuid:pk>/", include(one_account)),
    path("companies/", companies.company_list, name="companies"),
    path("companies/new/", companies.add_company, name="add-company"),
    path("companies/find/", companies.find_companies, name="find-companies"),
    path("companies/<uuid:pk>/", include(one_company)),
    path("handovers/", handovers.handover_list, name="handovers"),
    path("handovers/<uuid:pk>/", handovers.handover, name="handover"),
    path("handovers/<uuid:pk>/confirm/", handovers.confirm, name="confirm-handover"),
    path("handovers/<uuid:pk>/withdraw/", handovers.withdraw, name="withdraw-handover"),
]
