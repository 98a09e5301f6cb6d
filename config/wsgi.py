"""The web application as the server loads it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal

from django.core.wsgi import get_wsgi_application

from kakehashi.house.children import die_with
from kakehashi.house.web import Probes

server = multiprocessing.parent_process()
if server is not None and server.pid is not None:
    die_with(server.pid, signal.SIGKILL)  # we are its worker; it may be killed any time
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the server's handler, inherited, does nothing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = Probes(get_wsgi_application())
gc.freeze()  # what was loaded stays: no request waits while all of it is searched for garbage
gc.set_threshold(20_000, 20, 20)  # a page makes thousands of things, and nearly all go with it
