"""Mail that is fetched from a server that speaks IMAP, over TLS: pymap, in a process of its own."""

from __future__ import annotations

import contextlib
import datetime as dt
import imaplib
import ipaddress
import ssl
import subprocess
import sys
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils.timezone import now

from kakehashi.people.models import Person
from kakehashi.requests import tasks
from kakehashi.requests.mail import addresses
from kakehashi.requests.mail.mailboxes import Imap
from kakehashi.requests.models import Mail
from kakehashi.requests.tests.mails import KEN, TRUSTED, made
from tests.house import free_port

SERVE = "from pymap.main import main; main()"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with the server's key and the certificate it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), 7)
        .not_valid_before(now() - dt.timedelta(days=1))
        .not_valid_after(now() + dt.timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path_factory.mktemp("imap") / "server.pem"
    file.write_bytes(secret + signed.public_bytes(pem))
    return file


@pytest.fixture(scope="module")
def port(certificate):
    """Where the server listens, with one empty mailbox."""
    at = free_port()
    command = [sys.executable, "-c", SERVE, "--host", "127.0.0.1", "--port", str(at),
               "--cert", str(certificate), "--key", str(certificate),
               "dict", "--demo-user", "in", "--demo-password", "secret"]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        until = time.monotonic() + 60
        while time.monotonic() < until and server.poll() is None:
            with contextlib.suppress(OSError), imaplib.IMAP4("127.0.0.1", at, timeout=5):
                break
            time.sleep(0.05)
        yield at
        server.terminate()


@pytest.fixture
def mailbox(port, certificate, settings, monkeypatch):
    """The mailbox as its owner's mail program has it open."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.MAILIN_IMAP_URL = f"imap+tls://in:secret@127.0.0.1:{port}/INBOX?taken=Taken%20in"
    settings.MAILIN_ADDRESS = "{token}@in.agency.example"
    settings.MAILIN_TRUST = TRUSTED
    settings.MAILIN_MOST_MB = 1
    with imaplib.IMAP4("127.0.0.1", port, timeout=30) as box:
        box.starttls(ssl.create_default_context())
        box.login("in", "secret")
        yield box


def number_in(box, name):
    status, said = box.select(f'"{name}"', readonly=True)
    return int(said[0]) if status == "OK" else 0


def plain(account, name, **more):
    return made(name, ("", ""), **more).raw(addresses.of_account(account))


def test_what_waits_is_taken_in_and_moved_and_nothing_twice(cast, mailbox):
    Person.objects.filter(pk=cast.ken.pk).update(email=KEN)
    before = number_in(mailbox, "Taken in")
    huge = plain(cast.sora, "huge") + b"x" * 1_200_000
    for raw in (plain(cast.sora, "one"), plain(cast.sora, "two"), huge):
        mailbox.append("INBOX", None, None, raw)

    tasks.fetch_mail(0)

    assert Mail.objects.filter(account=cast.sora).count() == 3
    assert Mail.objects.filter(size__gt=1_200_000).exists()
    assert number_in(mailbox, "INBOX") == 0
    assert number_in(mailbox, "Taken in") == before + 3
    tasks.fetch_mail(0)
    assert Mail.objects.count() == 3


def test_what_stops_before_it_is_moved_is_known_again(cast, mailbox, monkeypatch):
    mailbox.append("INBOX", None, None, plain(cast.sora, "one"))

    def stops(_self, _mail):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Imap, "taken", stops)
        tasks.fetch_mail(0)
    assert number_in(mailbox, "INBOX") == 1
    tasks.fetch_mail(0)

    assert number_in(mailbox, "INBOX") == 0
    assert Mail.objects.count() == 1


def test_a_server_nobody_vouches_for_is_not_given_the_password(db, mailbox, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(ssl.SSLCertVerificationError):
        tasks.fetch_mail(0)
