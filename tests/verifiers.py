"""Both older samples of how to verify a webhook, in Node, as they are documented."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence

SAMPLES = """
const crypto = require('crypto');
const told = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(told.map(([body, secret, headers]) => {
  const mac = text => crypto.createHmac('sha256', secret).update(text).digest('hex');
  const again = JSON.stringify(JSON.parse(body));
  const stamp = headers['X-InterviewRelay-Timestamp'];
  return [
    mac(again) === headers['X-Webhook-Signature'],
    mac(`${stamp}.${again}`) === headers['X-InterviewRelay-Signature'],
  ];
})));
"""
"""They read the body as JSON and write it again before they sign it."""


def in_node(posts: Sequence[tuple[bytes, str, Mapping[str, str]]]) -> list[list[bool]]:
    """Of each body with its secret and headers, what the two samples say."""
    node = shutil.which("node")
    assert node, "Node is needed: apt-get install nodejs"
    told = json.dumps([(body.decode(), secret, dict(h)) for body, secret, h in posts])
    done = subprocess.run(
        [node, "-e", SAMPLES],
        input=told,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return list(json.loads(done.stdout))
