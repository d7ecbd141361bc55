"""What is handed over to a resident: one zip, to be read by people and by machines."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from django.template.loader import render_to_string

from mijngemeente.conversations.models import Attachment
from mijngemeente.platform.files import pieces_of

from .queries.whole import place_of

# One row of the database holds at most a gigabyte.
FILES_BYTES = 500 * 1024 * 1024
_PAPER = Path(__file__).parent / "templates" / "privacy" / "handed_over.typ"


def write_zip(target: IO[bytes], whole: Mapping[str, Any], attachments: Iterable[Attachment]) -> None:
    """Write everything; files beyond FILES_BYTES together are named and left out."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as papers:
        papers.writestr("gegevens.json", json.dumps(whole, ensure_ascii=False, indent=2))
        papers.writestr("gegevens.html", render_to_string("privacy/handed_over.html", {"whole": whole}))
        papers.writestr("gegevens.pdf", as_pdf(whole))
        left_out = _write_files(papers, attachments)
        if left_out:
            papers.writestr("niet-meegenomen.txt", "\n".join([_WHY, *left_out]))


_WHY = "Deze bestanden pasten er niet bij. Vraag ze apart op bij de gemeente."


def _write_files(papers: zipfile.ZipFile, attachments: Iterable[Attachment]) -> list[str]:
    room, left_out = FILES_BYTES, []
    for each in attachments:
        if each.size_bytes > room:
            left_out.append(place_of(each))
            continue
        room -= each.size_bytes
        with papers.open(place_of(each), "w") as inside:
            for piece in pieces_of(each.file, "content", each.file.size_bytes):
                inside.write(piece)
    return left_out


def as_pdf(whole: Mapping[str, Any]) -> bytes:
    """The same on paper, accessible (PDF/UA-1)."""
    import typst  # only where paper is made: it holds 6 MB

    made = typst.compile(
        _PAPER.read_bytes(),
        format="pdf",
        sys_inputs={"whole": json.dumps(whole, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made
