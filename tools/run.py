"""What the Makefile calls. Plain Python, because it runs before the virtual environment exists."""

import argparse
import os
import sys

import demo
import develop
import steps


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("setup", "demo-reset", "drill", "lint", "messages", "lock"):
        commands.add_parser(name)
    commands.add_parser("demo").add_argument("--port", default="8000")
    tests = commands.add_parser("test")
    tests.add_argument("--mark", default="")
    tests.add_argument("rest", nargs="*")
    commands.add_parser("bench").add_argument("rest", nargs="*")
    return parser.parse_args()


def main() -> int:
    os.chdir(steps.ROOT)
    given = arguments()
    match given.command:
        case "setup":
            steps.set_up()
            steps.say("Ready. `make demo` starts the site.")
        case "demo":
            demo.start(given.port)
        case "demo-reset":
            demo.reset()
        case "test":
            return develop.test(given.mark, given.rest)
        case "bench":
            return develop.bench(given.rest)
        case "drill":
            return develop.drill()
        case "lint":
            return develop.lint()
        case "messages":
            return develop.messages()
        case "lock":
            develop.lock()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except steps.Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
