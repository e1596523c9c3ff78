"""What a public call was given: of another type than it takes, it is told in a line what to pass instead.

`check_call` stands around a function, and `check_class` around each public method of a class. Which type an
argument has to be of is told by its name, here and nowhere else.
"""

from __future__ import annotations

import functools
import inspect
import io
import os
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from .catalogue import say
from .errors import UsageError
from .languages import either, spoken
from .printable import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["check_call", "check_class", "check_constructor", "number_fields"]

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=type)

_SHOWN = 40


def _text(value: object) -> bool:
    return isinstance(value, str)


def _choice(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _rate(value: object) -> bool:
    return _number(value) or isinstance(value, str)


def _file(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, os.PathLike) and isinstance(os.fspath(value), str))


def _files(value: object) -> bool:
    """Whether it is a list of files; a generator's are not looked at, for they can be had once."""
    if isinstance(value, (bytes, bytearray, Mapping, io.IOBase)) or not isinstance(value, Iterable):
        return False
    return not isinstance(value, (list, tuple, set, frozenset)) or all(map(_file, value))


def _source(value: object) -> bool:
    return _file(value) or _files(value)


def _token(value: object) -> bool:
    return isinstance(value, str) or hasattr(value, "reveal")


def _draft(value: object) -> bool:
    return hasattr(value, "data") and hasattr(value, "layout")


def _draft_or_data(value: object) -> bool:
    return isinstance(value, Mapping) or _draft(value)


def _settings(value: object) -> bool:
    return hasattr(value, "attempts")


def _export(value: object) -> bool:
    return hasattr(value, "video")


_KINDS: dict[str, tuple[Callable[[object], bool], tuple[str, ...]]] = {
    "text": (_text, ("instruction", "text", "session_id", "task_id", "render_id", "run_id", "session", "name",
                     "skill", "skill_version", "language", "url", "base_url", "key", "format", "quality",
                     "resolution", "codec")),
    "choice": (_choice, ("words",)),
    "file": (_file, ("path", "video", "film")),
    "folder": (_file, ("data", "folder", "config_dir")),
    "files": (_files, ("paths", "urls")),
    "source": (_source, ("sources",)),
    "number": (_number, ("seconds", "crf")),
    "rate": (_rate, ("fps",)),
    "token": (_token, ("token",)),
    "draft": (_draft, ("draft",)),
    "settings": (_settings, ("settings",)),
    "export": (_export, ("exported run",)),
    "draft or data": (_draft_or_data, ("submit_render draft", "render draft")),
}  # fmt: skip
_BY_NAME = {name: (kind, fits) for kind, (fits, names) in _KINDS.items() for name in names}
"""What an argument of a name has to be, or of a name in a call; None, too, where it may be left out."""
_CUT, _CUT_ZH = "cut the pauses", "剪掉停顿"
_EXAMPLES = {
    "edit": f's.edit("{_CUT}")',
    "start": f's.start("{_CUT}")',
    "answer": "s.answer(1)",
    "upload": 's.upload("clip.mp4")',
    "export": 's.export("short.mp4")',
    "play": 's.play("short.mp4")',
    "frame": 's.frame("1:20.3")',
    "explain": 's.explain("short.mp4")',
    "connect": "nemo.connect(local=True)",
    "attach": 'nemo.attach("edit-a1b2c")',
    "forget": 'nemo.forget("edit-a1b2c")',
    "delete_session": 'nemo.delete_session("solar")',
    "sample": 'nemo.sample("interview")',
}
"""How the calls are made that people make most."""


def check_call(call: Callable[P, R], title: str = "") -> Callable[P, R]:
    """The function, which raises UsageError where it is given what it does not take."""
    title = title or call.__name__
    look = functools.cache(lambda: inspect.signature(call))

    @functools.wraps(call)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        signature = look()
        try:
            given = signature.bind(*args, **kwargs).arguments
        except TypeError:
            raise _unbound(title, signature, args, kwargs) from None
        for name, value in given.items():
            parameter = signature.parameters[name]
            if parameter.kind is parameter.VAR_KEYWORD:
                for option, chosen in value.items():
                    if chosen is not None:  # as much as left out
                        _check(title, option, chosen)
            elif parameter.kind is parameter.VAR_POSITIONAL:
                for one in value:
                    _check(title, name, one)
            elif value is not parameter.default:
                _check(title, name, value)
        return call(*args, **kwargs)

    return checked


def check_class(made: C) -> C:
    """The class, whose public methods raise UsageError where they are given what they do not take."""
    for name, value in list(vars(made).items()):
        if inspect.isfunction(value) and not name.startswith("_"):
            setattr(made, name, check_call(value))
    return made


def check_constructor(made: C) -> C:
    """The class, whose constructor raises UsageError where it is given what it does not take."""
    name = "__init__"
    setattr(made, name, check_call(getattr(made, name), made.__name__))
    return made


def _check(call: str, name: str, value: object) -> None:
    found = _BY_NAME.get(f"{call} {name}") or _BY_NAME.get(name)
    if found is not None and not found[1](value):
        raise wrong_type(call, name, value, found[0])


def number_fields(call: str, fields: Mapping[str, object]) -> None:
    """Check that all fields are numbers, or tuples of numbers.

    Raises:
        UsageError: one is not.
    """
    for name, value in fields.items():
        if not all(map(_number, value if isinstance(value, tuple) else (value,))):
            raise wrong_type(call, name, value, "number")


def wrong_type(call: str, name: str, value: object, kind: str) -> UsageError:
    """The error that an argument of a call is not of a kind, a key of the words."""
    shown = type(value).__name__ if kind == "token" else one_line(repr(value), _SHOWN)
    what = say(f"call.is {kind}")
    return UsageError(
        say("call.wrong type", call=call, name=name, what=what, value=shown), hint=_example(call)
    )


def _unbound(
    call: str, signature: inspect.Signature, args: tuple[object, ...], kwargs: Mapping[str, object]
) -> UsageError:
    """Why a call's arguments don't fit its parameters."""
    known = [p for p in signature.parameters.values() if p.name != "self"]
    names = [p.name for p in known]
    takes = say("call.takes", names=say("names.comma").join(names)) if names else say("call.takes none")
    hint = _example(call) or takes
    if unknown := [name for name in kwargs if name not in names]:
        unknown_names = say("names.comma").join(f"`{name}`" for name in unknown)
        return UsageError(say("call.unknown", call=call, names=unknown_names), hint=takes)
    variable = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    needed = [p.name for p in known if p.default is p.empty and p.kind not in variable]
    places = [p for p in known if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    given = len(args) - ("self" in signature.parameters)
    if given > len(places):
        return UsageError(say("call.too many", call=call, given=given - len(places)), hint=takes)
    missing = [name for i, name in enumerate(needed) if i >= given and name not in kwargs] or needed
    missing_names = say("names.comma").join(f"`{name}`" for name in missing)
    return UsageError(say("call.missing", call=call, names=missing_names), hint=hint)


def _example(call: str) -> str:
    example = _EXAMPLES.get(call.removeprefix("start_"), "")
    return (
        say("call.such", example=either(spoken(), example, example.replace(_CUT, _CUT_ZH))) if example else ""
    )
