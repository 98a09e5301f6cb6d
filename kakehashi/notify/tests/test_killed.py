"""A worker killed while it speaks with the mail server: no mail is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils.timezone import now

from kakehashi.notify.models import Mail
from kakehashi.notify.tasks import send_mail
from kakehashi.notify.tests.server import mail_server

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


def kill_at(step: str, mail: Mail, server) -> None:
    """Have another process send it, and kill that process when the server is at this step."""
    server.waits[step] = 3
    said = (connection.settings_dict["NAME"], server.address, str(mail.pk))
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SEND, *said],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"},
    )
    end = time.monotonic() + 60
    while step not in server.steps and worker.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    server.waits.clear()
    assert step in server.steps


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

        send_mail.func(mail_id=str(mail.pk))
        send_mail.func(mail_id=str(mail.pk))
        time.sleep(0 if times == 1 else 3)  # until the first conversation is over as well

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert len(server.given) == times
    assert {m["Message-ID"] for m in server.messages} == {f"<{mail.pk}@agency.example>"}
