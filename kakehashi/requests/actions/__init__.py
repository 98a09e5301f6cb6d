"""What is done with requests and with the mail they come by."""

from kakehashi.requests.actions.mail import accept_mail, read, refuse_mail, reported, take_in
from kakehashi.requests.actions.requests import (
    accept,
    answer,
    ask_back,
    begin,
    decline,
    finish,
    note,
    record,
    record_answer,
    say,
    see,
    withdraw,
    write,
)

__all__ = [
    "accept",
    "accept_mail",
    "answer",
    "ask_back",
    "begin",
    "decline",
    "finish",
    "note",
    "read",
    "record",
    "record_answer",
    "refuse_mail",
    "reported",
    "say",
    "see",
    "take_in",
    "withdraw",
    "write",
]
