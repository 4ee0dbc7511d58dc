"""Tables that come in: organisations, workplaces, contacts, sister cities, people and seats."""

from kakehashi.directory.imports import offices, people, records

__all__ = ["offices", "people", "records"]
