/* Pieces of recordings that the server does not have yet, in the browser's own database, by session and clip: a reload,
 * a crash or a lost connection loses nothing. Where the database is closed (private windows), nothing is kept. */

export const NAME = 'interviewrelay:voice';
const DAY = 24 * 3600 * 1000; // an interview closes after a day

let database;
function open() {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('clips', { keyPath: 'clip' });
      request.result.createObjectStore('pieces', { keyPath: ['clip', 'piece'] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
  return database;
}
/** What `work` asks of the two stores, once it is stored; null where there is no database. */
async function run(mode, work) {
  try {
    const found = await open();
    return await new Promise((resolve, reject) => {
      const change = found.transaction(['clips', 'pieces'], mode);
      const request = work(change.objectStore('clips'), change.objectStore('pieces'));
      change.oncomplete = () => resolve(request?.result ?? null);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } catch { return null; }
}
const allOf = (clip) => IDBKeyRange.bound([clip, 0], [clip, Infinity]);

/** A clip: {clip, session, number, pieces, type}; `pieces` counts those recorded, stored here or not. */
export const keepClip = (clip) => run('readwrite', (clips) => clips.put({ ...clip, at: Date.now() }));
/** Bytes, not a blob: some browsers lose blobs with the page that made them. */
export async function keepPiece(clip, piece, blob) {
  const bytes = await blob.arrayBuffer();
  return run('readwrite', (_, pieces) => pieces.put({ clip, piece, bytes }));
}
export const dropPiece = (clip, piece) => run('readwrite', (_, pieces) => pieces.delete([clip, piece]));
export const dropClip = (clip) => run('readwrite', (clips, pieces) => { clips.delete(clip); return pieces.delete(allOf(clip)); });

/** Clips of a session that were never answered for, oldest first, each with the pieces still here, by number. */
export async function findClips(session) {
  const clips = await run('readonly', (all) => all.getAll()) ?? [];
  for (const old of clips.filter((one) => Date.now() - one.at > DAY)) await dropClip(old.clip);
  const ours = clips.filter((one) => one.session === session && Date.now() - one.at <= DAY);
  for (const one of ours) {
    const pieces = await run('readonly', (_, all) => all.getAll(allOf(one.clip))) ?? [];
    one.left = new Map(pieces.map(({ piece, bytes }) => [piece, new Blob([bytes], { type: one.type })]));
  }
  return ours.sort((a, b) => a.at - b.at);
}
