"""Who sits at which counter in a week, for whoever coordinates the services."""
