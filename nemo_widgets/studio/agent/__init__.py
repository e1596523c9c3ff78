"""The studio's agent: instructions in English or Chinese, read by a grammar, carried out as typed edits.

What it does not understand it says, and changes nothing.
"""

from __future__ import annotations

from nemo_widgets.studio.timeline.media_item import MediaItem

from .agent import Agent, AgentSettings
from .composing import Asked, Plan, Refusal
from .dialogue.understanding import understand
from .plan import warm_up
from .replies import capabilities
from .world import Done, Heartbeat, Step, Text, ToolCall, ToolResult, World

__all__ = [
    "Agent",
    "AgentSettings",
    "Asked",
    "Done",
    "Heartbeat",
    "MediaItem",
    "Plan",
    "Refusal",
    "Step",
    "Text",
    "ToolCall",
    "ToolResult",
    "World",
    "capabilities",
    "understand",
    "warm_up",
]
