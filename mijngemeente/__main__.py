"""`python -m mijngemeente` is the same as `mijngemeente`."""

import sys

from mijngemeente.cli.main import main

sys.exit(main())
