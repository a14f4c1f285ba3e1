"""Published models as they were published, one a file."""
