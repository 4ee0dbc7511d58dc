"""The look of every page: layout, components, tokens, icons, navigation.

No word of the programme stands in the Python of this part: it knows lists, forms, dates, charts
and bridges, and would serve another programme as it serves this one.
"""
