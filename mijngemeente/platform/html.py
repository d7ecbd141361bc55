"""The one door for foreign HTML: cleaned by one allow-list, or read as plain text.

What `sanitise` returns is safe inside our pages and asks nothing of the network: remote images wait under
`data-remote-src` until `with_remote_images` is asked for them. Marks that mail programs leave around quotes
and signatures survive as the classes `mail-quote` and `mail-signature`.
"""

import re
from collections.abc import Mapping
from html import escape, unescape

import nh3

from mijngemeente.platform.tags import rebuilt

#: Start a line in `marked_text_of`: what follows was quoted, or is a signature. Noncharacters: nobody's text.
QUOTE_MARK = "\ufdd0"
SIGNATURE_MARK = "\ufdd1"
NO_MARKS = str.maketrans("", "", QUOTE_MARK + SIGNATURE_MARK)

_TAGS = {
    *(
        "a",
        "abbr",
        "address",
        "article",
        "aside",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
    ),
    *(
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
    ),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "ol",
        "p",
    ),
    *(
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
    ),
    *("tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr"),
}
_SILENT = {
    *(
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
    ),
    *("textarea", "select", "audio", "video", "canvas", "noembed", "noframes", "xmp"),
}
_ATTRIBUTES = {
    "*": {"dir", "lang", "title", "style"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "blockquote": {"type"},
}
#: No colours and no sizes: they hide text from the reader, and break contrast.
_STYLES = {"font-weight", "font-style", "text-decoration", "text-align"}
_MARK_CLASSES = {"mail-quote", "mail-signature"}
# Browsers skip control characters at the start and line ends inside a scheme.
_INLINE = re.compile(r"[\x00-\x20]*(?:c\s*i\s*d|d\s*a\s*t\s*a)\s*:", re.I)
_INLINE_IMAGE = re.compile(r"cid:|data:image/(?:png|jpe?g|gif|webp);base64,", re.I)


def _kept_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class" and "mail-" not in value:
        return None
    if attribute == "href" and _INLINE.match(value):
        return None
    if attribute == "src" and _INLINE.match(value) and not _INLINE_IMAGE.match(value):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_SILENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_kept_attribute,
    filter_style_properties=_STYLES,
    allowed_classes={"div": _MARK_CLASSES, "blockquote": _MARK_CLASSES, "p": _MARK_CLASSES},
    url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)

#: Above this many tags a parser that follows the HTML standard may take quadratic time and room (nh3: 12 MB
#: out of 1,000 unclosed tags), so the markup is first rebuilt. Newsletters pay for it, letters do not.
_PLAIN_TAG_LIMIT = 500
_PLAIN_REFERENCE_LIMIT = 5_000
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def sanitise(html: str) -> str:
    """Foreign HTML as harmless HTML. Sanitising the result again only loses its waiting images."""
    html = _marked(_CONTROLS.sub("", html))
    if html.count("<") > _PLAIN_TAG_LIMIT or html.count("&") + html.count("\xa0") > _PLAIN_REFERENCE_LIMIT:
        html = rebuilt(html, _TAGS, _SILENT)
    clean: str = _CLEANER.clean(html)
    if len(clean) > 4 * len(html) + 1_000_000:
        clean = f"<pre>{escape(text_of_sanitised(clean))[: len(html)]}</pre>"
    return _IMAGE.sub(_with_waiting_source, clean)


#: So Gmail, Yahoo, Proton, Thunderbird, Outlook and Apple name their quotes and signatures.
_FOREIGN_MARK = re.compile(
    r"""\b(?:class|id)\s{0,9}=\s{0,9}(["']?)(?:[\w-]{1,30}\s){0,4}?(?:x_)*(?:
    (?P<quote>gmail_quote(?:_container)?|yahoo_quoted|protonmail_quote|moz-cite-prefix|divRplyFwdMsg|appendonsend
        |mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|ms-outlook-mobile-reference-message
        |zmail_extra|tutanota_quote|mail-quote)
    |(?P<signature>gmail_signature|moz-signature|ms-outlook-mobile-signature|protonmail_signature_block|Signature
        |AppleMailSignature|mail-signature)
    )(?=["'\s>])[^"'<>]{0,200}\1""",
    re.X | re.I,
)
_MARK_HINT = re.compile(
    r"gmail_|yahoo_|proton|moz-|divRpl|appendon|mail-|OLK_|ms-out|zmail|tutanota|Signature", re.I
)


def _marked(html: str) -> str:
    if not _MARK_HINT.search(html):
        return html
    return _FOREIGN_MARK.sub(lambda m: f'class="mail-{"quote" if m["quote"] else "signature"}"', html)


# The cleaner's own output: attributes always double-quoted, `<`, `>` and `"` in them always escaped.
_IMAGE = re.compile(r"<img(?: [a-z-]+=\"[^\"]*\")*>")
_SOURCE = re.compile(r' src="([^"]*)"')
_REMOTE = re.compile(r'(<img(?: [a-z-]+="[^"]*")*?) data-remote-src="(https?://[^"]*)"', re.I)
_CONTENT_ID = re.compile(r' src="cid:([^"]*)"', re.I)


