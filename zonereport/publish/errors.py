"""The one error of publishing."""


class PublishError(Exception):
    """A report cannot be published as it stands; the message is one line that names the culprit."""
