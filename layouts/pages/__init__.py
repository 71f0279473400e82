"""The pages: one ``create_*_page`` function each."""
