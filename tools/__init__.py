"""What developers run beside the product: set-up, checks, the bundle."""
