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
PainOption = Annotated[int | None, typer.Option(min=0, max=10, help="0 (none) to 10 (the worst there is).")]


@app.command()
def assess(
    text: TextOption = None,
    case: CaseOption = None,
    as_json: JsonFlag = False,
    setting: SettingOption = "community",
    age: Annotated[int | None, typer.Option(help="Age in whole years.")] = None,
    sex: Annotated[str | None, typer.Option(help="female or male.")] = None,
    save: Annotated[bool, typer.Option("--save", help="Keep the result here and print its number.")] = False,
    training: Annotated[bool, typer.Option("--training", help="Count the training log you imported.")] = False,
) -> None:
    """Find the likely causes: asks questions, or reads --text or --case."""
    from deepsix.cli import assessing

    assessing.run(text, case, as_json, checked_setting(setting), age, sex, save=save, training=training)


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this computer; 0 takes any free one.")] = 8766,
    browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
) -> None:
    """Open the pages in the browser. They are served to this computer only."""
    from deepsix.cli import serving

    serving.run(port, browser)


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
def plan(
    number: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="A saved assessment; the one saved last unless said.")
    ] = None,
    text: TextOption = None,
    case: CaseOption = None,
    as_json: JsonFlag = False,
    setting: SettingOption = "community",
    age: Annotated[int | None, typer.Option(help="Age in whole years.")] = None,
    sex: Annotated[str | None, typer.Option(help="female or male.")] = None,
    kit: Annotated[str | None, typer.Option(help="What is at hand, such as ball,mat; all of it unless said.")] = None,
    stage: Annotated[str | None, typer.Option(help="Where you are by now: settle, restore, load or return.")] = None,
    day: Annotated[str | None, typer.Option(help="First day, such as 2026-03-31; today unless said.")] = None,
    answer: Annotated[list[str] | None, typer.Option(help="One more answer, such as pain_groin=no; repeat.")] = None,
    save: Annotated[bool, typer.Option("--save", help="Keep the plan, and what it is made from.")] = False,
    calendar: Annotated[Path | None, typer.Option(help="Also write the plan to this calendar file (.ics).")] = None,
    timezone: Annotated[str | None, typer.Option(help="Time zone of the calendar, such as Europe/London.")] = None,
) -> None:
    """Say what to do today, what to leave alone, and how it goes on; of a story, a file, or a saved assessment."""
    from deepsix.cli import planning

    planning.run(
        number,
        text,
        case,
        as_json,
        checked_setting(setting),
        age,
        sex,
        kit,
        stage,
        day,
        answer or [],
        save,
        calendar,
        timezone,
    )


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


@app.command()
def history(as_json: JsonFlag = False) -> None:
    """List what was saved and every change to it."""
    from deepsix.cli import recording

    recording.show_history(as_json)


@app.command()
def replay(
    number: Annotated[int, typer.Argument(metavar="ID", help="The number of a saved assessment.")],
    as_json: JsonFlag = False,
) -> None:
    """Assess a saved case again: the same result, or what a newer version changes."""
    from deepsix.cli import recording

    recording.run_replay(number, as_json)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The JSON file to write.")],
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
) -> None:
    """Write everything that was saved to one open file."""
    from deepsix.cli import recording

    recording.run_export(file, replace)


@app.command()
def erase(yes: Annotated[bool, typer.Option("--yes", help="Yes, erase everything.")] = False) -> None:
    """Erase everything that was saved, for good."""
    from deepsix.cli import recording

    recording.run_erase(yes)


@app.command()
def checkin(
    now: PainOption = None,
    worst: PainOption = None,
    morning: PainOption = None,
    during: PainOption = None,
    done: Annotated[
        str, typer.Option(help="What you did since last time, with commas: tasks by id, run:40, or your own words.")
    ] = "",
    change: Annotated[str | None, typer.Option(help="On the whole: a_little_better, same, much_worse, ...")] = None,
    goal: Annotated[list[str] | None, typer.Option(help='An activity and how it goes, as "walk the dog=4".')] = None,
    danger: Annotated[list[str] | None, typer.Option(help="The id of a danger sign that is new.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Say how you are today (asks, or takes --now and the rest), and see whether it is getting better."""
    from deepsix.cli import checking_in

    checking_in.run(now, worst, morning, during, done, change, goal or [], danger or [], as_json)


@app.command("import")
def import_training(
    files: Annotated[list[Path], typer.Argument(help="FIT, GPX, TCX or CSV files of training.")],
    as_json: JsonFlag = False,
) -> None:
    """Read training files, keep what is new, and say what stands out."""
    from deepsix.cli import recording

    recording.run_import(files, as_json)


@app.command()
def forecast(
    muscle: Annotated[
        str | None,
        typer.Option(help="A muscle or a part of one, such as gluteus-medius; or six. Piriformis unless said."),
    ] = None,
    days: Annotated[int | None, typer.Option(help="How far to look ahead, 7 to 365; 42 unless the plan says.")] = None,
    what_if: Annotated[
        list[str] | None, typer.Option("--what-if", help="A change, such as run:saturday:40; repeat for more.")
    ] = None,
    checkins: Annotated[
        Path | None,
        typer.Option("--checkins", help="Check-ins to learn from, JSON or CSV; the saved ones unless said."),
    ] = None,
    pain: Annotated[float | None, typer.Option(help="Worst pain today, 0-10, when there are no check-ins.")] = None,
    problem: Annotated[
        str | None,
        typer.Option(help="overload, strain-grade-0 to strain-grade-3, or tendinopathy. Overload unless said."),
    ] = None,
    plan: Annotated[
        str | None, typer.Option(help="What you do: quiet, walker, gentle or runner. Quiet unless said.")
    ] = None,
    habit: Annotated[
        str | None, typer.Option(help="What you did before it hurt: runner, walker or quiet. Runner unless said.")
    ] = None,
    members: Annotated[int, typer.Option(help="Simulated people, 100 to 20000.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same forecast.")] = 0,
    as_json: JsonFlag = False,
) -> None:
    """Say when it is likely to be better: by your saved plan, or for a muscle and a problem you name."""
    from datetime import date

    from deepsix.cli import forecasting

    named = (muscle, problem, plan, habit, pain, checkins)
    asked = forecasting.Asked(days, tuple(what_if or ()), members, seed, as_json)
    if all(option is None for option in named) and forecasting.of_saved_plan(asked):
        return
    subject = forecasting.Subject(muscle or "piriformis", problem or "overload", plan or "quiet", habit or "runner")
    forecasting.run(subject, asked, pain, checkins, date.today())


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
