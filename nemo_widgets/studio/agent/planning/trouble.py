"""Why a language model gave no plan, in a sentence of each language."""

from __future__ import annotations

import re

from nemo_widgets.studio.words import Said, spaced

__all__ = ["URL", "ModelError", "cut_short", "declined", "no_plan", "too_many", "unreachable"]

URL = Said("NEMO_LLM_URL", "NEMO_LLM_URL")
_LONGEST = 300
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")


class ModelError(Exception):
    """The model gave no plan that can be carried out; one sentence in both languages."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


def cut_short(words: object, most: int = _LONGEST) -> str:
    """Someone else's words as one line that can be shown, at most so many characters."""
    text = " ".join(_UNSEEN.sub(" ", str(words)[: 4 * most]).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def unreachable(model: str, why: Said, look: Said = URL) -> ModelError:
    """The server gave no answer to read; `look` is what to set right, one variable or several."""
    en, zh = model or "the language model", model or "语言模型"
    return ModelError(
        Said(
            f"I did not understand that, and {en} can't be asked ({why.en}): see {look.en}. "
            "Nothing was changed.",
            spaced("没听懂，也无法询问", zh, f"（{why.zh}），请检查", look.zh, "。没有做任何改动。"),
        )
    )


def no_plan(model: str) -> ModelError:
    """The answer can't be read."""
    return ModelError(
        Said(
            f"{model} answered with something that is no plan. Nothing was changed.",
            spaced(model, "的回答不是可执行的方案。没有做任何改动。"),
        )
    )


def declined(model: str, words: str) -> ModelError:
    """The model answered in words, and called nothing."""
    words = cut_short(words)
    return ModelError(
        Said(
            f"{model} found no way to do that{f': “{words}”' if words else ''}. Nothing was changed.",
            spaced(model, f"也做不到{f'：“{words}”' if words else ''}。没有做任何改动。"),
        )
    )


def too_many(model: str, count: int) -> ModelError:
    """More edits than a person could check."""
    return ModelError(
        Said(
            f"{model} planned {count} edits at once, which is too many. Nothing was changed.",
            spaced(model, f"一次规划了 {count} 个操作，太多了。没有做任何改动。"),
        )
    )
