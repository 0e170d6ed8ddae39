"""What happens in the line of a zone, one verb a file."""
