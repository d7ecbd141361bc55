"""What a session decides: how a code reads, what an answer says, and how it goes into the plot."""
