"""What privacy shows: to an administrator, and to a manager at the desk."""
