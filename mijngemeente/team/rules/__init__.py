"""What an online team has and lacks, from plain data: no database, clock or network."""
