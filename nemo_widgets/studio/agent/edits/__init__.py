"""The edits: each a small frozen class that makes a draft of a draft."""
