"""Plain values to RFC 5545 and back. The only importer of icalendar."""
