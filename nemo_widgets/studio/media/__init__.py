"""Media files as they are: what is in them, a picture at any moment, the sound from any sample on.

Knows nothing of drafts. Rendering, the server and the analyses stand on it.
"""

from .errors import MediaError
from .info import MAX_BYTES, MediaInfo, probe
from .poster import poster
from .text import read_text, text_readings

__all__ = ["MAX_BYTES", "MediaError", "MediaInfo", "poster", "probe", "read_text", "text_readings"]
