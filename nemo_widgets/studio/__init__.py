"""The embedded studio: the NemoVideo protocol served from this machine, with a real editor behind it.

`launch.launch()` starts it in a thread of this process, `python -m nemo_widgets.studio serve` by itself.
Docstrings cite the protocol by its sections (§4), which are those of `docs/protocol.md`.
Nothing is imported here: the studio's parts need the extra `studio`, and load when they are used.
"""
