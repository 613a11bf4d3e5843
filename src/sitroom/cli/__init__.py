"""The command line: `sitroom COMMAND`. Nothing heavy is imported until a command runs."""

import os
import sys

from sitroom.errors import SitroomError

FINE, FAILED, USAGE, PARTLY, STOPPED = 0, 1, 2, 3, 130


def main() -> None:
    """Run the command line.

    Exit codes: 0 all done, 1 nothing could be done, 2 wrong usage, 3 done but some inputs were skipped, 130 stopped.
    """
    from sitroom.cli.commands import cli

    try:
        cli()
    except SitroomError as error:
        sys.stderr.write(f"sitroom: {error.what}\n  what to do: {error.hint}\n")
        sys.exit(FAILED)
    except KeyboardInterrupt:
        sys.stderr.write("stopped; what was read before is kept\n")
        sys.exit(STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINE)
