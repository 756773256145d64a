"""The only exception of our world: a person asked for something that cannot be done now.

Everything else that is raised is a bug and becomes a page with a reference number.
"""


class Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """A refusal with the sentence the person needs.

    `message` is an English message id (extracted for translation, `%(name)s` for values); `field`
    names the form field it belongs to; `values` fill the sentence when it is shown: dates, instants
    and numbers are written in the reader's own way there, so pass them as they are.
    """

    def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values
