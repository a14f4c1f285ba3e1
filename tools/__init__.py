"""What builds, checks and measures the product. Nothing here is shipped."""
