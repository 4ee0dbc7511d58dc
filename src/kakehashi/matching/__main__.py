"""The engine's commands.

python -m kakehashi.matching solve MARKET.json -o PLAN.json
python -m kakehashi.matching verify MARKET.json PLAN.json
python -m kakehashi.matching replay MARKET.json PLAN.json

Exit status 2: the market is not valid; the path of the fault is on standard error.
`verify` exits 0 if the plan is feasible, its levels are right and its claim is not refuted.
`replay` solves the market again and exits 0 if that gives the plan's file, byte for byte.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kakehashi.matching import InvalidMarket, outcome, read_market, read_plan, solve, verify
from kakehashi.matching.market import STABLE

INVALID, UNSOUND = 2, 1
MOST = 10  # differences that are named


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kakehashi.matching")
    commands = parser.add_subparsers(dest="command", required=True)
    solving = commands.add_parser("solve", help="find the best plan of a market")
    solving.add_argument("market", type=Path)
    solving.add_argument("-o", dest="plan", type=Path, required=True)
    checking = commands.add_parser("verify", help="check a plan of a market")
    checking.add_argument("market", type=Path)
    checking.add_argument("plan", type=Path)
    again = commands.add_parser("replay", help="solve a market again and compare the bytes")
    again.add_argument("market", type=Path)
    again.add_argument("plan", type=Path)
    asked = parser.parse_args(arguments)
    try:
        run = {"solve": _solve, "verify": _verify, "replay": _replay}[asked.command]
        return run(asked.market, asked.plan)
    except InvalidMarket as fault:
        print(fault, file=sys.stderr)
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
    return INVALID


def _solve(market: Path, plan: Path) -> int:
    asked = read_market(market.read_bytes())
    found = solve(asked)
    plan.write_bytes(found.to_bytes())
    for level in found.levels:
        print(f"{level.name} {level.value}")
    seen = outcome(asked, found.assignment)
    print(f"placed {seen.placed}")
    for tier, count in seen.filled.items():
        print(f"filled/{tier} {count}")
    print(f"moves {seen.moves}")
    if seen.blocking is not None and asked.mode == STABLE:
        print(f"blocking pairs {seen.blocking}")
    if asked.mode == STABLE:
        print("ended")
    else:
        print("proved" if found.proved else "not proved")
    return 0


def _verify(market: Path, plan: Path) -> int:
    data = market.read_bytes()
    read_market(data)
    verdict = verify(data, plan.read_bytes())
    print("\n".join(verdict.lines()))
    return 0 if verdict.sound else UNSOUND


def _replay(market: Path, plan: Path) -> int:
    asked, data = read_market(market.read_bytes()), plan.read_bytes()
    try:
        told = read_plan(data)
    except ValueError as fault:
        print(f"{plan}: {fault}", file=sys.stderr)
        return INVALID
    found = solve(asked)
    if found.to_bytes() == data:
        print(f"the same, byte for byte: {len(data)} bytes")
        return 0
    if not told.proved:
        print("the plan was stopped before it was proved: it need not come out again")
    if told.market_sha256 != found.market_sha256:
        print("the plan is of another market")
    everybody = {*told.assignment, *found.assignment}
    other = sorted(
        who for who in everybody if told.assignment.get(who) != found.assignment.get(who)
    )
    print(f"not the same: {len(other)} people are placed otherwise")
    for who in other[:MOST]:
        there, here = told.assignment.get(who, "-"), found.assignment.get(who, "-")
        print(f"{who}: {there} in the plan, {here} when solved again")
    return UNSOUND


if __name__ == "__main__":
    sys.exit(main())
