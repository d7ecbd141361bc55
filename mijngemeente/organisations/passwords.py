"""What a password must be."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LengthValidator(MinimumLengthValidator):
    """Django asks for a translation of this sentence under another name than its Dutch one has."""

    def get_error_message(self) -> str:
        """What to mend, in Dutch."""
        return f"Dit wachtwoord is te kort. Kies er een van minstens {self.min_length} tekens."
