/** The build for browsers, in a page of another origin, in headless Chromium. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { base, connect, demo, PAGE_PORT } from "./scene.mjs";

const BROWSERS = ["chromium-headless-shell", "chromium"];
const build = await readFile(new URL("../dist/browser.js", import.meta.url));
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY = '{"id":"evt_1","type":"webhook.ping"}';
const signature = createHmac("sha256", SECRET).update(BODY).digest("hex");

/** What a page at an origin reports. `program` is the body of an async function. */
async function runInPage(port, program) {
  const page = `<!doctype html><meta charset="utf-8"><title>Test</title><script type="module">
    import * as sdk from "/browser.js";
    const main = async () => { ${program} };
    const told = await main().catch((error) => ({ error: error.name, message: error.message }));
    await fetch("/told", { method: "POST", body: JSON.stringify(told) });
  </script>`;
  let tell;
  const told = new Promise((resolve) => (tell = resolve));
  const server = createServer(async (request, response) => {
    if (request.url === "/told") {
      let text = "";
      for await (const part of request) text += part;
      tell(JSON.parse(text));
      return response.end();
    }
    const isBuild = request.url === "/browser.js";
    response.setHeader("Content-Type", isBuild ? "text/javascript" : "text/html");
    response.end(isBuild ? build : page);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const profile = await mkdtemp(join(tmpdir(), "sdk-browser-"));
  const browser = await startBrowser(profile, `http://127.0.0.1:${server.address().port}/`);
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  try {
    const late = new Promise((_, reject) =>
      setTimeout(() => reject(new Error("The page told nothing.")), 60_000).unref(),
    );
    return await Promise.race([told, late]);
  } finally {
    process.kill(-browser.pid, "SIGKILL"); // the browser is a child of a script
    await ended;
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startBrowser(profile, url) {
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${profile}`];
  for (const name of BROWSERS) {
    const browser = spawn(name, [...flags, "--remote-debugging-port=0", url], {
      detached: true,
      stdio: "ignore",
    });
    const started = await new Promise((resolve) => {
      browser.once("spawn", () => resolve(true));
      browser.once("error", () => resolve(false));
    });
    if (started) return browser;
  }
  throw new Error("Chromium is needed: apt-get install chromium-headless-shell");
}

const OPTIONS = JSON.stringify({ apiKey: demo.key_owner, baseUrl: base, retries: 0 });
const CONNECT = `const client = new sdk.InterviewRelay(${OPTIONS});`;

test("a page of an allowed origin uses the API", async () => {
  const told = await runInPage(
    PAGE_PORT,
    `${CONNECT}
    const project = await client.projects.create({ name: "From a browser" });
    const again = await client.projects.get(project.id);
    const emails = [];
    for await (const one of client.sessions.list({ limit: 5 })) emails.push(one.participant_email);
    const pdf = await client.sessions.pdf(${JSON.stringify(demo.session_id)});
    const { size } = await pdf.blob();
    const failure = await client.projects.create({}).catch((error) => error);
    const body = ${JSON.stringify(BODY)};
    const secret = ${JSON.stringify(SECRET)};
    const headers = { "X-Webhook-Signature": ${JSON.stringify(signature)} };
    const event = await sdk.verifyWebhook(body, headers, secret, { scheme: "body" });
    return {
      name: again.name, sessions: emails.length, filename: pdf.filename, size, event,
      code: failure.code, field: failure.details.field, remaining: client.rateLimit.remaining,
      requestId: sdk.responseInfo(project).requestId,
    };`,
  );
  assert.equal(told.name, "From a browser", JSON.stringify(told));
  assert.equal(told.sessions, (await connect().sessions.list().all()).length);
  assert.equal(told.filename, `transcript-${demo.session_id}.pdf`);
  assert.ok(told.size > 1000);
  assert.deepEqual([told.code, told.field], ["INVALID_PARAMETER", "name"]);
  assert.ok(told.remaining > 0);
  assert.match(told.requestId, /^[\w-]+$/);
  assert.equal(told.event.type, "webhook.ping");
});

test("a page of another origin gets an error that says so", async () => {
  const told = await runInPage(0, `${CONNECT} return client.projects.list();`);
  assert.equal(told.error, "ConnectionError");
});
