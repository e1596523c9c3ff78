"""Which kinds of edit a message may wish for: a ranking by its words, for a question, never for an edit."""

from .guessing import Guess, guess_of

__all__ = ["Guess", "guess_of"]
