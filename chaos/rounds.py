"""What is killed in each round, and when: decided by the seed alone."""

import random
import time
from dataclasses import dataclass

from .counterpart import Mood
from .load import Load
from .stage import Slot, Stage

#: Gaps a worker comes through under this load, and how often in a round at most.
WORKER_GAPS = (
    "take_in.received",
    "take_in.written",
    "take_in.committed",
    "hand_over.closed",
    "release_reply.sent",
    "deliver.claimed",
    "deliver.sent",
    "deliver.recorded",
)
#: Gaps a web server comes through.
WEB_GAPS = ("door.committed", "keep.stored", "send_reply.written")
GAPS = (*WORKER_GAPS, *WEB_GAPS)
#: Nobody is killed, but the mail server at the other side misbehaves.
MOODS = {
    "smtp busy": Mood.BUSY,
    "smtp refuses": Mood.REFUSING,
    "smtp hangs up": Mood.DROPPING,
}
SCENARIOS = (*MOODS, "smtp down", "disk full")
#: One round in so many is a scenario.
SCENARIO_EVERY = 10
#: A round's load lasts so long at most.
LOAD_SECONDS = 1.2
#: As long as a process that starts on a busy machine needs to come to a gap.
REACH_SECONDS = 20.0
ANSWERED_SECONDS = 20.0


@dataclass(frozen=True)
class Plan:
    """One round."""

    number: int
    #: worker, web, postgres, or the name of a gap.
    victim: str
    #: Seconds after the load began; for a gap, how often it is passed first.
    moment: float


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    plan: Plan
    seconds: float
    #: False for a gap nobody came to.
    killed: bool
    #: Who never heard "yes" or "no", and what they heard last.
    unanswered: list[str]


def plans(seed: int, rounds: int) -> list[Plan]:
    """The same seed gives the same rounds; every gap comes before any comes again."""
    chance = random.Random(seed)
    anything = ["worker", "postgres", "web"]
    made: list[Plan] = []
    gaps: list[str] = []
    for number in range(1, rounds + 1):
        gaps = gaps or chance.sample(GAPS, len(GAPS))
        if number % SCENARIO_EVERY == 0:
            turn = number // SCENARIO_EVERY
            made.append(Plan(number, SCENARIOS[turn % len(SCENARIOS)], LOAD_SECONDS))
        elif chance.random() < 0.5:
            made.append(Plan(number, gaps.pop(), chance.randint(1, 3)))
        else:
            made.append(Plan(number, chance.choice(anything), chance.uniform(0.05, LOAD_SECONDS)))
    return made


def play(plan: Plan, stage: Stage, load: Load, seed: int) -> Outcome:
    """Load, kill, start again."""
    begun = time.monotonic()
    chance = random.Random(f"{seed} {plan.number}")
    load.on()
    if plan.victim in SCENARIOS:
        killed = _misfortune(plan, stage)
    elif plan.victim == "postgres":
        time.sleep(plan.moment)
        stage.kill_postgres()
        killed = True
    elif plan.victim in GAPS:
        slots = stage.webs if plan.victim in WEB_GAPS else stage.workers
        killed = _die_at_gap(plan, chance.choice(slots))
    else:
        time.sleep(plan.moment)
        chance.choice(stage.workers if plan.victim == "worker" else stage.webs).kill(chance)
        killed = True
    load.off()
    unanswered = _rest(stage, load)
    return Outcome(plan, time.monotonic() - begun, killed, unanswered)


def _rest(stage: Stage, load: Load) -> list[str]:
    """Until everybody has their answer, starting again what ends, as a supervisor does."""
    until = time.monotonic() + ANSWERED_SECONDS
    while time.monotonic() < until:
        stage.mend()
        if not load.rest(0.2):
            break
    stage.mend()
    return load.rest(0)


def _misfortune(plan: Plan, stage: Stage) -> bool:
    """For the time of the load; False if it cannot be had on this machine."""
    if plan.victim == "disk full":
        with stage.small_disk.full() as is_full:
            time.sleep(plan.moment)
        return is_full
    if plan.victim == "smtp down":
        stage.counterpart.stop()
    stage.counterpart.handler.mood = MOODS.get(plan.victim, Mood.GOOD)
    time.sleep(plan.moment)
    stage.counterpart.handler.mood = Mood.GOOD
    stage.counterpart.start()
    return True


def _die_at_gap(plan: Plan, slot: Slot) -> bool:
    """The process is replaced by one that will die there, while the others go on."""
    slot.start(f"{plan.victim}:{plan.moment:.0f}")
    killed = slot.dies_within(REACH_SECONDS)
    slot.start()
    return killed
