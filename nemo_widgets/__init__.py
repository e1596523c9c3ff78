"""Edit video by talking to it, in a Jupyter notebook."""
