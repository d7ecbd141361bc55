"""The product's settings with one page more: an empty one, to hold the others against."""

from mijngemeente.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
