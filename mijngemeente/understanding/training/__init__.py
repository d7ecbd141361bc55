"""Learning from texts, by `make train`. scikit-learn is imported here and nowhere else."""
