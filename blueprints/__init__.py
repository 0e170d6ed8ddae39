"""What people and programs see: pages, forms, feeds, the API and the commands. Rules live in models/."""
