"""What is done with bookings: made, changed, answered, attended, ended; one verb a file."""
