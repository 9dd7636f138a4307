"""The one error this library raises for input that it cannot use."""


class BaodingError(Exception):
    """Says where, what was found, what was wanted and what to do.

    `findings` holds one entry per problem where several were found at once.
    """

    def __init__(self, message, findings=()):
        super().__init__(message)
        self.findings = list(findings)
