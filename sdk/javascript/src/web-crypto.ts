/** Web Crypto. Node.js 18 has it only as a module, whose name is kept from bundlers. */
export async function getWebCrypto(): Promise<Crypto> {
  if (globalThis.crypto) return globalThis.crypto;
  const name = "node:crypto";
  return ((await import(name)) as { webcrypto: Crypto }).webcrypto;
}

/** A random key of 32 hexadecimal digits. `crypto.randomUUID` needs a page with https. */
export async function createKey(): Promise<string> {
  const bytes = (await getWebCrypto()).getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
