"""What people do with companies, accounts and those who serve them. Every verb is atomic."""

from kakehashi.clients.actions.accounts import (
    change_status,
    edit_account,
    move_account,
    open_account,
)
from kakehashi.clients.actions.book import edit_fact, retire_fact, write_fact
from kakehashi.clients.actions.brands import add_brand, edit_brand, handle_brand, stop_brand
from kakehashi.clients.actions.companies import add_company, edit_company
from kakehashi.clients.actions.contacts import (
    add_contact,
    contact_back,
    contact_left,
    edit_contact,
)
from kakehashi.clients.actions.handovers import (
    confirm_handover,
    propose_handover,
    withdraw_handover,
)
from kakehashi.clients.actions.seats import change_seat, end_seat, give_seat

__all__ = [
    "add_brand",
    "add_company",
    "add_contact",
    "change_seat",
    "change_status",
    "confirm_handover",
    "contact_back",
    "contact_left",
    "edit_account",
    "edit_brand",
    "edit_company",
    "edit_contact",
    "edit_fact",
    "end_seat",
    "give_seat",
    "handle_brand",
    "move_account",
    "open_account",
    "propose_handover",
    "retire_fact",
    "stop_brand",
    "withdraw_handover",
    "write_fact",
]
