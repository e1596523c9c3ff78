"""The algebra of a timeline: clips on the frame grid, stretches, references, and operations on its tracks.

Edits, the placement of uploads and the export share it. It says nothing but why something can't be done.
"""
