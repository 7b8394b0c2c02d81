"""The options of one run as options of a command."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, cast

import typer

from cs_pipeline.config import Declared, declared
from cs_pipeline.records import Record

AnyCommand = TypeVar("AnyCommand", bound=Callable[..., None])


def takes_options_of(kind: type[Record]) -> Callable[[AnyCommand], AnyCommand]:
    """A decorator: the command has one option for each field of `kind`, instead of `**given`.

    An option that was not given is None: the installation's own value holds. Limits are told in the
    help and checked by `RunOptions`, which refuses a wrong value in the reader's language.
    """

    def decorate(command: AnyCommand) -> AnyCommand:
        signature = inspect.signature(command)
        own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        added = [_parameter(field, kind) for field in declared(kind)]
        cast(Any, command).__signature__ = signature.replace(parameters=own + added)
        return command

    return decorate


def _parameter(field: Declared, kind: type[Record]) -> inspect.Parameter:
    words, allowed = str(field.described), str(field.allowed)
    option = typer.Option(help=f"{words} ({allowed})" if allowed else words)
    given: Any = kind.model_fields[field.name].annotation
    return inspect.Parameter(
        field.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[given | None, option],
    )
