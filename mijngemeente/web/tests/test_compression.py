"""What travels compressed, and what does not."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from mijngemeente.web.compression import CompressPages

PAGE = "<p>Goedemorgen, hoe laat is de balie open?</p>" * 20


def answered(response: HttpResponseBase) -> HttpResponseBase:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip, br"
    return CompressPages(lambda _: response)(request)


def test_a_page_travels_compressed() -> None:
    response = answered(HttpResponse(PAGE))
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == PAGE


@pytest.mark.parametrize(
    "response",
    [
        StreamingHttpResponse(iter([PAGE]), content_type="text/event-stream"),
        StreamingHttpResponse(iter([PAGE]), content_type="text/html"),
        HttpResponse(PAGE, content_type="image/jpeg"),
    ],
    ids=["live stream", "streamed page", "picture"],
)
def test_the_rest_travels_as_it_is(response: HttpResponseBase) -> None:
    assert "Content-Encoding" not in answered(response).headers
