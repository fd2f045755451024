"""`deepsix`: the commands and how errors reach the person. Each command imports what it needs when it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from deepsix.errors import DeepsixError
from deepsix.hip.commands import app as hip_app

# Small matrices: a second BLAS thread costs more than it brings.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

app = typer.Typer(
    help="Work out why a hip or buttock hurts, how sure that is and why, and how soon to see someone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
knowledge_app = typer.Typer(help="Look into the knowledge base and check it.", no_args_is_help=True)
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(hip_app, name="hip")

SettingOption = Annotated[
    str,
    typer.Option("--setting", help="community (someone at home), clinic, or published (published cases)."),
]
TextOption = Annotated[str | None, typer.Option("--text", help="The story in the person's own words.")]
CaseOption = Annotated[Path | None, typer.Option("--case", help="A JSON file with age, sex, narrative and answers.")]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command()
def assess(
    text: TextOption = None,
    case: CaseOption = None,
    as_json: JsonFlag = False,
    setting: SettingOption = "community",
    age: Annotated[int | None, typer.Option(help="Age in whole years.")] = None,
    sex: Annotated[str | None, typer.Option(help="female or male.")] = None,
) -> None:
    """Find the likely causes: asks questions, or reads --text or --case."""
    from deepsix.cli import assessing

    assessing.run(text, case, as_json, checked_setting(setting), age, sex)


@app.command()
def explain(
    condition: Annotated[str | None, typer.Argument(help="A condition id; the first cause unless said.")] = None,
    text: TextOption = None,
    case: CaseOption = None,
    as_json: JsonFlag = False,
    setting: SettingOption = "community",
) -> None:
    """Say what speaks for and against a cause, with sources."""
    from deepsix.cli import assessing

    assessing.run_explain(condition, text, case, as_json, checked_setting(setting))


@app.command()
def evaluate(
    file: Annotated[Path | None, typer.Argument(help="Cases as JSON Lines; the shipped ones unless said.")] = None,
    given: Annotated[
        str, typer.Option("--from", help="What the program gets: narrative, answers or interview.")
    ] = "answers",
    setting: SettingOption = "published",
    out: Annotated[Path | None, typer.Option("--json", help="Write all figures and cases to this file.")] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help="Write the reliability plot (SVG) to this file.")] = None,
) -> None:
    """Score the program on cases whose cause is known."""
    from deepsix.cli import evaluating

    evaluating.run(file, given, checked_setting(setting), out, plot)


@knowledge_app.command("check")
def knowledge_check() -> None:
    """Check every data file and list all problems with file, line, field and fix."""
    from deepsix.cli import knowing

    knowing.check()


@knowledge_app.command("show")
def knowledge_show(
    identity: Annotated[str, typer.Argument(help="A condition, finding, statement or source.")],
) -> None:
    """Print an entry with its numbers and sources."""
    from deepsix.cli import knowing

    knowing.show(identity)


@knowledge_app.command("list")
def knowledge_list(
    what: Annotated[str, typer.Argument(help="conditions, findings, statements or sources.")] = "conditions",
) -> None:
    """List the ids of all entries of a kind with their names."""
    from deepsix.cli import knowing

    knowing.list_entries(what)


def checked_setting(setting: str) -> str:
    """Return the setting, or leave with a message when there is no such one."""
    from deepsix.case import SETTINGS

    if setting not in SETTINGS:
        fail(f"There is no setting {setting!r}. Choose one of: {', '.join(SETTINGS)}.", 2)
    return setting


def fail(message: str, code: int = 1) -> NoReturn:
    """Print a message to standard error and leave with an exit code."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def main() -> None:
    """Run the command line; an expected error is one clear message and its own exit code."""
    try:
        app()
    except DeepsixError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
