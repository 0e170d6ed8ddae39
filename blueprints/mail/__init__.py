"""Mail: what waits in the outbox, written in its recipient's language and sent. It has no pages."""
