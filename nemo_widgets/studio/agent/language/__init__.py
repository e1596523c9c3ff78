"""How people say what is to be done: a message, piece by piece, to the edits that it asks for."""
