"""Where an installation without a database of its own keeps everything: one folder."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mijngemeente.platform.postgres import Connections, holder, running
from mijngemeente.platform.postgres.cluster import Cluster
from mijngemeente.platform.postgres.roles import write_private

from .errors import Stop

ROOT = Path(__file__).resolve().parents[2]


def folder() -> Path:
    """MIJNGEMEENTE_HOME, or the folder of `mijngemeente serve`."""
    given = os.environ.get("MIJNGEMEENTE_HOME")
    return Path(given).expanduser().resolve() if given else ROOT / "var" / "serve"


def has_own_database() -> bool:
    """Whether the environment names a database, so that no embedded one is needed."""
    return "DATABASE_URL" in os.environ


def use_running_database() -> None:
    """Put the database of the environment, or else the one that runs in our home, in the environment.

    Raises Stop if there is none, or no secret beside it.
    """
    if not has_own_database():
        serving = holder(folder())
        if serving is None:
            raise Stop("Er is geen database. Stel DATABASE_URL in, of gebruik: mijngemeente serve")
        # Links lead to where it is served, on whatever port that is.
        if url := serving.about.get("url"):
            os.environ.setdefault("MIJNGEMEENTE_URL", str(url))
        os.environ.update(app_environment(folder(), Cluster(folder()).connections()))
    if not os.environ.get("MIJNGEMEENTE_SECRET"):
        raise Stop("Stel MIJNGEMEENTE_SECRET in: minstens 50 willekeurige tekens, overal dezelfde.")


@contextmanager
def database() -> Iterator[None]:
    """As `use_running_database`, but ours is started if nobody runs it, and we may act as the owner too."""
    if has_own_database():
        os.environ.setdefault("MIJNGEMEENTE_SECRET", secrets.token_urlsafe(48))
        yield
        return
    with running(folder()) as connections:
        os.environ.update(owner_environment(folder(), connections))
        yield


def app_environment(home: Path, connections: Connections) -> dict[str, str]:
    """What web and worker are told: nothing about the owner."""
    return {"DATABASE_URL": connections.app_url, "MIJNGEMEENTE_SECRET": secret_of(home)}


def owner_environment(home: Path, connections: Connections) -> dict[str, str]:
    """What migrate is told."""
    return {**app_environment(home, connections), "OWNER_DATABASE_URL": connections.owner_url}


def secret_of(home: Path) -> str:
    """MIJNGEMEENTE_SECRET, or the one kept in `home`, drawn the first time."""
    if given := os.environ.get("MIJNGEMEENTE_SECRET"):
        return given
    file = home / "secret"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        write_private(file, secrets.token_urlsafe(48))
    return file.read_text()


def fingerprint() -> str:
    """Changes when `migrate` may have something to do: other code, other libraries or other national data."""
    digest = hashlib.sha256()
    for file in sorted(
        [*ROOT.glob("mijngemeente/**/*.py"), *ROOT.glob("data/*.csv"), ROOT / "requirements.txt"]
    ):
        if file.exists():
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()
