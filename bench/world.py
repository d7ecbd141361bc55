"""`python -m bench.world`: two municipalities in the database of the environment, as JSON."""

import json
import os
import sys


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mijngemeente.settings")
    django.setup()
    from chaos.world import towns

    found = [
        {"organisation": town.organisation.id, "email": str(town.email.id), "web": str(town.web.id)}
        for town in towns()
    ]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
