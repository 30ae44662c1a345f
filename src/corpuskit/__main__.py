"""The command line: thin, everything it does is a function elsewhere."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 1 something failed, 2 wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    given = _parser().parse_args(arguments)
    command: Command = given.command
    try:
        status = command(given)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _say("stopped.", 130)
    except OSError as error:
        return _say(str(error) if error.errno is None else f"{error.filename}: {error.strerror}.")
    except (ValueError, TypeError) as error:
        return _say(str(error))


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="corpuskit",
        description="Corpus linguistics on news text: the course and its tools.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_run(commands)
    _add_refresh(commands)
    _add_read(commands)
    _add_kwic(commands)
    _command(commands, "version", _print_version, "say which version this is")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Command,
    about: str,
) -> argparse.ArgumentParser:
    """Add one command."""
    text = about[0].upper() + about[1:] + "."
    parser = commands.add_parser(name, help=about, description=text, allow_abbrev=False)
    parser.set_defaults(command=command)
    return parser


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `run`."""
    about = "execute the notebooks of the course on a corpus and write a report"
    parser = _command(commands, "run", _run, about)
    parser.add_argument(
        "folder", nargs="?", metavar="FOLDER", help="folder with articles (default: data/raw)"
    )
    parser.add_argument(
        "--node", metavar="PATTERN", help='what to look for, like "cooperat*" (default: partner*)'
    )
    parser.add_argument(
        "--out",
        default="reports",
        metavar="FOLDER",
        help="where the report goes (default: reports)",
    )
    _add_course(parser)


def _add_refresh(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `refresh`."""
    about = "execute the notebooks and write their outputs into them"
    parser = _command(commands, "refresh", _refresh, about)
    parser.add_argument(
        "only", nargs="*", metavar="NOTEBOOK", help="these only (default: all, with solutions)"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; status 1 if any output byte differs"
    )
    _add_course(parser)


def _add_course(parser: argparse.ArgumentParser) -> None:
    """Add what `run` and `refresh` share."""
    parser.add_argument(
        "--notebooks", default="notebooks", metavar="FOLDER", help="the course (default: notebooks)"
    )
    parser.add_argument(
        "--workers", type=int, default=2, metavar="N", help="kernels at once (default: 2)"
    )


def _add_read(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `read`."""
    parser = _command(commands, "read", _read, "say what was loaded, noted and skipped")
    parser.add_argument("folder", metavar="FOLDER", help="folder with articles")


def _add_kwic(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `kwic`."""
    parser = _command(commands, "kwic", _kwic, "print every hit of a pattern in its context")
    parser.add_argument("folder", metavar="FOLDER", help="folder with articles")
    parser.add_argument(
        "pattern", metavar="PATTERN", help='like "partner*" or "strategic partner*"'
    )
    parser.add_argument(
        "--window", type=int, default=10, metavar="N", help="words on either side (default: 10)"
    )
    parser.add_argument(
        "--sort", metavar="KEYS", help='like "1R 2R 3R" or node (default: text order)'
    )


def _run(given: argparse.Namespace) -> int:
    """Run the course and say where the report is."""
    from .course import run

    report = run(
        given.folder,
        given.node,
        out=given.out,
        notebooks=given.notebooks,
        workers=given.workers,
    )
    for failure in report.failures:
        _say(failure)
    print(report)
    return 1 if report.failures else 0


def _refresh(given: argparse.Namespace) -> int:
    """Refresh or check the notebooks and say what is wrong."""
    from .course import refresh

    wrong = refresh(given.only, check=given.check, notebooks=given.notebooks, workers=given.workers)
    for text in wrong:
        _say(text)
    return 1 if wrong else 0


def _read(given: argparse.Namespace) -> int:
    """Print what was read in one line, then every finding."""
    from .reading.folder import read_articles

    report = read_articles(given.folder).report
    for line in (report.caption, *report.messages, *report.notes):
        print(_safe(line))
    return 0


def _kwic(given: argparse.Namespace) -> int:
    """Print the concordance, a line a hit."""
    from .analysis.concordances.concordance import kwic
    from .corpus.corpus import read_corpus

    lines = kwic(read_corpus(given.folder).find(given.pattern), window=given.window)
    lines = lines.sort(given.sort) if given.sort else lines
    print(_safe(lines.caption))
    frame = lines.to_frame()
    for article, left, node, right in zip(
        frame["article"], frame["left"], frame["node"], frame["right"], strict=True
    ):
        print(_safe(f"{left:>60.60}  {node}  {right:<60.60}  {article}"))
    return 0


def _print_version(given: argparse.Namespace) -> int:
    """Print the version."""
    print(_version())
    return 0


def _version() -> str:
    """Return the name and the version of the installed package."""
    try:
        return f"corpuskit {version('corpuskit')}"
    except PackageNotFoundError:
        return "corpuskit (not installed)"


def _safe(text: str) -> str:
    """Return `text` without characters that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


def _say(text: str, status: int = 2) -> int:
    """Write one message to stderr; return the exit status."""
    print(f"corpuskit: {text}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
