#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Set up and use corpuskit with nothing but Python: run, test, lab or refresh.

The first call makes a virtual environment beside this file and installs the pinned packages
into it; later calls go straight to work. The file keeps to a grammar that every Python since
2.7 can read, so that an old one can say what is wrong instead of showing a syntax error.
"""

from __future__ import print_function

import hashlib
import json
import locale
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.realpath(__file__))
OLDEST = (3, 11)
NOTEBOOKS = os.path.join(ROOT, "notebooks")
REPORTS = os.path.join(ROOT, "reports")
MARK, STAMP = "corpuskit-made-this", "corpuskit-setup"  # begun by us; finished
RECIPE = ("pyproject.toml", "constraints.txt")
USAGE = """\
usage: python3 kit.py COMMAND [OPTIONS]

  run [FOLDER] [--node PATTERN] [--out FOLDER]  run the course on any folder of articles
  test [OPTIONS OF PYTEST]                      run all tests, notebooks included
  lab [OPTIONS OF JUPYTERLAB]                   open the notebooks in JupyterLab
  refresh [--check]                             rewrite, or only compare, the notebooks' outputs"""


def main(arguments):
    """Set up if need be, then become the command that was asked for."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(USAGE)
        return
    command = arguments[0] if arguments else ""
    if command not in COMMANDS:
        said = "no command" if not arguments else "unknown command %r" % command
        stop("%s; use one of: %s (--help says more)." % (said, ", ".join(sorted(COMMANDS))), 2)
    require_python(sys.version_info)
    venv = os.path.abspath(os.environ.get("CORPUSKIT_VENV") or os.path.join(ROOT, ".venv"))
    set_up(venv)
    become([python_of(venv)] + COMMANDS[command](arguments[1:]), venv)


def run_words(rest):
    """Return the words of `run`: this course, and reports/ unless another place is named."""
    return course_words("run", rest, {"--notebooks": NOTEBOOKS, "--out": REPORTS})


def refresh_words(rest):
    """Return the words of `refresh`: this course."""
    return course_words("refresh", rest, {"--notebooks": NOTEBOOKS})


def course_words(command, rest, places):
    """Return the words of a command of the package, with our places where none are given."""
    given = {word.split("=")[0] for word in rest}
    words = ["-m", "corpuskit", command] + list(rest)
    for option in sorted(places):
        words += [] if option in given else ["%s=%s" % (option, places[option])]
    return words


def test_words(rest):
    """Return the words of `test`: all of it on several cores, or what was named, plainly."""
    os.chdir(ROOT)
    everything = ["-n", "logical", "--maxprocesses", "4", "--dist", "loadscope"]
    return ["-m", "pytest"] + (list(rest) or everything)


def lab_words(rest):
    """Return the words of `lab`: JupyterLab on this machine alone, asking nobody for news."""
    os.chdir(NOTEBOOKS)
    words = [
        "-m",
        "jupyterlab",
        "--ServerApp.root_dir=" + ROOT,
        "--FileContentsManager.preferred_dir=" + NOTEBOOKS,
        "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
        "--ServerApp.ip=127.0.0.1",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--allow-root")
    return words + list(rest)


COMMANDS = {"run": run_words, "test": test_words, "lab": lab_words, "refresh": refresh_words}


def require_python(version):
    """Stop with one line if this Python is too old."""
    if tuple(version[:2]) < OLDEST:
        stop(
            "this is Python %d.%d, and 3.11 or newer is needed. Install a newer Python and "
            "repeat the command with it, for instance: python3.11 kit.py test" % tuple(version[:2])
        )


def set_up(venv):
    """Make `venv` anew with the pinned packages, unless that was done and finished before."""
    stamp = os.path.join(venv, STAMP)
    want = recipe(venv)
    if read(stamp) == want and os.path.exists(python_of(venv)):
        return
    check_place(venv)
    again = is_ours(venv)
    say("%s, about two minutes ..." % ("installing again" if again else "first run: installing"))
    started = time.time()
    claim(venv)
    make_venv(venv)
    install(venv)
    silence_news(venv)
    write(stamp, want)
    say("installed in %d s" % (time.time() - started))


def recipe(venv):
    """Return a digest of all that the environment depends on: pins, Python, places."""
    digest = hashlib.sha256()
    for name in RECIPE:
        with open(os.path.join(ROOT, name), "rb") as source:
            digest.update(source.read().replace(b"\r\n", b"\n"))
    for word in (sys.version, ROOT, venv):
        digest.update(word.encode("utf-8", "backslashreplace") + b"\0")
    return digest.hexdigest()


def check_place(venv):
    """Stop if the environment cannot or must not be made at `venv`."""
    try:
        taken = bool(os.listdir(venv))
    except OSError:
        taken = os.path.lexists(venv)
    if taken and not is_ours(venv):
        stop(
            "%s was not made by kit.py, so it was left alone. Move it away, or name another "
            "folder in the environment variable CORPUSKIT_VENV." % venv
        )
    try:
        import ensurepip  # noqa: F401
        import venv as _  # noqa: F401
    except ImportError:
        stop(
            "this Python cannot make virtual environments. On Debian or Ubuntu install them with "
            "`sudo apt-get install -y python3-venv`, then repeat the command."
        )


def is_ours(venv):
    """Tell whether kit.py made this environment: its mark or its stamp is there."""
    return any(os.path.isfile(os.path.join(venv, name)) for name in (MARK, STAMP))


def claim(venv):
    """Mark the folder as our own before anything else is in it."""
    try:
        os.makedirs(venv, exist_ok=True)
        write(os.path.join(venv, MARK), "kit.py made this folder and may empty it.\n")
    except OSError as error:
        stop("the virtual environment %s could not be made: %s" % (venv, error.strerror))


def make_venv(venv):
    """Make an empty environment; what an earlier set-up left there goes, but for the mark."""
    try:
        for name in sorted(set(os.listdir(venv)) - {MARK}):
            path = os.path.join(venv, name)
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            else:
                os.unlink(path)
    except OSError as error:
        stop("%s could not be removed: %s" % (error.filename, error.strerror))
    done = quietly([sys.executable, "-m", "venv", venv], venv)
    if done:
        stop("the virtual environment %s could not be made: %s" % (venv, done))


def install(venv):
    """Install the package and what it needs into `venv`, exactly as pinned."""
    words = "-m pip install --quiet --disable-pip-version-check --no-input -c constraints.txt -e"
    done = quietly([python_of(venv)] + words.split() + [".[test]"], venv)
    if done:
        stop(
            "the packages could not be installed; is this machine on the network? The next call "
            "tries again. pip said: %s" % done
        )


def silence_news(venv):
    """Switch off JupyterLab's question about news and its search for updates."""
    folder = os.path.join(venv, "etc", "jupyter", "labconfig")
    os.makedirs(folder, exist_ok=True)
    plugin = "@jupyterlab/apputils-extension:announcements"
    write(
        os.path.join(folder, "page_config.json"), json.dumps({"disabledExtensions": {plugin: True}})
    )


