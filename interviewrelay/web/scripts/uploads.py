"""Uploaded script files, validated by the schema; for pages and commands."""

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.scripts import file_format
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.http.validation import validate


def read_script(body: bytes) -> ScriptDocument:
    """Script of a YAML or JSON file. Raises InvalidParameter with line and field of every problem,
    InvalidJson and PayloadTooLarge.
    """
    file = file_format.parse_file(body)
    try:
        return validate(ScriptDocument, file.value)
    except InvalidParameter as refusal:
        raise file.add_lines(refusal) from None
