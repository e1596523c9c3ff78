"""Where a sentence goes before anything is sent: export, credits, status, upload, or the agent.

The words are the protocol's (§11), but a word alone decides nothing: `add a title that says "Export"` and
`balance the audio` are edits. So quoted texts and file names are put aside, the sentence is cut into
clauses, and a clause takes another route only if every word of it asks for that.
"""

from .sentence import Route, route

__all__ = ["Route", "route"]
