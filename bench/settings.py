"""The product's settings with one page more: an empty one, to hold the others against."""

from mijngemeente.settings import *  # noqa: F403 - all of them

ROOT_URLCONF = "bench.urls"
