"""Who sits at which counter, and who is away: what coordinators write down."""
