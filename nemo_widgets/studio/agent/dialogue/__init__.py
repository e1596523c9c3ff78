"""What a message means in its conversation: questions, corrections, what was meant before, slips, choices."""
