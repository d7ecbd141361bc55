"""How the embedded server is tuned: never lose a commit, stay small, log no content."""

from collections.abc import Mapping
from pathlib import Path

#: The port only names the socket file; nothing listens on TCP.
PORT = 5432

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # Touched as it is used: an idle cluster does not hold it.
    "shared_buffers": "64MB",
    "huge_pages": "off",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "min_wal_size": "64MB",
    # Three reading processes of the default method would idle beside two cores.
    "io_method": "sync",
    "jit": "off",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "1",
    "autovacuum_max_workers": "2",
    "autovacuum_naptime": "30s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    # One file a weekday, overwritten after a week.
    "log_filename": "postgresql-%u.log",
    "log_file_mode": "0600",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_checkpoints": "off",
    # A statement or the detail of an error holds what residents wrote.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def configuration(socket: Path, log: Path) -> str:
    """The whole of postgresql.conf."""
    settings = {**SETTINGS, "unix_socket_directories": str(socket), "log_directory": str(log)}
    return "".join(f"{name} = {quoted(value)}\n" for name, value in settings.items())


def quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
