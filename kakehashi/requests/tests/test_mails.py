"""What becomes of two hundred mails, without a database: read, judged, and nothing believed."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.requests.actions.mail import read
from kakehashi.requests.files import safe_name
from kakehashi.requests.mail import addresses, decoding, forwarding, judging, proof
from kakehashi.requests.mail.judging import Known
from kakehashi.requests.tests.mails import AKI, KEN, MEI, TRUSTED, TWINS, all_mails

ADDRESS = "{token}@in.agency.example"
PEOPLE = {name: UUID(int=number) for number, name in enumerate((KEN, MEI, AKI, "a", "b"), 1)}
KNOWN = Known(
    contacts={KEN: [PEOPLE[KEN]], MEI: [PEOPLE[MEI]], TWINS: [PEOPLE["a"], PEOPLE["b"]]},
    staff={AKI: [PEOPLE[AKI]]},
)
MAILS = all_mails()
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _mail_comes_in(settings):
    settings.MAILIN_ADDRESS = ADDRESS
    settings.DEFAULT_FROM_EMAIL = "Kakehashi <kakehashi@localhost>"


def judged(mail, known=KNOWN):
    letter = read(mail.raw("x@in.agency.example"))
    return letter, judging.judge(letter, known, trusted=TRUSTED, most_bytes=MEGABYTE)


def test_there_are_two_hundred_of_them_and_no_two_are_called_alike():
    assert len(MAILS) >= 200
    assert max(Counter(mail.name for mail in MAILS).values()) == 1


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_each_mail_is_filed_held_or_refused_with_its_reason(mail):
    letter, verdict = judged(mail)

    assert (verdict.fate, verdict.reason) == mail.expected
    inside = verdict.forwarded
    text = inside.text if inside else letter.text
    subject = inside.subject if inside else letter.subject
    assert mail.has in text
    assert mail.subject in subject
    assert set(mail.files) <= {safe_name(one.name) for one in letter.enclosed}
    assert "alert" not in text
    assert "\0" not in letter.text + letter.subject


THREAD = UUID(int=99)
FROM_KEN = next(mail for mail in MAILS if mail.name == "proof dkim aligned")


def test_what_answers_a_request_is_filed_to_it_whoever_of_them_writes():
    _letter, verdict = judged(FROM_KEN, Known(contacts=KNOWN.contacts, thread=THREAD))

    assert (verdict.fate, verdict.contact) == ("filed", PEOPLE[KEN])


def test_a_thread_proves_nobody():
    """Whoever knows a request's address is not believed for that: one mail of each judgement."""
    for mail in {mail.expected: mail for mail in MAILS}.values():
        _letter, verdict = judged(mail, Known(KNOWN.contacts, KNOWN.staff, thread=THREAD))
        assert (verdict.fate in {"held", "refused"}) == (mail.expected[0] != "request"), mail.name


def test_a_flood_is_held():
    _letter, verdict = judged(FROM_KEN, Known(contacts=KNOWN.contacts, lately=30))

    assert (verdict.fate, verdict.reason) == ("held", "flood")


@pytest.mark.parametrize("trusted", ["", "mx.other.example"])
def test_without_a_server_that_is_trusted_everything_is_held(trusted):
    for mail in MAILS[::4]:
        letter = read(mail.raw("x@in.agency.example"))
        verdict = judging.judge(letter, KNOWN, trusted=trusted, most_bytes=MEGABYTE)
        assert verdict.fate in {"held", "refused"}, mail.name


def test_a_server_that_gives_no_name_is_believed_if_so_set():
    """Microsoft 365 writes its results without saying who it is."""
    said = "spf=pass smtp.mailfrom=client.example; dkim=pass header.d=client.example"

    assert proof.of(said, "client.example", proof.TOPMOST).verdict == proof.PROVEN
    assert proof.of(said, "client.example", TRUSTED).verdict == proof.UNCHECKED


def test_two_copies_of_one_mail_have_one_key_and_no_other_mail_has_it():
    mail = FROM_KEN.raw("a@in.agency.example")
    copy = b"Received: from elsewhere\r\n" + FROM_KEN.raw("b@in.agency.example")
    other = mail.replace(b"\r\n\r\n", b"\r\n\r\n.", 1)

    assert read(mail).key == read(copy.replace(b"\r\n", b"\n")).key
    assert len({read(one.raw("a@in.agency.example")).key for one in MAILS}) == len(MAILS)
    assert read(other).key != read(mail).key


def test_what_is_above_a_quotation_is_what_somebody_says():
    for quoted in (
        "On Mon, Jun 2, 2025 at 10:00, Aki <aki@agency.example> wrote:\n> Which fair?",
        "2025年6月2日(月) 10:00 Aki <aki@agency.example>:\n> Which fair?",
        "-----Original Message-----\nFrom: Aki\nSent: Monday\nSubject: Fair\n\nWhich fair?",
        "> Which fair?",
    ):
        assert forwarding.own_words(f"The one in autumn.\n\n{quoted}") == "The one in autumn."
    assert forwarding.own_words("> only a quotation") == "> only a quotation"


def test_an_address_is_known_again_and_nobody_makes_one_up(settings):
    request = UUID(int=7)
    address = addresses.of_request(request)

    assert [aim.id for aim in addresses.aims([address.upper()])] == [request]
    assert len(address.partition("@")[0]) <= 64
    assert addresses.aims([address.replace("r-", "r-a"), "sora.aaaaaaaa@in.agency.example"]) == []
    settings.SECRET_KEY = "another"
    assert addresses.aims([address]) == []


def test_a_winmail_that_would_never_end_is_kept_as_it_came(monkeypatch):
    from kakehashi.requests.mail import winmail
    from kakehashi.requests.tests.mails import tnef

    monkeypatch.setattr(winmail, "SECONDS", 1)
    endless = b"\xff\xff\xff\xff"
    bomb = tnef() + b"\x01\x03\x90\x06\0\x04\0\0\0" + endless + b"\0\0"

    assert winmail.opened(bomb) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_bytes_make_it_fail_or_be_believed(data):
    """Cut, doubled, overwritten: still read, and never from more people than it was."""
    mail = data.draw(st.sampled_from(MAILS))
    raw = bytearray(mail.raw("x@in.agency.example")[:20_000])
    for _change in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))

    letter = read(bytes(raw))

    assert len(letter.key) == 64
    for text in (letter.text, letter.subject, letter.message_id, *letter.recipients):
        text.encode("utf-8")
    assert "\0" not in letter.text


@settings(max_examples=100)
@given(st.binary(max_size=60), st.sampled_from(["", "iso-2022-jp", "shift_jis", "euc-jp", "utf-8"]))
def test_any_bytes_are_some_text(content, charset):
    decoding.decoded(content, charset).encode("utf-8", "surrogatepass")


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_a_file_name_is_a_name_everywhere(name):
    plain = safe_name(name)

    assert plain
    assert len(plain) <= 120
    assert not set(plain) & set('/\\:*?"<>|\0\n\r\u202e')