def quietly(words, venv):
    """Run `words` in this folder; return "" if that went well, else its complaint in one line."""
    child = subprocess.Popen(
        words,
        cwd=ROOT,
        env=environment(venv),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = child.communicate()[0].decode("utf-8", "replace").splitlines()
    if child.returncode == 0:
        return ""
    lines = [line.strip() for line in said if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR:", "Error:"))]
    return (errors or lines[-1:] or ["nothing, status %d" % child.returncode])[0]


def environment(venv):
    """Return the variables for our own Python: no other installation may mix in."""
    kept = {name: value for name, value in os.environ.items() if name not in STRANGE}
    folder = os.path.dirname(python_of(venv))
    if os.name == "posix" and locale.getencoding().lower() != "utf-8":
        kept["LC_ALL"] = "C.UTF-8"  # else Python 3.11 cannot start in a folder named "é"
    kept.update(VIRTUAL_ENV=venv, PATH=os.pathsep.join([folder, kept.get("PATH", os.defpath)]))
    return kept


BINARY = {"nt": ("Scripts", "python.exe"), "posix": ("bin", "python")}
STRANGE = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")


def become(words, venv):
    """Hand over to `words`: its exit status is ours, and so are the signals."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(words[0], words, environment(venv))
    child = subprocess.Popen(words, env=environment(venv))
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            continue  # the child got it too and ends in its own way


def python_of(venv):
    """Return the path of the Python in `venv`."""
    return os.path.join(venv, *(BINARY["nt"] if os.name == "nt" else BINARY["posix"]))


def read(path):
    """Return the text of a small file, "" if there is none."""
    try:
        with open(path) as source:
            return source.read()
    except OSError:
        return ""


def write(path, text):
    """Write a small file."""
    with open(path, "w") as out:
        out.write(text)


def say(line):
    """Print one line of progress at once."""
    sys.stderr.write("corpuskit: " + line + "\n")
    sys.stderr.flush()


def stop(line, status=1):
    """Print one line and leave with `status`."""
    say(line)
    sys.exit(status)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        stop("stopped; the next call goes on from here.", 130)
