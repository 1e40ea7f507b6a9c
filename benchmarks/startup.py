"""How long the command line and the library take to start, against what they cannot start without.

Run with `python benchmarks/startup.py [ROUNDS]`. Every round starts each program once, in turn, so that whatever else
the machine does falls on all of them alike; the ratios compare the fastest round of each.
"""

from __future__ import annotations

import subprocess
import sys
import time

FIVE = "attrs", "cattrs", "click", "pluggy", "tabulate"
PROGRAMS = {
    "import click": "import click",
    "equityrules --help": "import sys; sys.argv = ['equityrules', '--help']; from equityrules.cli import main; main()",
    "import of the five core libraries": f"import {', '.join(FIVE)}",
    "import equityrules": "import equityrules",
    "import and use of its three main functions": "from equityrules import assess, load_frameworks, read_evidence",
}
PAIRS = (
    ("equityrules --help", "import click", 1.3),
    ("import equityrules", "import of the five core libraries", 1.3),
)


def seconds(program: str) -> float:
    """Return how long a fresh interpreter takes for a program, in seconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(rounds: int) -> None:
    """Print the fastest time of each program and the ratios that the design sets."""
    for program in PROGRAMS.values():
        seconds(program)
    fastest = dict.fromkeys(PROGRAMS, float("inf"))
    for _ in range(rounds):
        for name, program in PROGRAMS.items():
            fastest[name] = min(fastest[name], seconds(program))
    for name, taken in fastest.items():
        print(f"{taken * 1000:7.1f} ms  {name}")
    for name, against, goal in PAIRS:
        print(f"{fastest[name] / fastest[against]:7.2f}     {name} / {against} (goal: at most {goal})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
