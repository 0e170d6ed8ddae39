"""What is done with plans and claims: made, adjusted, applied, told; one verb a file."""
