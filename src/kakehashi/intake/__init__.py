"""One programme year: positions, waves, the invitation plan by country, deadlines, documents, pay.

Whatever changes from year to year is a row here, with its source and the days it holds.
"""
