"""How much a worker holds while mails of 40 MB come in (promises, P5)."""

import base64
import os
import smtplib
import threading
import time
from pathlib import Path

import pytest

from mijngemeente.conversations.models import Attachment
from mijngemeente.platform.tenancy import acting_for
from tests.database import address_of
from tests.served import free_port, running
from tests.world import build_world

LIMIT_MEGABYTES = 300
MAILS = 2
FILE_BYTES = 40 * 1024 * 1024


def pss_megabytes(process):
    """A process and its children, shared pages counted for their part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0
    own = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return own / 1024 + sum(map(pss_megabytes, children))


def big_mail(number):
    content = base64.encodebytes(os.urandom(FILE_BYTES)).replace(b"\n", b"\r\n")
    top = (
        f"From: r{number}@voorbeeld.example\r\nTo: info@duinrand.example\r\nSubject: Foto {number}\r\n"
        f"Message-ID: <groot{number}@x>\r\nMIME-Version: 1.0\r\nContent-Type: image/jpeg; name=foto.jpg\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return top.encode() + content


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is measured on Linux only")
def test_a_worker_stays_small_while_big_mails_come_in_together(own_database):
    world, port = build_world(), free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mijngemeente.settings",
        "DATABASE_URL": address_of(own_database),
        "MAIL_LISTEN": f"127.0.0.1:{port}",
        "DATABASE_POOL": "6",
    }
    with running("worker", environment=environment):
        worker = _worker(port)
        senders = [threading.Thread(target=_send, args=[port, number]) for number in range(MAILS)]
        for sender in senders:
            sender.start()
        peak, ends_at = 0, time.monotonic() + 180
        while _files(world) < MAILS:
            assert time.monotonic() < ends_at
            for _ in range(20):
                peak = max(peak, pss_megabytes(worker))
                time.sleep(0.02)
    assert 40 < peak < LIMIT_MEGABYTES


def _worker(port):
    """The only child of ours that is a worker, once it listens."""
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at:
        try:
            smtplib.SMTP("127.0.0.1", port, timeout=2).quit()
        except OSError:
            time.sleep(0.2)
        else:
            break
    mine = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return next(each for each in mine if b"worker" in Path(f"/proc/{each}/cmdline").read_bytes())


def _send(port, number):
    with smtplib.SMTP("127.0.0.1", port, timeout=170) as server:
        server.sendmail("r@voorbeeld.example", ["info@duinrand.example"], big_mail(number))


def _files(world):
    with acting_for(world.duinrand.id):
        return Attachment.objects.filter(size_bytes=FILE_BYTES).count()
