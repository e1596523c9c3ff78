"""MP4: what everything plays, its index in front."""

from .form import Form
from .h264_aac import AAC, H264

FORM = Form("mp4", {"movflags": "+faststart"}, H264, AAC)
