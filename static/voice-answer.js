/* From clips to an answer: each is heard by the server, and their words together are sent. */

/** Deliver the `parts` (clips, in the order they were spoken) of the answer `number`. `typed` are words from the answer
 * field that go before them, `ids` the recordings behind those. With `check` nothing is sent yet; with `later` the words of
 * a single clip are not awaited. Returns {kind: 'sent', reply}, {kind: 'check', text, ids, doubtful}, {kind: 'waiting'}
 * (nobody can transcribe it now) or {kind: 'nothing'} (there is no word in it). Throws Refused. */
export async function deliver(server, parts, number, { check = false, typed = '', ids = [], later = false } = {}) {
  if (parts.length === 1 && !check && !typed) {
    const reply = await parts[0].finish({ send: true, ...(later && { later }) });
    if (reply.code === 202) return { kind: 'waiting' };
    return reply.saved ? { kind: 'sent', reply } : { kind: 'nothing' };
  }
  const heard = [];
  for (const part of parts) {
    const one = await part.finish({ send: false });
    if (one.code === 202) return { kind: 'waiting' };
    heard.push(one);
  }
  const words = join(typed, heard, ids);
  if (!words.text) return { kind: 'nothing' };
  if (check) return { kind: 'check', ...words };
  const [, reply] = await server.insist('POST', '/turns', { number, text: words.text, recording_ids: words.ids });
  return { kind: 'sent', reply: { ...reply, saved: { ...reply.saved, doubtful: words.doubtful } } };
}

/** {text, ids, doubtful}: what was typed, then what was spoken, with the ranges of doubtful words moved along. */
export function join(typed, heard, earlier = []) {
  let text = typed.trim();
  const [ids, doubtful] = [[...earlier], []];
  for (const one of heard.filter((part) => part.text)) {
    if (text) text += ' ';
    doubtful.push(...(one.doubtful ?? []).map(([from, to]) => [from + text.length, to + text.length]));
    ids.push(one.recording_id);
    text += one.text;
  }
  return { text, ids, doubtful };
}
