"""Hostile markup rebuilt so that any HTML parser reads it in bounded time: balanced, bounded.

Safety is not decided here: the sanitiser still comes after.
"""

import re
from collections.abc import Set
from html import escape, unescape
from itertools import pairwise

_DEPTH_LIMIT = 60
_TAG_LIMIT = 100_000
_LONG_TAG_LIMIT = 10_000
# The parser joins the text around each character reference by copying: quadratic within one stretch of text.
_REFERENCE_LIMIT = 1_000
_REFERENCE = re.compile("[&\xa0]")
_VOID = {"br", "hr", "img", "col", "wbr"}
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40}+)")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][a-zA-Z-]{0,40}+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")


def rebuilt(html: str, kept: Set[str], silent: Set[str]) -> str:
    """The `kept` tags of `html`, closed in order; the content of `silent` tags is left out."""
    return _Rebuilding(html, kept, silent).run()


class _Rebuilding:
    def __init__(self, html: str, kept: Set[str], silent: Set[str]) -> None:
        self.html = html
        self.kept = kept
        self.silent = silent
        self.lower = html.lower() if html.isascii() else _ascii_lower(html)
        self.out: list[str] = []
        self.stack: list[str] = []
        self.long_tags = 0
        self.never_closed: set[str] = set()

    def run(self) -> str:
        position = tags = 0
        while tags < _TAG_LIMIT:
            start = self.html.find("<", position)
            if start < 0:
                break
            self.text(position, start)
            position = self.markup(start)
            tags += 1
        if tags >= _TAG_LIMIT:
            rest = escape(unescape(re.sub(r"<[^<>]*>", " ", self.html[position:])), quote=False)
            self.out.append(_with_breaks(rest))
        else:
            self.text(position, len(self.html))
        self.out.extend(f"</{name}>" for name in reversed(self.stack))
        return "".join(self.out)

    def text(self, start: int, end: int) -> None:
        if start < end:
            chunk = self.html[start:end].replace(">", "&gt;")
            self.out.append(chunk if len(chunk) < _REFERENCE_LIMIT else _with_breaks(chunk))

    def markup(self, start: int) -> int:
        """Handle what begins with the `<` at `start`; where to read on."""
        if self.html.startswith("<!--", start):
            return self.after("-->", start + 4)
        if self.html.startswith(("<!", "<?"), start):
            return self.after(">", start)
        name_match = _NAME.match(self.html, start + 1)
        if name_match is None:
            self.out.append("&lt;")
            return start + 1
        name, end = name_match[1].lower(), self.end_of_tag(start)
        if self.html[start + 1] == "/":
            self.close(name)
        elif name in self.silent:
            return self.skip(name, end)
        elif name in self.kept:
            self.open(name, self.html[name_match.end() : end - 1])
        return end

    def after(self, closing: str, start: int) -> int:
        found = self.html.find(closing, start)
        return len(self.html) if found < 0 else found + len(closing)

    def end_of_tag(self, start: int) -> int:
        """Past the `>` that ends this tag; a `>` between quotes does not, but not at any price."""
        end = self.after(">", start)
        while (
            self.long_tags < _LONG_TAG_LIMIT and end - start < 2_000 and self.html.count('"', start, end) % 2
        ):
            self.long_tags += 1
            further = self.after(">", end)
            if further - start >= 2_000:
                break
            end = further
        return end

    def skip(self, name: str, start: int) -> int:
        found = -1 if name in self.never_closed else self.lower.find(f"</{name}", start)
        if found < 0:
            self.never_closed.add(name)
            return start
        return self.after(">", found)

    def open(self, name: str, attributes: str) -> None:
        if name not in _VOID:
            if len(self.stack) >= _DEPTH_LIMIT:
                return
            self.stack.append(name)
        written = "".join(
            f' {key.lower()}="{escape(unescape(first or second or third))}"'
            for key, first, second, third in _ATTRIBUTE.findall(attributes)[:20]
            if (first or second or third).count("&") < _REFERENCE_LIMIT
        )
        self.out.append(f"<{name}{written}>")

    def close(self, name: str) -> None:
        if name not in self.stack:
            return
        while self.stack:
            top = self.stack.pop()
            self.out.append(f"</{top}>")
            if top == name:
                return


def _with_breaks(text: str) -> str:
    breaks = [reference.start() for reference in _REFERENCE.finditer(text)][
        _REFERENCE_LIMIT::_REFERENCE_LIMIT
    ]
    return "<wbr>".join(text[start:end] for start, end in pairwise([0, *breaks, len(text)]))


def _ascii_lower(text: str) -> str:
    # str.lower() may change the length (U+0130), and positions must stay.
    return text.translate({code: code + 32 for code in range(65, 91)})
