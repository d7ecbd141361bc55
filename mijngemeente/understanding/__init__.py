"""What a message says: which municipality, about what, how urgent, in which language. Everything runs here.

`rules` decides and explains; what it decides with (places, trained weights) is handed to it.
"""
