"""Plans by a language model, for who has one: its calls are the grammar's own edits, checked like these."""
