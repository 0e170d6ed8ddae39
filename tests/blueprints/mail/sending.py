"""Workers as processes of their own, for the tests of what happens when several run, or one is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.databases import SECRET

ROOT = Path(__file__).parents[3]
WORKER = """
import os, signal, time
from datetime import datetime
from app import create_app
from blueprints.mail import outgoing, worker

url, secret, mail, instant, killed_after, once, reads = os.environ["WORKER"].split("|")
app = create_app({"TREFPUNT_DATABASE_URL": url, "TREFPUNT_SECRET_KEY": secret, "TREFPUNT_MAIL_URL": mail,
                  "TREFPUNT_CLOCK": lambda: datetime.fromisoformat(instant)})
sent = 0
mark_sent = outgoing._mark_sent
def marked(*what):
    global sent
    sent += 1
    if killed_after and sent == int(killed_after):
        os.kill(os.getpid(), signal.SIGKILL)
    mark_sent(*what)
outgoing._mark_sent = marked
def work_on_large_files(now):
    time.sleep(300)
if reads:
    worker.FILES = (work_on_large_files,)
with app.app_context():
    worker.run(once=bool(once))
print(sent)
"""


def start_worker(
    database_url: str, mail_url: str, instant, killed_after: int | str = "", once: bool = True, reads: bool = False
) -> subprocess.Popen:
    """A worker that does what is due and stops, or goes on; `killed_after`: dead at once when it has sent so many;
    `reads`: a large file that takes it minutes."""
    how = (str(killed_after), "once" if once else "", "reads" if reads else "")
    told = "|".join((database_url, SECRET, mail_url, instant.isoformat(), *how))
    return subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env=os.environ | {"WORKER": told},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(worker: subprocess.Popen) -> int:
    """How many letters it sent, once it has stopped by itself."""
    out, errors = worker.communicate(timeout=120)
    assert worker.returncode == 0, errors
    return int(out)
