"""What is done with accounts: made, signed in and out, tokens and feeds."""
