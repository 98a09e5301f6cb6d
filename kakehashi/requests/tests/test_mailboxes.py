"""A mailbox on a server: what is asked of it, in which order, and what it is never asked."""

from __future__ import annotations

import imaplib

import pytest

from kakehashi.requests.mail.mailboxes import Imap, Maildir, opened

MAILS = {b"3": b"Subject: small\r\n\r\nHello", b"7": b"Subject: huge\r\n\r\n" + b"x" * 5000}


class Server:
    """Speaks as imaplib does; remembers what it was asked."""

    def __init__(self, *capabilities):
        self.capabilities = capabilities
        self.asked = []

    def uid(self, command, *arguments):
        self.asked.append((command, *arguments))
        if command == "SEARCH":
            return "OK", [b" ".join(MAILS)]
        if command == "FETCH":
            raw = MAILS[arguments[0].encode()]
            if "SIZE" in arguments[1]:
                return "OK", [b"1 (UID 3 RFC822.SIZE %d)" % len(raw)]
            part = raw.partition(b"\r\n\r\n")[0] if "HEADER" in arguments[1] else raw
            return "OK", [(b"1 (BODY[] {9}", part), b")"]
        return "OK", [None]


def test_a_huge_mail_is_known_by_its_headers_alone():
    small, huge = Imap(Server(), "Taken").waiting(1000)

    assert (small.raw, small.whole) == (MAILS[b"3"], True)
    assert (huge.raw, huge.whole, huge.size) == (b"Subject: huge", False, len(MAILS[b"7"]))


@pytest.mark.parametrize(
    ("capabilities", "asked"),
    [
        (("MOVE",), ["MOVE"]),
        (("UIDPLUS",), ["COPY", "STORE", "EXPUNGE"]),
        ((), ["COPY", "STORE"]),
    ],
)
def test_what_was_taken_is_moved_and_nothing_else_is_expunged(capabilities, asked):
    server = Server(*capabilities)
    box = Imap(server, 'My "Taken"')
    (mail, _huge) = box.waiting(1000)
    server.asked.clear()

    box.taken(mail)

    assert [one[0] for one in server.asked] == asked
    assert all(one[1] == "3" for one in server.asked)
    assert server.asked[0][2] == '"My \\"Taken\\""'


def test_a_server_that_says_no_is_heard():
    class Grumpy(Server):
        def uid(self, *_asked):
            return "NO", [b"over quota"]

    with pytest.raises(imaplib.IMAP4.error, match="over quota"):
        list(Imap(Grumpy(), "Taken").waiting(1000))


def test_a_maildir_is_made_where_none_is_and_follows_no_link(settings, tmp_path):
    settings.MAILIN_MAILDIR = str(tmp_path / "in")
    with opened() as box:
        assert isinstance(box, Maildir)
        (tmp_path / "in" / "new" / "link").symlink_to("/etc/passwd")
        (tmp_path / "in" / "new" / "1").write_bytes(b"x" * 30)
        (mail,) = box.waiting(10)
    assert (mail.whole, mail.size, len(mail.raw)) == (False, 30, 11)


def test_where_no_mailbox_is_set_none_is_opened():
    with opened() as box:
        assert box is None
