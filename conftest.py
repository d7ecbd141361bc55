"""One database per test worker, made by the owner; tests connect as the app's powerless role."""

import os

from hypothesis import settings

pytest_plugins = [
    "tests.database",
    "tests.world",
    "tests.served",
    "tests.browser",
    "tests.post",
    "tests.post_office",
]

# The same made-up texts each time, so that luck does not decide about a commit. Who wants to search:
# make test HYPOTHESIS=search TESTS=mijngemeente/understanding
settings.register_profile("same", derandomize=True)
settings.register_profile("search", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS", "same"))
