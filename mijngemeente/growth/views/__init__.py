"""Growth: in a browser without an account, and kept in an organisation."""
