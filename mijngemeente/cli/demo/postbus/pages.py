"""The pages of the postbus: a list, a mail, a form. Only for this machine."""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from . import drawing
from .box import Box
from .letters import NotSent, answer_to, bring, new_letter

HERE = Path(__file__).parent
FILES = {"/postbus.css": "text/css", "/postbus.js": "text/javascript"}
FORM_BYTES = 1_000_000
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Pages(BaseHTTPRequestHandler):
    """One request; `box` and `product` are set by `serve`."""

    box: Box
    product: int
    server_version = "postbus"

    def do_GET(self) -> None:
        """A page, a file, or how many mails there are."""
        path = urlsplit(self.path).path
        if not self.is_for_us():
            self.answer(HTTPStatus.NOT_FOUND, drawing.missing())
        elif path in FILES:
            self.answer(HTTPStatus.OK, (HERE / path[1:]).read_text("utf-8"), FILES[path])
        elif path == "/aantal":
            self.answer(HTTPStatus.OK, str(self.box.count()), "text/plain")
        else:
            self.page(path)

    def page(self, path: str) -> None:
        if path == "/":
            self.answer(HTTPStatus.OK, drawing.overview(list(self.box.letters())))
        elif path == "/nieuw":
            self.answer(HTTPStatus.OK, drawing.new({}, ""))
        elif letter := self.box.letter(path.removeprefix("/post/")):
            self.answer(HTTPStatus.OK, drawing.one(letter, "", ""))
        else:
            self.answer(HTTPStatus.NOT_FOUND, drawing.missing())

    def do_POST(self) -> None:
        """A new mail, or an answer to one."""
        path = urlsplit(self.path).path
        form = self.form()
        if not self.is_for_us() or not self.is_from_us():
            self.answer(HTTPStatus.FORBIDDEN, drawing.missing())
        elif path == "/nieuw":
            self.write_new(form)
        else:
            self.write_answer(path.removeprefix("/post/"), form)

    def write_new(self, form: dict[str, str]) -> None:
        try:
            bring(self.box, new_letter(**{name: form.get(name, "") for name in drawing.FIELDS}), self.product)
        except (NotSent, ValueError) as error:
            self.answer(HTTPStatus.UNPROCESSABLE_ENTITY, drawing.new(form, str(error)))
        else:
            self.go("/")

    def write_answer(self, name: str, form: dict[str, str]) -> None:
        letter = self.box.letter(name)
        text = form.get("text", "")
        if letter is None:
            self.answer(HTTPStatus.NOT_FOUND, drawing.missing())
            return
        try:
            bring(self.box, answer_to(letter, text), self.product)
        except (NotSent, ValueError) as error:
            self.answer(HTTPStatus.UNPROCESSABLE_ENTITY, drawing.one(letter, text, str(error)))
        else:
            self.go("/")

    def form(self) -> dict[str, str]:
        length = min(int(self.headers.get("Content-Length") or 0), FORM_BYTES)
        fields = parse_qs(self.rfile.read(length).decode("utf-8", "replace"))
        return {name: values[0].replace("\r\n", "\n") for name, values in fields.items()}

    def is_for_us(self) -> bool:
        """A strange name for this machine is a web site that tries its luck."""
        return self.headers.get("Host", "").partition(":")[0] in {"localhost", "127.0.0.1"}

    def is_from_us(self) -> bool:
        """Another site's form may not send mail here."""
        return urlsplit(self.headers.get("Origin", "")).netloc == self.headers.get("Host")

    def go(self, path: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, status: HTTPStatus, text: str, kind: str = "text/html") -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


def serve(box: Box, port: int, product: int) -> ThreadingHTTPServer:
    """Listening; the caller serves. `product` is the port where the municipalities take mail in."""
    handler = type("BoxPages", (Pages,), {"box": box, "product": product})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
