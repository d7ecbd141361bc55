"""Real counterparts for e-mail: a Dovecot of our own, and who gives out tokens to sign in with."""

import grp
import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.seals import seal
from mijngemeente.platform.tenancy import acting_for
from tests.served import free_port

PATIENCE_SECONDS = 60


REQUIRED = os.environ.get("MIJNGEMEENTE_REQUIRE", "").replace(",", " ").split()


def wait_until(is_so: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Until it is so; fails after `seconds`."""
    ends_at = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.05)


def connect_mail(inbox: InboxAddress, **settings: object) -> None:
    """Store settings as the setup form does."""
    from mijngemeente.organisations.models import InboxCredentials

    with acting_for(inbox.organisation_id):
        InboxCredentials.objects.update_or_create(
            organisation_id=inbox.organisation_id,
            inbox=inbox,
            defaults={"sealed": seal(json.dumps(settings))},
        )


@dataclass
class Dovecot:
    """A mail server with mailboxes that exist as soon as somebody signs in."""

    folder: Path
    port: int
    owner: tuple[int, int]
    process: "subprocess.Popen[bytes] | None" = None

    def settings(self, user: str = "info", password: str = "geheim") -> dict[str, object]:
        """What an administrator fills in."""
        return {
            "incoming": "imap",
            "imap_host": "127.0.0.1",
            "imap_port": self.port,
            "imap_security": "none",
            "imap_user": user,
            "imap_password": password,
        }

    def set_password(self, password: str) -> None:
        """For everybody, from now on."""
        path = self.folder / "users"
        path.write_text("".join(f"{user}:{{PLAIN}}{password}::::::\n" for user in ("info", "anders")))
        path.chmod(0o644)
        if self.process is not None:
            # Dovecot looks at the file once a second.
            time.sleep(1.2)

    def bring(self, body: bytes, user: str = "info") -> None:
        """Lay a mail in the mailbox, as a delivery agent does."""
        box = self.folder / "mail" / user
        self._make(box)
        name = f"{time.time_ns()}.{os.getpid()}.proef"
        (box / "tmp" / name).write_bytes(body)
        os.chown(box / "tmp" / name, *self.owner)
        (box / "tmp" / name).rename(box / "new" / name)

    def begin_anew(self, user: str = "info") -> None:
        """Give the mailbox another UIDVALIDITY, as a restored backup does."""
        self.stop()
        for path in (self.folder / "mail" / user).glob("dovecot*"):
            path.unlink()
        time.sleep(1.1)
        self.start()

    def _make(self, box: Path) -> None:
        for path in (box, box / "tmp", box / "new", box / "cur"):
            if not path.exists():
                path.mkdir(parents=True, mode=0o700)
                os.chown(path, *self.owner)

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        )
        wait_until(self._greets)

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as sock:
                return b"OK" in sock.recv(200)
        except OSError:
            return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)


CONFIGURATION = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
instance_name = {folder}
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login{mechanisms}
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_process_limit = 20
default_client_limit = 100
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
maildir_very_dirty_syncs = no
imap_idle_notify_interval = 10 secs
service imap-login {{
  chroot =
  service_count = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{token_passdb}
passdb {{
  driver = passwd-file
  args = username_format=%n {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""


TOKEN_PASSDB = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
"""


def _missing() -> str:
    """Why there is no Dovecot here; empty if there is."""
    found = shutil.which("dovecot", path="/usr/sbin:/usr/bin:/sbin:/bin:" + os.environ.get("PATH", ""))
    return "" if found else "Dovecot is er niet (Debian: dovecot-imapd)"


@contextmanager
def running_dovecot(*, token_info: str = "") -> Iterator[Dovecot]:
    """A Dovecot in a folder of its own; `token_info` is where it asks whose access token it sees."""
    with tempfile.TemporaryDirectory(prefix="post-", dir="/tmp") as name:
        server = _prepare(Path(name), token_info)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _prepare(folder: Path, token_info: str) -> Dovecot:
    # Dovecot refuses to read mail as root, so root lends its mail to nobody.
    person = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    os.chown(folder / "mail", person.pw_uid, person.pw_gid)
    server = Dovecot(folder, free_port(), (person.pw_uid, person.pw_gid))
    group = grp.getgrgid(person.pw_gid).gr_name
    (folder / "dovecot.conf").write_text(
        CONFIGURATION.format(
            folder=folder,
            user=person.pw_name,
            group=group,
            uid=person.pw_uid,
            gid=person.pw_gid,
            port=server.port,
            mechanisms=" xoauth2" if token_info else "",
            token_passdb=TOKEN_PASSDB.format(folder=folder) if token_info else "",
        )
    )
    (folder / "oauth2").write_text(
        f"tokeninfo_url = {token_info}?access_token=\nusername_attribute = email\n"
    )
    server.set_password("geheim")
    server._make(folder / "mail" / "info")
    return server


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """A running Dovecot; without one installed the test is left out, unless it is required."""
    require_dovecot()
    with running_dovecot() as server:
        yield server


def require_dovecot() -> None:
    missing = _missing()
    if missing and "dovecot" in REQUIRED:
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)


@dataclass
class TokenServer:
    """Gives access tokens for a refresh token, and knows whose an access token is."""

    port: int = 0
    #: refresh token → access token
    tokens: dict[str, str] = field(default_factory=dict)
    user: str = "info"
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running_token_server() -> Iterator[TokenServer]:
    state = TokenServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = {name: each[0] for name, each in parse_qs(self.rfile.read(length).decode()).items()}
            state.asked.append(form)
            token = state.tokens.get(form.get("refresh_token", ""))
            self._say(200 if token else 400, {"access_token": token, "expires_in": 3600} if token else {})

        def do_GET(self) -> None:
            token = self.path.partition("access_token=")[2]
            is_ours = token in state.tokens.values()
            self._say(200 if is_ours else 401, {"email": state.user} if is_ours else {})

        def _say(self, status: int, content: object) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
