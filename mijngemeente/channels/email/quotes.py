"""The new part of a mail: what its writer added, above and between what was already said.

Quotes and signatures are folded away, never cut: every line is in one of the two parts. When in doubt,
the new part is the larger one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mijngemeente.platform.html import NO_MARKS, QUOTE_MARK, SIGNATURE_MARK

_LINE_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Split:
    reply: str
    #: Quotes and signatures, in order.
    quoted: str


def split_reply(text: str, *, subject: str = "") -> Split:
    """The new part of `text`, which may hold the marks of `platform.html`; a forwarded mail is all new."""
    plain = text.translate(NO_MARKS)
    if not _HINT.search(text) or text.count("\n") > _LINE_LIMIT:
        return Split(plain.strip("\n"), "")
    lines = text.split("\n")
    is_new = _Fold(lines, is_forward=bool(_FORWARD_SUBJECT.match(subject))).new_lines()
    clean = [line.translate(NO_MARKS) for line in lines]
    reply = _text(line for line, new in zip(clean, is_new, strict=True) if new)
    if not reply.strip():
        return Split(plain.strip("\n"), "")
    return Split(reply, _text(line for line, new in zip(clean, is_new, strict=True) if not new))


def _text(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").rstrip()


_FORWARD_SUBJECT = re.compile(r"\s*(?:fwd?|fw|doorst|doorgestuurd|tr|wg|enc|i)\s*:", re.I)

# One cheap look at the whole text spares most mails the rest.
_HINT = re.compile(
    rf"^[ \t]*>|[{QUOTE_MARK}{SIGNATURE_MARK}]|^(?:--|__)|(?:schr|wr[io]te|skr|écrit|geschreven|schrijft)"
    r"|^[*_>\s]*(?:Van|From|Von|De|Fan)\s*:|vanaf|vanuit|Outlook|Android|iPhone|iPad|Proton|Yahoo|Virus|avast"
    r"|oorspronkelijk|origin",
    re.M | re.I,
)

_QUOTED = re.compile(r"[ \t]*>")
_RULE = re.compile(r"[_\-=—–]{5,}\s*$")

_SEPARATOR = re.compile(
    r"[ \t]*-{2,}\s*(?:(?:oorspronkelijke?|origineel|originele) (?:bericht|mail|e-mail)"
    r"|oarspronklik berjocht|original message"
    r"|original appointment|oorspronkelijke afspraak|ursprüngliche nachricht"
    r"|originalnachricht|message d'origine"
    r"|reply message|antwoord hierboven typen|please reply above this line)\s*-{2,}\s*$"
    r"|[ \t]*-{3,}\s*(?:typ|schrijf|please type|reply).{0,60}\s*-{3,}\s*$",
    re.I,
)
_FORWARDED = re.compile(
    r"[ \t]*(?:-{2,}\s*)?(?:begin\s+)?(?:forwarded message|doorgestuurd bericht|weitergeleitete nachricht"
    r"|message transféré|message transmis)\b.{0,40}$",
    re.I,
)

# The four lines that Outlook and phones put above a quote, in four languages and Frisian.
_SENDER_LINE = re.compile(r"[ \t*_]*(?:Van|From|Von|De|Fan)[ *_]*:[ *_]*\S", re.I)
_DATE_LINE = re.compile(
    r"[ \t*_]*(?:Verzonden(?: op)?|Verstuurd|Datum|Sent|Date|Gesendet|Envoyé|Ferstjoerd)[ *_]*:[ *_]*\S", re.I
)
_OTHER_LINE = re.compile(
    r"[ \t*_]*(?:Aan|To|An|À|Oan|Cc|Kopie|Onderwerp|Subject|Betreff|Objet|Ûnderwerp|Belang|Importance"
    r"|Bijlagen|Attachments|Beantwoorden|Reply-To)[ *_]*:",
    re.I,
)

_ATTRIBUTION_START = re.compile(r"[ \t]*(?:op|on|am|le|in een bericht|den|\d{1,4}[-/ ])\b", re.I)
_ATTRIBUTION_VERB = re.compile(
    r"\b(?:schreef|schrijft|geschreven|skreau|wrote|writes|schrieb|schreibt|a écrit|écrit)\b", re.I
)
_MONTH = (
    r"jan|feb|mrt|maart|mar|märz|apr|mei|mai|may|jun|juin|jul|juil|aug|août|sep|okt|oct|nov|dec|dez|déc|febr"
)
_DAY = re.compile(
    rf"\d{{1,2}}\.?\s*(?:{_MONTH})[a-zé]*\.?|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
    rf"|(?:{_MONTH})[a-z]*\.? \d{{1,2}}",
    re.I,
)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")

_MOBILE = re.compile(
    r"[ \t]*(?:"
    r"(?:verstuurd|verzonden|verstjoerd|gesendet|sent|envoyé|von meinem|stjoerd)\b.{0,60}"
    r"(?:iphone|ipad|ipod|\bios\b|android|samsung|galaxy|huawei|xiaomi|redmi|oneplus|motorola|nokia|outlook|gmail"
    r"|hotmail|yahoo|proton ?mail|mail (?:voor|for|für) windows|windows-?(?:mail|telefoon)|blackberry"
    r"|mijn (?:mobiel|telefoon|smartphone|tablet)|my (?:phone|mobile)|handy|mobieltje|telefoan)"
    r".{0,60}"
    r"|(?:haal|download|get)\b.{0,20}"
    r"\b(?:outlook|yahoo mail)\b.{0,60}"
    r"|von meinem .{0,30} gesendet.{0,20}"
    r"|outlook (?:voor|for) (?:ios|android).{0,50}\bdownloaden|virusvrij\b.{0,80}|virus-free\b.{0,80}|\[?<?https?://(?:aka\.ms|www\.avast\.com|go\.onelink\.me)/\S*>?\]?"
    r")\s*$",
    re.I,
)
_DASHES = re.compile(r"[ \t]*--[ \t]*$|[ \t]*—[ \t]*$")
_SIGNATURE_LINES = 15


class _Fold:
    """Which lines of one mail are new."""

    def __init__(self, lines: list[str], *, is_forward: bool) -> None:
        self.lines = lines
        self.is_forward = is_forward
        self.is_new = [True] * len(lines)

    def new_lines(self) -> list[bool]:
        end = self.fold(self.cut(), len(self.lines))
        end = self.fold_signature(end)
        self.fold_quotes(end)
        return self.is_new

    def fold(self, start: int, end: int) -> int:
        self.is_new[start:end] = [False] * (end - start)
        return start

    def has_text(self, start: int, end: int) -> bool:
        return any(line.strip() and not _RULE.match(line) for line in self.lines[start:end])

    def cut(self) -> int:
        """Where an older mail begins that has no `>` before its lines."""
        has_text = False
        for index, line in enumerate(self.lines):
            if not line or _QUOTED.match(line):
                continue
            if has_text and self.begins_older_mail(index, line):
                return self.with_rule_above(index)
            if line[0] == QUOTE_MARK and has_text and not self.is_forwarded_below(index):
                return self.with_rule_above(index)
            has_text = has_text or (line[0] not in (QUOTE_MARK, SIGNATURE_MARK) and not _RULE.match(line))
        return len(self.lines)

    def begins_older_mail(self, index: int, line: str) -> bool:
        if _FORWARDED.match(line):
            self.is_forward = True
        if self.is_forward:
            return False
        if _SEPARATOR.match(line):
            return True
        if _SENDER_LINE.match(line) or _DATE_LINE.match(line):
            return self.is_header_block(index)
        if line.rstrip().endswith(":") or _ATTRIBUTION_START.match(line):
            end = self.attribution(index)
            return bool(end) and self.is_followed_by_unmarked(end)
        return False

    def is_header_block(self, index: int) -> bool:
        block = [line for line in self.lines[index : index + 9] if line.strip()][:7]
        senders = sum(bool(_SENDER_LINE.match(line)) for line in block)
        dates = sum(bool(_DATE_LINE.match(line)) for line in block)
        others = sum(bool(_OTHER_LINE.match(line)) for line in block)
        return senders >= 1 and others >= 1 and dates + others >= 2

    def with_rule_above(self, index: int) -> int:
        above = index - 1
        while above > 0 and not self.lines[above].strip(" \t*" + QUOTE_MARK):
            above -= 1
        if above > 0 and _RULE.match(self.lines[above]):
            return above
        return index

    def is_forwarded_below(self, index: int) -> bool:
        below = [line for line in self.lines[index : index + 8] if line.strip(QUOTE_MARK + " ")][:2]
        found = self.is_forward or any(_FORWARDED.match(line) for line in below)
        self.is_forward = self.is_forward or found
        return found

    def attribution(self, index: int) -> int:
        """Past the lines "Op … schreef …:" that begin at `index`; 0 when they are not that."""
        joined = ""
        for end in range(index, min(index + 5, len(self.lines))):
            line = self.lines[end].strip("> \t*" + QUOTE_MARK)
            if not line:
                return 0
            joined = f"{joined} {line}"[:600]
            if line.endswith(":"):
                return end + 1 if self.is_attribution(joined, end + 1) else 0
        return 0

    def is_attribution(self, joined: str, end: int) -> bool:
        if not _ATTRIBUTION_VERB.search(joined):
            return False
        below = next((line for line in self.lines[end : end + 4] if line.strip()), "")
        is_above_quote = bool(_QUOTED.match(below) or below.startswith(QUOTE_MARK))
        clues = bool(_DAY.search(joined)) + bool(_TIME.search(joined)) + ("@" in joined)
        return clues >= (1 if is_above_quote else 2)

    def is_followed_by_unmarked(self, end: int) -> bool:
        return not any(
            _QUOTED.match(line) or line.startswith(QUOTE_MARK) for line in self.lines[end : end + 4]
        )

    def fold_signature(self, end: int) -> int:
        """Fold the signature at the end of the new part; where the rest ends."""
        end = self.fold_mobile(end)
        last_quote = max((i for i in range(end) if _QUOTED.match(self.lines[i])), default=-1)
        for start in self.signature_starts(last_quote, end):
            if self.has_text(0, start):
                return self.fold_mobile(self.fold(start, end))
        return end

    def signature_starts(self, last_quote: int, end: int) -> list[int]:
        """The first line from which all below may be a signature, as a list of one or none."""
        dashes, marked, size = -1, -1, 0
        for index in range(end - 1, last_quote, -1):
            line = self.lines[index]
            size += bool(line.strip())
            if size > _SIGNATURE_LINES:
                break
            marked = index if line.startswith(SIGNATURE_MARK) else marked
            dashes = index if _DASHES.match(line) else dashes
        return [start for start in (marked, dashes) if start >= 0][:1]

    def fold_mobile(self, end: int) -> int:
        """Fold closing lines such as "Verstuurd vanaf mijn iPhone", each at most once or twice."""
        for _ in range(4):
            last = end - 1
            while last >= 0 and not self.lines[last].strip(" \t_-" + SIGNATURE_MARK + QUOTE_MARK):
                last -= 1
            if last < 0 or len(self.lines[last]) > 160 or not self.is_mobile(last):
                return end
            if not self.has_text(0, last):
                return end
            end = self.fold(last, end)
        return end

    def is_mobile(self, index: int) -> bool:
        return bool(_MOBILE.match(self.lines[index].lstrip(SIGNATURE_MARK + QUOTE_MARK)))

    def fold_quotes(self, end: int) -> None:
        """Fold `>` quotes with the line above that says whose; keep those that are answered in between."""
        blocks = self.quote_blocks(end)
        if not blocks:
            return
        answered = [block for block in blocks if self.has_text(block[1], self.next_start(blocks, block, end))]
        has_text_above = self.has_text(0, blocks[0][0])
        keep_until = answered[-1][1] if answered and (len(blocks) > 1 or has_text_above) else 0
        for start, stop in blocks:
            if stop > keep_until:
                own = self.own_signature_start(start)
                self.fold(own, stop)

    def next_start(self, blocks: list[tuple[int, int]], block: tuple[int, int], end: int) -> int:
        index = blocks.index(block) + 1
        return blocks[index][0] if index < len(blocks) else end

    def own_signature_start(self, start: int) -> int:
        """Where to fold from: the signature or phone line that stands right above this quote."""
        end = self.fold_mobile(start)
        starts = self.signature_starts(-1, end)
        return starts[0] if starts and self.has_text(0, starts[0]) else end

    def quote_blocks(self, end: int) -> list[tuple[int, int]]:
        """Stretches of quoted lines, blank lines between them and their attribution included."""
        blocks: list[tuple[int, int]] = []
        index = 0
        while index < end:
            start = index
            if not _QUOTED.match(self.lines[index]):
                index = self.attribution(index) if self.may_attribute(index) else 0
                index = index if index and self.is_quote_next(index, end) else 0
                if not index:
                    index = start + 1
                    continue
            stop = index
            while index < end and (
                _QUOTED.match(self.lines[index]) or not self.lines[index].strip("\ufdd0 ")
            ):
                index += 1
                stop = index if _QUOTED.match(self.lines[index - 1]) else stop
            blocks.append((start, max(stop, start + 1)))
            index = max(stop, start + 1)
        return blocks

    def may_attribute(self, index: int) -> bool:
        line = self.lines[index]
        return line.rstrip().endswith(":") or bool(_ATTRIBUTION_START.match(line))

    def is_quote_next(self, index: int, end: int) -> bool:
        return any(_QUOTED.match(line) for line in self.lines[index : min(end, index + 4)])
