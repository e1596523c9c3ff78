"""AAC alone, as phones and podcasts have it."""

from .form import Form
from .h264_aac import AAC

FORM = Form("ipod", {"movflags": "+faststart"}, sound=AAC)
