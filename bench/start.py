"""From the command to the first page, and what everything together holds while nobody asks anything."""

import os
import time
from pathlib import Path

from chaos.stage import renew
from mijngemeente.platform.postgres import Cluster

from .ground import COMMAND, SECRET, serving
from .web import await_page, memory_of

PORT = 18891
SERVE = (*COMMAND, "serve", "--port", str(PORT))
IDLE_SECONDS = 5.0


def start(home: Path, times: int) -> tuple[list[float], float]:
    """Seconds to the first page, each time; and the memory in MB afterwards.

    The first start, which makes the database, is not counted.
    """
    folder = home / "serve"
    folder.mkdir(exist_ok=True)
    renew(Cluster(folder), home / "serve-made-for")
    (folder / "migrated").unlink(missing_ok=True)
    environment = os.environ | {
        "MIJNGEMEENTE_HOME": str(folder),
        "MIJNGEMEENTE_SECRET": SECRET,
        "MIJNGEMEENTE_URL": f"http://127.0.0.1:{PORT}",
    }
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    seconds: list[float] = []
    memory = 0.0
    for number in range(times + 1):
        begun = time.monotonic()
        with serving(
            "serve", (*COMMAND, "serve", "--port", str(PORT)), environment, home / "serve.log"
        ) as child:
            child.grace_seconds = 20.0
            await_page("/", PORT)
            if number:
                seconds.append(time.monotonic() - begun)
            if number == times:
                time.sleep(IDLE_SECONDS)
                memory = memory_of(child)
    return seconds, memory