def _with_waiting_source(image: re.Match[str]) -> str:
    source = _SOURCE.search(image[0])
    if source is None or _INLINE_IMAGE.match(source[1]):
        return image[0]
    return image[0].replace(" src=", " data-remote-src=", 1)


def has_remote_images(clean: str) -> bool:
    """Whether sanitised HTML has images that would be fetched from elsewhere."""
    return _REMOTE.search(clean) is not None


def with_remote_images(clean: str) -> str:
    """Sanitised HTML that does fetch its remote images: only when the reader asked for them."""
    return _REMOTE.sub(r'\1 src="\2"', clean)


def with_inline_images(clean: str, url_by_content_id: Mapping[str, str]) -> str:
    """Sanitised HTML whose `cid:` images point at our own copies; an unknown one loses its source."""

    def own_copy(source: re.Match[str]) -> str:
        url = url_by_content_id.get(unescape(source[1]))
        return f' src="{escape(url)}"' if url else ""

    return _IMAGE.sub(lambda image: _CONTENT_ID.sub(own_copy, image[0]), clean)


def text_of(html: str) -> str:
    """Foreign HTML as readable text: quotes behind `> `, addresses of links in brackets."""
    return text_of_sanitised(sanitise(html))


def text_of_sanitised(clean: str) -> str:
    return marked_text_of(clean).translate(NO_MARKS)


def marked_text_of(clean: str) -> str:
    """As `text_of`, of sanitised HTML, with QUOTE_MARK and SIGNATURE_MARK where these begin."""
    page = _Page()
    for token in _TOKEN.finditer(clean):
        if token[3]:
            page.write(unescape(token[3]))
        elif token[1]:
            page.close(token[2])
        else:
            page.open(token[2], token[0])
    return page.text()


_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)(?: [a-z-]+=\"[^\"]*\")*>|([^<]+)")
_SPACES = re.compile(r"[ \t\r\n]+")
_HREF = re.compile(r' href="([^"]*)"')
_ALT = re.compile(r' alt="([^"]+)"')
_BLOCKS = _TAGS - {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
    ),
    *(
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
        "td",
        "th",
    ),
    *("col", "colgroup", "tbody", "thead", "tfoot", "table"),
}
_AIRY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "figure"}


class _Page:
    """Lines being written; an empty line between paragraphs, never two."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.depth = 0
        self.quotes: list[bool] = []
        self.preformatted = 0
        self.links: list[tuple[str, int]] = []

    def write(self, text: str) -> None:
        if self.preformatted:
            first, *rest = text.split("\n")
            self.line += first
            for line in rest:
                self.new_line()
                self.line = line
            return
        text = _SPACES.sub(" ", text)
        if text[0] == " " and (not self.line or self.line[-1] in (" ", "\t")):
            text = text[1:]
        self.line += text

    def new_line(self) -> None:
        self.lines.append("> " * self.depth + self.line.replace("\xa0", " ").rstrip())
        self.line = ""

    def end_line(self) -> None:
        if self.line.strip(" "):
            self.new_line()
        else:
            self.line = ""

    def air(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append("> " * self.depth)

    def mark(self, mark: str) -> None:
        self.end_line()
        self.lines.append(mark)

    def open(self, name: str, tag: str) -> None:
        if name == "br":
            self.new_line()
        elif name == "a":
            href = _HREF.search(tag)
            self.links.append((unescape(href[1]) if href else "", len(self.line)))
        elif name == "img":
            alt = _ALT.search(tag)
            self.line += f"[{_SPACES.sub(' ', unescape(alt[1]))}]" if alt else ""
        elif name in ("td", "th"):
            self.line += "\t" if self.line.strip() else ""
        elif name in _BLOCKS:
            self.open_block(name, tag)

    def open_block(self, name: str, tag: str) -> None:
        self.air() if name in _AIRY else self.end_line()
        if "mail-" in tag and 'class="' in tag:
            self.mark(QUOTE_MARK if 'class="mail-quote"' in tag else SIGNATURE_MARK)
        if name == "blockquote":
            self.quotes.append('type="cite"' in tag or 'class="mail-quote"' in tag)
            self.depth += self.quotes[-1] and self.depth < 20
        elif name == "pre":
            self.preformatted += 1
        elif name == "hr":
            self.lines.append("-" * 20)
        elif name == "li":
            self.line = "- "

    def close(self, name: str) -> None:
        if name == "a":
            self.close_link()
        elif name in _BLOCKS:
            self.air() if name in _AIRY else self.end_line()
            if name == "blockquote" and self.quotes:
                self.depth = max(0, self.depth - self.quotes.pop())
            elif name == "pre":
                self.preformatted = max(0, self.preformatted - 1)

    def close_link(self) -> None:
        url, start = self.links.pop() if self.links else ("", 0)
        shown = self.line[start:].strip()
        bare = url.removeprefix("mailto:").removeprefix("tel:")
        if not shown or not bare or _plain_address(shown) == _plain_address(bare):
            return
        self.line += f" <{bare}>"

    def text(self) -> str:
        self.end_line()
        return "\n".join(self.lines).strip("\n")


def _plain_address(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|^www\.|/$", "", url.lower())
