"""The web application as the server loads it."""

from __future__ import annotations

import multiprocessing
import os
import signal

from django.core.wsgi import get_wsgi_application

from kakehashi.house.children import die_with_parent
from kakehashi.house.web import Probes

if multiprocessing.parent_process() is not None:
    die_with_parent(signal.SIGKILL)  # a server's worker: the server may be killed any time
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the server's handler, inherited, does nothing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = Probes(get_wsgi_application())
