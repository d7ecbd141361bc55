"""`python -m chaos`: kill everything over and over, lose nothing, double nothing (P1 and P2)."""

import argparse
import json
import os
import secrets
import sys
from collections import defaultdict
from dataclasses import asdict
from statistics import median
from typing import TYPE_CHECKING

from .stage import ROOT, Stage, stage

if TYPE_CHECKING:
    from .checks import Finding
    from .rounds import Outcome

WORKERS = 2
QUIET_SECONDS = 90.0


def main() -> int:
    arguments = read_arguments()
    print(f"chaos: {arguments.rounds} rounds, seed {arguments.seed}", flush=True)
    with stage(ROOT / "var" / "chaos") as made:
        return run(made, arguments.rounds, arguments.seed)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS") or 200))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED") or secrets.randbelow(10**6)))
    return parser.parse_args()


def run(made: Stage, rounds: int, seed: int) -> int:
    """Django has to be ready before the rest is imported."""
    from .checks import Checks
    from .ledger import Ledger
    from .load import Agent, Clerk, Load, Machine, Planner, Traveller, Visitor, Writer
    from .rounds import plans, play
    from .world import towns

    ledger = Ledger()
    for _ in range(WORKERS):
        made.add_worker()
    made.add_web()
    made.counterpart.start()
    kinds = (Machine, Visitor, Writer, Agent, Clerk, Planner, Traveller)
    load = Load(
        [kind(town, ledger, f"{seed} {kind.__name__} {town.web}") for town in towns() for kind in kinds]
    )
    checks = Checks(made.owner_url, ledger, made.counterpart.handler)
    outcomes, findings = [], []
    for plan in plans(seed, rounds):
        ledger.round = plan.number
        outcomes.append(play(plan, made, load, seed))
        findings.extend(checks.overdue())
        print(line(outcomes[-1]), flush=True)
    load.stop()
    quiet_seconds = checks.wait_for_quiet(QUIET_SECONDS)
    findings.extend(checks.all())
    counts = checks.counts() | {"faults met by the load": sum(person.faults for person in load.people)}
    return report(seed, outcomes, findings, counts, quiet_seconds)


def line(outcome: "Outcome") -> str:
    plan = outcome.plan
    notes = ("" if outcome.killed else "  not reached") + "".join(
        f"  unanswered {each}" for each in outcome.unanswered
    )
    return f"{plan.number:4}  {plan.victim:20} at {plan.moment:4.2f}  {outcome.seconds:5.2f} s{notes}"


def report(
    seed: int,
    outcomes: "list[Outcome]",
    findings: "list[Finding]",
    counts: dict[str, int],
    quiet_seconds: float | None,
) -> int:
    """The table and `var/chaos.json`; 0 if every promise was kept."""
    print(table(outcomes))
    for what, count in counts.items():
        print(f"{what:34} {count:7}")
    print("quiet after", "never" if quiet_seconds is None else f"{quiet_seconds:.1f} s")
    for finding in findings[:50]:
        print(f"BROKEN  {finding.promise}: {finding.about} (round {finding.round})")
    kept = not findings and quiet_seconds is not None and not any(each.unanswered for each in outcomes)
    print(f"{'kept' if kept else 'BROKEN'}: {len(outcomes)} rounds, {len(findings)} findings, seed {seed}")
    content = {
        "seed": seed,
        "kept": kept,
        "quiet_seconds": quiet_seconds,
        "counts": counts,
        "findings": [asdict(each) for each in findings],
        "rounds": [asdict(each) for each in outcomes],
    }
    (ROOT / "var" / "chaos.json").write_text(json.dumps(content, indent=1))
    return 0 if kept else 1


def table(outcomes: "list[Outcome]") -> str:
    by_victim: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_victim[outcome.plan.victim].append(outcome)
    lines = [f"{'killed':22}{'rounds':>7}{'deaths':>8}{'median s':>10}"]
    for victim, played in sorted(by_victim.items()):
        deaths = sum(each.killed for each in played)
        lines.append(f"{victim:22}{len(played):7}{deaths:8}{median(e.seconds for e in played):10.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
