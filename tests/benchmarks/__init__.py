"""What things cost, always beside a baseline measured in the same run: `make bench`."""
