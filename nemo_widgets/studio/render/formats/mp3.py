"""MP3."""

from .form import Form, SoundEncoder

FORM = Form("mp3", sound=SoundEncoder("libmp3lame", ("mp3",)))
