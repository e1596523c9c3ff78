"""`%nemo` and `%%nemo`: words become calls on the session."""

from .awaiting import asking, awaiting
from .completion import completer
from .magic import NemoMagics
from .placing import placed
from .swallowed import Swallowed
from .watching import watch

__all__ = ["load", "unload"]

_swallowed: list[Swallowed] = []


def load(shell: object) -> None:
    """Register the magics; called again (`%reload_ext`), it replaces what it registered before."""
    unload(shell)
    shell.register_magics(NemoMagics)  # type: ignore[attr-defined]  # IPython's shell
    shell.input_transformers_cleanup.extend([watch, placed, asking])  # type: ignore[attr-defined]
    shell.input_transformers_post.append(awaiting(shell))  # type: ignore[attr-defined]
    shell.Completer.custom_matchers.append(completer(shell))  # type: ignore[attr-defined]
    _swallowed.append(Swallowed(shell))
    _swallowed[-1].register()


def unload(shell: object) -> None:
    """Take the magics away again; the session and what is under way stay."""
    before, after = shell.input_transformers_cleanup, shell.input_transformers_post  # type: ignore[attr-defined]
    for hooks in (before, after, shell.Completer.custom_matchers):  # type: ignore[attr-defined]
        hooks[:] = [
            hook for hook in hooks if getattr(hook, "__module__", "").partition(".")[0] != "nemo_widgets"
        ]
    while _swallowed:
        _swallowed.pop().unregister()
    manager = shell.magics_manager  # type: ignore[attr-defined]
    mine = manager.registry.pop("NemoMagics", None)
    kept = shell.configurables  # type: ignore[attr-defined]  # every magics instance lands here, for %config
    kept[:] = [one for one in kept if one is not mine]
    for kind in manager.magics.values():
        kind.pop("nemo", None)
