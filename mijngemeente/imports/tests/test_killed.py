"""An import in processes of its own: by command, killed halfway, and taken up again."""

import os
import signal
import subprocess
import sys

import pytest

from mijngemeente.cli.tests.commands import ROOT, run
from mijngemeente.conversations.models import Contact
from mijngemeente.imports import actions
from mijngemeente.imports.models import Import, Imported
from mijngemeente.platform.tenancy import acting_for
from tests.database import address_of

WORK = """
import sys, django
django.setup()
from mijngemeente.imports.actions import bring_in
bring_in(organisation_id=int(sys.argv[1]), import_id=sys.argv[2])
"""


@pytest.fixture
def surroundings(own_database):
    return {
        "DATABASE_URL": address_of(own_database),
        "MIJNGEMEENTE_SECRET": os.environ["MIJNGEMEENTE_SECRET"],
        "DJANGO_SETTINGS_MODULE": "mijngemeente.settings",
    }


def test_an_import_by_command_that_is_killed_goes_on_and_doubles_nothing(
    committed_world, surroundings, tmp_path
):
    duinrand = committed_world.duinrand.id
    rows = "".join(f"Inwoner {number};i{number}@voorbeeld.example\n" for number in range(1100))
    file = tmp_path / "inwoners.csv"
    file.write_text(f"naam;e-mail\n{rows}")
    said = run("import", str(file), "--organisation", "duinrand", "--start", environment=surroundings)
    assert said.returncode == 0 and "1100 gelezen, 0 met een fout." in said.stdout, said.stderr
    with acting_for(duinrand):
        import_id = str(Import.objects.get().id)
    killed = subprocess.run(
        [sys.executable, "-c", WORK, str(duinrand), import_id],
        cwd=ROOT,
        env=os.environ | surroundings | {"MIJNGEMEENTE_FAILPOINT": "imports.part_kept:2"},
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    with acting_for(duinrand):
        assert Contact.objects.count() == Import.objects.get().position == 500
    actions.bring_in(organisation_id=duinrand, import_id=import_id)
    with acting_for(duinrand):
        assert Contact.objects.count() == Imported.objects.count() == Import.objects.get().made == 1100


def test_the_command_refuses_in_a_sentence(committed_world, surroundings, tmp_path):
    file = tmp_path / "programma.csv"
    file.write_bytes(b"MZ\x90\x00" + bytes(99))
    for words, sentence in (
        ((str(tmp_path / "weg.csv"), "--organisation", "duinrand"), "is geen bestand"),
        ((str(file), "--organisation", "nergens"), "Er is geen beheerder van nergens"),
        ((str(file), "--organisation", "duinrand"), "kunnen wij niet lezen"),
    ):
        said = run("import", *words, environment=surroundings)
        assert said.returncode == 1 and sentence in said.stderr
