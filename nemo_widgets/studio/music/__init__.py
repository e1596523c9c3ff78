"""Music made by the package itself, in four moods, for any length, with an ending.

`BEDS` says what there is and `beats` where its beats fall, without numpy; `playing.play` makes the sound.
"""

from .beds import BEDS, NOMINAL_DBFS, Bed, beats, final_beat

__all__ = ["BEDS", "NOMINAL_DBFS", "Bed", "beats", "final_beat"]
