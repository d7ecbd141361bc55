"""Logs are read by more people than conversations are."""

import logging

import pytest
import structlog
from django.conf import settings
from django.utils.module_loading import import_string

TOKEN = "AZ-x_" * 8 + "abc"


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [
        ("%s: %s", ("Not Found", f"/duinrand/contact/{TOKEN}/"), "Not Found: /duinrand/contact/…/"),
        (f"Broken pipe from /in/web/{TOKEN}/", (), "Broken pipe from /in/web/…/"),
        (
            "%s: %s",
            ("Gone", "/gesprekken/0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d/"),
            "Gone: /gesprekken/0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d/",
        ),
        ("job %s of a lost worker", (12,), "job 12 of a lost worker"),
    ],
)
def test_no_link_that_opens_something_is_written(message, arguments, written):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, arguments, None)
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        assert import_string(settings.LOGGING["filters"][name]["()"])().filter(record)
    assert record.getMessage() == written


def test_a_traceback_never_shows_what_a_resident_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    written = "mijn geheim"
    try:
        raise ValueError(len(written))
    except ValueError:
        structlog.get_logger().exception("take_in.failed")
    shown = capsys.readouterr().out
    assert "ValueError" in shown
    assert "geheim" not in shown.replace('written = "mijn geheim"', "")
