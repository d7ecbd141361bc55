"""`make openapi`: the description of the interface, as it is kept in docs/."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mijngemeente.settings")
    django.setup()
    from .views.description import description

    sys.stdout.write(description())
