"""The line of a zone: who waits there, who is next and why, and what may become of whoever waits."""
