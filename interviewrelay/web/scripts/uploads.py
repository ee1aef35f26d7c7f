"""A script's file, checked against the form of a script: for the page and for the commands."""

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.scripts import file_format
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.http.validation import validated


def read_script(body: bytes) -> ScriptDocument:
    """The script of a file, YAML or JSON. Raises InvalidParameter with line and field of all that is
    wrong, InvalidJson and PayloadTooLarge.
    """
    file = file_format.read(body)
    try:
        return validated(ScriptDocument, file.value)
    except InvalidParameter as refusal:
        raise file.placed(refusal) from None
