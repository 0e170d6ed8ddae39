"""How gunicorn serves Trefpunt: `gunicorn 'app:create_app()'` in this folder finds it here.

Read as a file, not imported as a module: what stands here must be true before anything of ours is loaded. Each setting
can still be overruled on the command line or in GUNICORN_CMD_ARGS.
"""

import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile

from blueprints.log_lines import LOGGING  # it knows nothing of the app

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "blueprints.serving.WatchedWorker"
workers = min(4, max(2, os.cpu_count() or 2))
threads = 8  # the half of which may stand and wait for the database, while the others read
keepalive = 5
worker_connections = 500  # below what one process may usually have open
backlog = 512
graceful_timeout = 20
control_socket_disable = True  # it would lie in the user's home, one for all that runs there
proc_name = "trefpunt"
logconfig_dict = LOGGING
# A request says in its first line what it asks for. Otherwise any browser could name another path in a header, past
# what a web server in front of us closes.
forwarder_headers = ""
forwarded_allow_ips = ""  # nobody's word on the scheme is taken: TREFPUNT_BASE_URL says it


def on_starting(server) -> None:
    # In a process of its own, once: each worker would tell the same mistake, with a trace around it.
    alone = {name: text for name, text in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"}
    if subprocess.run([sys.executable, "-m", "flask", "--app", "app", "check-config"], env=alone).returncode:
        sys.exit(1)


def when_ready(server) -> None:
    # The app is made here, once, and each worker is a copy that shares its memory: who comes first waits for no
    # template to be compiled. Whoever connects meanwhile stands in the backlog. Not by preload_app, which would make it
    # before the settings are looked at. What was made stays: looking it through again at each collection would cost a
    # page some of its time, and a copy the memory that it shares.
    from blueprints.web.warm import warm_up

    warm_up(server.app.wsgi())
    gc.collect()
    gc.freeze()


def child_exit(server, worker) -> None:
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)


def _clear(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # workers are copies of the owner, and run what it registered when they end
        shutil.rmtree(folder, ignore_errors=True)


if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    # All processes count in one folder: otherwise /metrics would tell only of the one that happens to answer.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="trefpunt-metrics-")
    atexit.register(_clear, os.environ["PROMETHEUS_MULTIPROC_DIR"], os.getpid())
