"""Uploaded script files, validated by the schema; for pages and commands."""

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.scripts import file_format
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.http.validation import validated


def read_script(body: bytes) -> ScriptDocument:
    """Script of a YAML or JSON file. Raises InvalidParameter with line and field of every problem,
    InvalidJson and PayloadTooLarge.
    """
    file = file_format.read(body)
    try:
        return validated(ScriptDocument, file.value)
    except InvalidParameter as refusal:
        raise file.placed(refusal) from None
