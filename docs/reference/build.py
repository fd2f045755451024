"""Writes the generated pages of this folder: `python docs/reference/build.py`. A test checks that they are current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from deepsix.cli.app import app
from deepsix.knowledge import Knowledge, load_knowledge

HERE = Path(__file__).parent
_MADE = "<!-- Made by docs/reference/build.py; do not edit. -->\n"


def commands_page() -> str:
    """Return the page of all commands with their options."""
    lines = [_MADE, "# Commands\n"]

    def add(command: Any, name: str) -> None:
        if hasattr(command, "commands"):
            for child_name, child in command.commands.items():
                add(child, f"{name} {child_name}")
            return
        lines.append(f"## `{name}`\n\n{(command.help or '').strip()}\n")
        for parameter in command.params:
            if parameter.name == "help":
                continue
            is_option = parameter.param_type_name == "option"
            label = ", ".join(parameter.opts) if is_option else (parameter.name or "").upper()
            lines.append(f"- `{label}`: {getattr(parameter, 'help', '') or ''}".rstrip())
        lines.append("")

    add(typer.main.get_command(app), "deepsix")
    return "\n".join(lines)


def _head(*titles: str) -> tuple[str, str]:
    return f"| {' | '.join(titles)} |", f"| {' | '.join('---' for _ in titles)} |"


def conditions_page(knowledge: Knowledge) -> str:
    """Return the table of all conditions."""
    lines = [_MADE, "# Conditions\n", *_head("id", "clinical name", "family", "least safe advice", "community prior")]
    for c in knowledge.conditions.values():
        lines.append(f"| `{c.id}` | {c.clinical_name} | {c.family} | {c.urgency.id} | {c.prior.community.value:g} |")
    return "\n".join(lines) + "\n"


def findings_page(knowledge: Knowledge) -> str:
    """Return the table of all findings."""
    lines = [_MADE, "# Findings\n", *_head("id", "meaning", "kind", "sign of danger", "background")]
    for f in knowledge.findings.values():
        danger = f.danger.id if f.danger is not None else ""
        lines.append(f"| `{f.id}` | {f.name} | {f.kind} | {danger} | {f.background.value:g} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return every generated page by file name."""
    knowledge = load_knowledge()
    return {
        "commands.md": commands_page(),
        "conditions.md": conditions_page(knowledge),
        "findings.md": findings_page(knowledge),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
