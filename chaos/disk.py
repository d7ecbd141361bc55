"""A disk of some megabytes for one table, so that it can be full: only where we may mount one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from mijngemeente.platform.postgres import Cluster
from mijngemeente.platform.postgres.roles import SUPERUSER, url

SIZE_MEGABYTES = 64
SPACE = "chaos_small"


class SmallDisk:
    """PostgreSQL keeps one table on it while the block of `holding` runs."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.folder = folder
        self.cluster = cluster
        self.is_mounted = False

    @contextmanager
    def holding(self, table: str) -> Iterator[None]:
        """Does nothing where we may not mount."""
        self._give_back(table)
        self._mount()
        try:
            if self.is_mounted:
                self._run(sql.SQL("CREATE TABLESPACE {} LOCATION {}"), SPACE, literal=str(self._space))
                self._run(sql.SQL("ALTER TABLE {} SET TABLESPACE {}"), table, SPACE)
            yield
        finally:
            self._give_back(table)

    @contextmanager
    def full(self) -> Iterator[bool]:
        """Not a byte is free while the block runs; False where there is no such disk."""
        ballast = self.folder / "ballast"
        if self.is_mounted:
            # PostgreSQL takes some of what is free while we write.
            with suppress(OSError):
                ballast.write_bytes(bytes(shutil.disk_usage(self.folder).free))
        try:
            yield self.is_mounted
        finally:
            ballast.unlink(missing_ok=True)

    def _give_back(self, table: str) -> None:
        """Also what a run that was killed left behind."""
        with psycopg.connect(self._address, autocommit=True) as connection:
            query = "SELECT 1 FROM pg_tablespace WHERE spcname = %s"
            if connection.execute(query, [SPACE]).fetchone():
                self._run(sql.SQL("ALTER TABLE {} SET TABLESPACE pg_default"), table)
                self._run(sql.SQL("DROP TABLESPACE {}"), SPACE)
        if self.folder.is_mount():
            subprocess.run(["umount", str(self.folder)], check=False)

    @property
    def _address(self) -> str:
        return url(SUPERUSER, self.cluster.secrets.superuser, self.cluster.socket)

    @property
    def _space(self) -> Path:
        return self.folder / "space"

    def _mount(self) -> None:
        self.folder.mkdir(exist_ok=True)
        size = f"size={SIZE_MEGABYTES}m,mode=0711"
        command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(self.folder)]
        done = subprocess.run(command, capture_output=True, check=False) if os.geteuid() == 0 else None
        self.is_mounted = done is not None and done.returncode == 0
        if not self.is_mounted:
            print("disk full: left out, as this user may not mount a small disk")
            return
        self._space.mkdir(mode=0o700)
        user = self.cluster.place.user
        if user:
            os.chown(self._space, user.uid, user.gid)

    def _run(self, statement: sql.SQL, *names: str, literal: str | None = None) -> None:
        values = [*map(sql.Identifier, names), *([sql.Literal(literal)] if literal else [])]
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement.format(*values))
