"""Writing the A4: in a browser without an account, and together in an organisation."""
