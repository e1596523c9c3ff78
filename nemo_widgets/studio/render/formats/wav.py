"""WAV of 16 bits; RF64 where it is longer than WAV can say."""

from .form import Form, SoundEncoder

FORM = Form("wav", {"rf64": "auto"}, sound=SoundEncoder("pcm_s16le", ("pcm",), {}))
