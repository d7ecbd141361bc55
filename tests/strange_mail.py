"""Mail as nobody should send it: name → bytes."""

import io
import zipfile


def zip_bomb():
    """A kilobyte per megabyte of zeros, in a zip in a zip."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nullen", bytes(30_000_000))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"{number}.zip", inner.getvalue())
    return outer.getvalue()


def with_file(content, name='"foto.jpg"', content_type="application/zip"):
    head = (
        b"From: a@voorbeeld.example\r\nSubject: Bijlage\r\nMessage-ID: <bijlage@x>\r\nMIME-Version: 1.0\r\n"
    )
    return (
        head
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nZie bijlage.\r\n--b\r\nContent-Type: "
        + content_type.encode()
        + b"\r\nContent-Disposition: attachment; filename="
        + (name if isinstance(name, bytes) else name.encode())
        + b"\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + content
        + b"\r\n--b--\r\n"
    )


def nested(depth):
    open_ = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
        for number in range(depth)
    )
    close = b"".join(b"\r\n--b%d--\r\n" % number for number in reversed(range(depth)))
    return (
        b"From: a@voorbeeld.example\r\nSubject: Diep\r\nMIME-Version: 1.0\r\n"
        + open_
        + b"\r\nOnderin."
        + close
    )


def forwarded(depth):
    return (
        b"".join(
            b"From: a%d@voorbeeld.example\r\nSubject: Door %d\r\nContent-Type: message/rfc822\r\n\r\n"
            % (number, number)
            for number in range(depth)
        )
        + b"Subject: Eerste\r\n\r\nOnderin."
    )


STRANGE = {
    "nothing": b"",
    "a line end": b"\r\n",
    "only NUL": b"\x00" * 1000,
    "every byte": bytes(range(256)) * 40,
    "NUL in every header": (
        b"From: Fat\x00ma <fat\x00ma@voorbeeld.example>\r\nTo: in\x00fo@duinrand.example\r\nSubject: G\x00ft\r\n"
        b"Message-ID: <nul\x00@x>\r\nReferences: <a\x00@x>\r\nDate: Thu, 12 Mar\x00 2026 14:05:00 +0100\r\n"
        b"Content-Type: text/plain; charset=\x00\r\n\r\nHal\x00lo"
    ),
    "NUL in a file name": with_file(b"x\x00y", b'"fo\x00to.jpg"'),
    "half characters": b"Subject: =?utf-16?b?2AA=?=\r\nFrom: =?utf-7?q?+2AA-?= <a@b.example>\r\n\r\n+2AA- \xed\xa0\x80",
    "half characters in a file name": with_file(b"x", "utf-8''%ED%A0%80.txt", "text/plain"),
    "200 multiparts deep": nested(200),
    "200 forwards deep": forwarded(200),
    "a zip bomb": with_file(zip_bomb()),
    "100,000 recipients": (
        b"From: a@voorbeeld.example\r\nTo: "
        + b",\r\n ".join(b"n%d@voorbeeld.example" % number for number in range(100_000))
        + b"\r\nSubject: Aan allen\r\n\r\nHallo"
    ),
    "turned around": (
        "From: \u202egro.knab@ofni <boef@voorbeeld.example>\r\nSubject: \u202etxet\u202c \u2066x\r\n\r\n\u202eolleh"
    ).encode(),
    "an empty body": b"From: a@voorbeeld.example\r\nSubject: Leeg\r\n\r\n",
    "a date in 1970": b"From: a@voorbeeld.example\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\nx",
    "a date in year 1": b"From: a@voorbeeld.example\r\nDate: Mon, 1 Jan 0001 00:00:00 +1400\r\n\r\nx",
    "a date in 9999": b"From: a@voorbeeld.example\r\nDate: Fri, 31 Dec 9999 23:59:59 -1400\r\n\r\nx",
    "an address of 5,000 signs": b"From: " + b"a" * 5_000 + b"@" + b"b" * 5_000 + b".example\r\n\r\nx",
    "an address that grows in lower case": b"From: " + "İ".encode() * 300 + b"@voorbeeld.example\r\n\r\nx",
    "a name of 100,000 signs": b"From: " + b"n" * 100_000 + b" <a@voorbeeld.example>\r\n\r\nx",
    "a subject of a million signs": b"From: a@voorbeeld.example\r\nSubject: "
    + b"s" * 1_000_000
    + b"\r\n\r\nx",
    "an id of 800 signs": b"From: a@voorbeeld.example\r\nMessage-ID: <" + b"i" * 800 + b"@x>\r\n\r\nx",
    "an id of 100,000 signs": b"From: a@voorbeeld.example\r\nMessage-ID: <"
    + b"i" * 100_000
    + b"@x>\r\n\r\nx",
    "5,000 references": (
        b"From: a@voorbeeld.example\r\nReferences: "
        + b" ".join(b"<%d%s@x>" % (number, b"r" * 700) for number in range(5_000))
        + b"\r\n\r\nx"
    ),
    "no sender": b"Subject: Anoniem\r\n\r\nx",
    "a sender of garbage": b"From: <<>>,;@@ ()\\\r\n\r\nx",
    "an empty sender": b"From: <>\r\nReturn-Path: <>\r\n\r\nx",
    "10,000 header lines": b"X-A: b\r\n" * 10_000 + b"From: a@voorbeeld.example\r\n\r\nx",
    "1,000 files": (
        b"From: a@voorbeeld.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"".join(
            b"--b\r\nContent-Type: image/png; name=%d.png\r\n\r\n%d\r\n" % (n, n) for n in range(1_000)
        )
        + b"--b--\r\n"
    ),
}
