"""The only writers: one verb a file, one transaction each."""
