"""The reference pages, drawn from the code: one file for each page.

Whoever imports this needs the parts as they run, so Django is set up first.
"""

import django

django.setup()
