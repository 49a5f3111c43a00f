"""``python -m lean …`` is ``python -m rasa …`` that starts in a third of the time and the memory.

Most of Rasa's start is the import of libraries that it needs for other pipelines and channels:
TensorFlow and Keras alone take two thirds. Our pipeline uses none of them (components/), so they are
imported hollow: modules whose every attribute is an empty class, enough for the class statements
and annotations that Rasa runs at import. ``python -m rasa`` still works and gives the same answers.

``run`` first checks what Rasa would not say clearly: a missing model (it would take any other), or a
variable that endpoints.yml and credentials.yml need.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
import types
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

# For pipelines that we do not have.
LEARNING = frozenset({"tensorflow", "keras", "sklearn_crfsuite", "pycrfsuite", "matplotlib"})
# For channels that we do not offer.
CHANNELS = frozenset(
    {"aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "socketio"}
    | {"twilio", "webexteamssdk"}
)
# For stores that we do not use, and for typing at a terminal.
OTHERS = frozenset({"boto3", "botocore", "pymongo", "prompt_toolkit", "questionary"})
# Fits the intent model; serving does without (components/ngrams.py).
TRAINING = frozenset({"sklearn"})
NEEDED = ("ACTION_URL", "TRACKER_DB", "SUQIU_RASA_TOKEN")
# Rasa phones nobody, and libraries keep their advice to themselves.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
}


class _Empty(type):
    """The type of every attribute of a hollow module. A decorator gives back what it decorates."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _empty(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        return _empty(cls.__name__)

    def __getitem__(cls, _item: Any) -> Any:
        return cls

    def __iter__(cls) -> Iterator[Any]:
        return iter(())

    def __or__(cls, _other: Any) -> Any:
        return cls

    __ror__ = __or__


def _empty(name: str) -> Any:
    """A class of this name; one that can be caught where the name is that of an error."""
    if name.endswith(("Error", "Exception", "Failure")):
        return type(name, (Exception,), {})
    return _Empty(name, (), {})


class _Hollow(types.ModuleType):
    __path__: ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _empty(name)
        setattr(self, name, value)
        return value


class HollowImports(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the packages of ``names`` and everything below them."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in self._names:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Hollow(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing in it."""


def install(serving: bool) -> None:
    """Make the imports hollow, before anything of Rasa is imported."""
    names = LEARNING | CHANNELS | OTHERS | (TRAINING if serving else frozenset())
    sys.meta_path.insert(0, HollowImports(names))


def refusal(arguments: Sequence[str]) -> str | None:
    """Why ``run`` cannot work with these arguments and this environment, in one sentence."""
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        return f"{', '.join(missing)} must be set (see bot/README.md)."
    for flag in ("--model", "-m"):
        if flag in arguments[:-1]:
            model = Path(arguments[arguments.index(flag) + 1])
            return None if model.is_file() else f"There is no model at {model}; train one first."
    return "--model must name the model file."


def main() -> None:
    arguments = sys.argv[1:]
    serving = arguments[:1] == ["run"]
    if serving:
        reason = refusal(arguments)
        if reason:
            sys.exit(reason)
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    install(serving)
    import sanic.app  # noqa: F401 - it asks for deprecation warnings when it is imported

    warnings.simplefilter("ignore", DeprecationWarning)
    from rasa.__main__ import main as rasa_main

    rasa_main()


if __name__ == "__main__":
    main()
