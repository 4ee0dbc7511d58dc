"""The house rules no linter knows: one function each, and each names its own remedy.

`python` and `reads` judge syntax trees, `templates` pages and letters, `anything` every text.
"""
