"""The command: ``sayso``, ``python -m sayso``, ``uvx sayso``."""

import signal
import sys

from ._sayso import run


def main() -> int:
    """Runs the command with this program's arguments and gives its exit code."""
    # Python's own handler would wait for the end of the run: the command has one, where it needs it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run(["sayso", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
