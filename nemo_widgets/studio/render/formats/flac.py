"""FLAC: the sound as it is, in half of the room that a WAV takes."""

from .form import Form, SoundEncoder

FORM = Form("flac", sound=SoundEncoder("flac", ("flac",), {}))
