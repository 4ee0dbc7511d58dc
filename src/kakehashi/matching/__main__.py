"""The engine's commands.

python -m kakehashi.matching solve MARKET.json -o PLAN.json
python -m kakehashi.matching verify MARKET.json PLAN.json

Exit status 2: the market is not valid; the path of the fault is on standard error.
`verify` exits 0 if the plan is feasible, its levels are right and its claim is not refuted.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kakehashi.matching import InvalidMarket, outcome, read_market, solve, verify
from kakehashi.matching.market import STABLE

INVALID, UNSOUND = 2, 1


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
    asked = parser.parse_args(arguments)
    try:
        run = _solve if asked.command == "solve" else _verify
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


if __name__ == "__main__":
    sys.exit(main())
