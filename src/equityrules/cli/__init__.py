"""The command line. Each command is a module of its own, imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from equityrules.version import VERSION

_COMMANDS = {
    "assess": ("assess", "Apply frameworks to evidence: grades, reasons and gaps."),
    "explain": ("explain", "Explain one criterion: what was seen, what is asked for, and why."),
    "gaps": ("gaps", "What to do next, most effect first, over all frameworks."),
    "compare": ("compare", "Say what moved between evidence, assessments or editions."),
    "plan": ("plan", "Check an action plan, or draft one from gaps."),
    "check": ("check", "Check evidence files without assessing them."),
    "template": ("template", "Write an evidence file to fill in."),
    "frameworks": ("catalogue", "List the frameworks."),
    "show": ("catalogue", "Show a framework, or one of its criteria, with its sources."),
    "plugins": ("catalogue", "List the plugins, what they replace, and their faults."),
    "lint": ("authoring", "Check a folder of frameworks and its editions.lock."),
    "test": ("authoring", "Run the cases that stand beside a framework's criteria."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and short help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a user's work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command and return the command."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"equityrules.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, or fail naming the nearest one."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from equityrules.model.problems import nearest  # noqa: PLC0415 - only for a mistyped command

            ctx.fail(f"there is no command '{args[0]}'{nearest(args[0], _COMMANDS)}; see `equityrules --help`")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever a command returns
        """Run the command; Ctrl-C exits as shells expect of a program that it stopped."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            raise click.exceptions.Exit(130) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from what is known without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    epilog="Works offline and sends nothing anywhere. Exit codes: 0 done, 1 below --fail-under, 2 usage, "
    "3 invalid evidence or framework, 4 plugin fault under --strict-plugins, 130 interrupted.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(VERSION, prog_name="equityrules")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Apply published equality frameworks to an organisation's evidence.

    Start with `equityrules template eds -o evidence.toml`, fill it in, and run
    `equityrules assess evidence.toml`.
    """
    if ctx.invoked_subcommand and not ctx.resilient_parsing:
        from equityrules.cli.settings import apply_settings  # noqa: PLC0415 - not for --help

        apply_settings(ctx)
