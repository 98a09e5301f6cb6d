"""A worker killed while it speaks with the mail server: no mail is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.utils.timezone import now

from kakehashi.notify.models import Mail
from kakehashi.notify.tasks import send_mail
from kakehashi.notify.tests.server import eventually, mail_server

if TYPE_CHECKING:
    from kakehashi.notify.tests.server import Script

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SEND = """
import sys
import django
django.setup()
from django.conf import settings
from django.db import connections
from kakehashi.notify.tasks import send_mail
database, settings.SMTP_URL, mail = sys.argv[1:]
connections["default"].settings_dict["NAME"] = database
send_mail.func(mail_id=mail)
"""


def kill_at(step: str, mail: Mail, server: Script) -> None:
    """Have another process send it, and kill that process when the server is at this step."""
    killed = server.waits[step] = threading.Event()
    said = (connection.settings_dict["NAME"], server.address, str(mail.pk))
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SEND, *said],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"},
    )
    eventually(lambda: step in server.steps or worker.poll() is not None)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    server.waits.clear()
    killed.set()
    assert step in server.steps


def is_let_go(mail: Mail) -> bool:
    """Whether the database has noticed that the process which held it is dead."""
    with transaction.atomic():
        rows = Mail.objects.select_for_update(skip_locked=True, of=("self",))
        return rows.filter(pk=mail.pk).exists()


@pytest.mark.parametrize(
    ("step", "times"),
    [
        ("CONNECT", 1),
        ("RCPT", 1),
        ("DATA", 1),
        ("MESSAGE", 2),  # the server has it all: only the Message-ID tells that it is the same
    ],
)
def test_the_mail_goes_out_when_the_job_runs_again(settings, step, times):
    mail = Mail.objects.create(
        to="b@client.example", sender="a@agency.example", text="Text", written_at=now()
    )
    with mail_server() as server:
        settings.SMTP_URL = server.address
        kill_at(step, mail, server)
        mail.refresh_from_db()
        assert mail.state == "waiting"

        eventually(lambda: is_let_go(mail))
        send_mail.func(mail_id=str(mail.pk))
        send_mail.func(mail_id=str(mail.pk))
        eventually(lambda: len(server.given) >= times)

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert len(server.given) == times
    assert {m["Message-ID"] for m in server.messages} == {f"<{mail.pk}@agency.example>"}
