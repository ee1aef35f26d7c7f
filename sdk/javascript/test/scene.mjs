/** What all tests share: one server, one email server, and clients. */

import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { InterviewRelay } from "../dist/esm/index.js";
import { startMailServer } from "./mail.mjs";
import { findPort, startServer } from "./server.mjs";

/** Port of pages that may call the API. */
export const PAGE_PORT = await findPort();

const mail = await startMailServer();
export const { mails } = mail;
export const server = await startServer({
  ALLOWED_ORIGINS: `http://127.0.0.1:${PAGE_PORT}`,
  SMTP_URL: mail.url,
  WEBHOOK_ALLOWED_CIDRS: "127.0.0.2/32",
  VOICE: "off",
});
export const { base, fixtures } = server;
export const demo = fixtures.A;

after(async () => {
  mail.stop();
  await server.stop();
});

export function connect(options = {}) {
  return new InterviewRelay({ apiKey: demo.key_owner, baseUrl: base, ...options });
}

let people = 0;

/** An address that no other test uses. */
export function newEmail() {
  people += 1;
  return `sdk-${people}@example.com`;
}

/** Token of a new invite. */
export async function invite(client, email = newEmail()) {
  const made = await client.invites.create(demo.campaign_id, {
    emails: [email],
    send_email: false,
  });
  return made.invites[0].token;
}

/** The first true value of `find`, asked again until then. */
export async function until(find, seconds = 120) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) {
    const found = await find();
    if (found) return found;
  }
  throw new Error(`Not within ${seconds} seconds: ${find}`);
}
