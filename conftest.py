"""One database per test worker, made by the owner; tests connect as the app's powerless role."""

pytest_plugins = [
    "tests.database",
    "tests.world",
    "tests.served",
    "tests.browser",
    "tests.post",
    "tests.post_office",
]
