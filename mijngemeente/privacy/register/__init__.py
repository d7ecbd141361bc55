"""Every column that can hold something of a person: why we have it, how long, and what erasing does to it.

One list, and it is the machine too: erasing walks through it, the register's page shows it, and a test
refuses a text column that stands nowhere in it (promises.md, rule 24).
"""

from .holding import Holding, Until
from .of_ourselves import OF_OURSELVES
from .of_residents import OF_RESIDENTS

REGISTER: tuple[Holding, ...] = (*OF_RESIDENTS, *OF_OURSELVES)

__all__ = ["OF_OURSELVES", "OF_RESIDENTS", "REGISTER", "Holding", "Until"]
