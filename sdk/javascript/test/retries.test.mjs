import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ApiError,
  ConflictError,
  ConnectionError,
  InterviewRelay,
  RateLimitError,
  responseInfo,
  ServerError,
  TimeoutError,
} from "../dist/esm/index.js";
import { startProxy } from "./proxy.mjs";
import { base, connect, demo, fixtures } from "./scene.mjs";

/** `fetch` that sends a clock which stands still, until it is moved, as the server's clock. */
function withClock(clock) {
  return (url, init) => {
    const headers = new Headers(init.headers);
    headers.set("X-Test-Now", `${new Date(clock.now).toISOString().slice(0, 19)}Z`);
    return fetch(url, { ...init, headers });
  };
}

/** A client whose responses are given, each a status or a function, and the requests it sent. */
function script(...responses) {
  const sent = [];
  const answer = async (url, init) => {
    sent.push({ url, headers: Object.fromEntries(init.headers) });
    const next = responses[sent.length - 1] ?? { status: 200 };
    if (typeof next === "function") return next(url, init);
    return new Response(JSON.stringify(next.body ?? { id: "1" }), {
      status: next.status,
      headers: { "content-type": "application/json", ...next.headers },
    });
  };
  const client = new InterviewRelay({
    apiKey: "ir_test_1",
    baseUrl: "http://x.test",
    fetch: answer,
  });
  return { client, sent };
}

/** Waits of clients without a timeout: each is noted, and over at once. */
function noteWaits(context) {
  const waits = [];
  const { setTimeout } = globalThis;
  context.mock.method(globalThis, "setTimeout", (act, milliseconds) => {
    waits.push(milliseconds);
    return setTimeout(act, 0);
  });
  return waits;
}

test("429 on a real server: the call waits, then succeeds", async () => {
  const clock = { now: Date.parse("2031-01-01T10:30:00Z"), onRefusal: 0 };
  const statuses = [];
  const client = connect({
    apiKey: fixtures.FREE.key_owner,
    fetch: withClock(clock),
    onResponse: ({ status }) => {
      statuses.push(status);
      if (status === 429) clock.now += clock.onRefusal;
    },
  });
  for (let call = 0; call < 100; call++) await client.projects.list();
  assert.deepEqual([client.rateLimit.limit, client.rateLimit.remaining], [100, 0]);
  const refused = await client.projects.list().catch((error) => error);
  assert.ok(refused instanceof RateLimitError);
  assert.ok(refused.is("RATE_LIMITED"));
  assert.ok(refused.retryAfter > 60, "the SDK does not wait for most of an hour");
  clock.now += (refused.retryAfter - 1) * 1000;
  clock.onRefusal = 1000;
  statuses.length = 0;
  const { projects } = await client.projects.list();
  assert.ok(Array.isArray(projects));
  assert.deepEqual(statuses, [429, 200]);
  assert.equal(client.rateLimit.remaining, 99);
  assert.ok(client.rateLimit.reset > new Date());
});

test("a connection cut after the change: the same key gives the same object", async () => {
  const proxy = await startProxy(base, ["response"]);
  const client = connect({ baseUrl: proxy.base });
  const name = `Cut ${Date.now()}`;
  const project = await client.projects.create({ name });
  assert.equal(project.name, name);
  assert.deepEqual([responseInfo(project).attempts, responseInfo(project).replayed], [2, true]);
  assert.equal(
    (await client.projects.list().all()).filter((one) => one.name === name).length,
    1,
  );
  await proxy.stop();
});

test("a connection cut before the server gets the request", async () => {
  const proxy = await startProxy(base, ["request", "request"]);
  const client = connect({ baseUrl: proxy.base });
  const project = await client.projects.create({ name: "Cut early" });
  assert.deepEqual(
    [responseInfo(project).attempts, responseInfo(project).replayed],
    [3, false],
  );
  await proxy.stop();
});

test("a change without an idempotency key is not sent again after a cut", async () => {
  const proxy = await startProxy(base, ["response"]);
  const client = connect({ baseUrl: proxy.base });
  await assert.rejects(client.interview.pause(demo.invite_token), ConnectionError);
  assert.equal(proxy.seen.connections, 1);
  await proxy.stop();
});

test("a cut download is an error", async () => {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(10)),
    pull: (controller) => controller.error(new TypeError("terminated")),
  });
  const { client } = script(() => new Response(body, { headers: { "content-length": "99" } }));
  const pdf = await client.sessions.pdf("1");
  await assert.rejects(pdf.bytes(), ConnectionError);
});

test("retries keep the idempotency key; each call has its own", async () => {
  const { client, sent } = script({ status: 503 }, { status: 500 });
  await client.projects.create({ name: "A" });
  await client.projects.create({ name: "A" });
  await client.projects.create({ name: "A" }, { idempotencyKey: "mine" });
  const keys = sent.map(({ headers }) => headers["idempotency-key"]);
  assert.match(keys[0], /^[0-9a-f]{32}$/);
  assert.deepEqual([keys[1], keys[2]], [keys[0], keys[0]]);
  assert.notEqual(keys[3], keys[0]);
  assert.equal(keys[4], "mine");
});

test("a call waits as long as it is told, and a little more", async (context) => {
  const waits = noteWaits(context);
  const { client } = script({ status: 429, headers: { "retry-after": "30" } });
  await client.projects.get("1", { timeout: Infinity });
  assert.equal(waits.length, 1);
  assert.ok(waits[0] >= 30_000 && waits[0] <= 30_500, `${waits}`);
});

test("waits grow, and vary", async (context) => {
  const waits = noteWaits(context);
  const { client } = script({ status: 502 }, { status: 502 }, { status: 502 });
  await client.projects.get("1", { timeout: Infinity });
  assert.equal(waits.length, 3);
  const bounds = [
    [250, 500],
    [500, 1000],
    [1000, 2000],
  ];
  waits.forEach((wait, index) => {
    assert.ok(wait >= bounds[index][0] && wait <= bounds[index][1], `${waits}`);
  });
});

test("the number of retries", async () => {
  const failing = Array(9).fill({ status: 503, headers: { "retry-after": "0" } });
  const { client, sent } = script(...failing);
  await assert.rejects(client.projects.get("1"), ServerError);
  assert.equal(sent.length, 4);
  await assert.rejects(client.projects.get("1", { retries: 0 }), ServerError);
  assert.equal(sent.length, 5);
});

test("what the caller must correct is not sent again", async () => {
  for (const status of [400, 401, 402, 403, 404, 409, 410, 413, 422]) {
    const { client, sent } = script({ status });
    await assert.rejects(client.projects.get("1"), ApiError);
    assert.equal(sent.length, 1, String(status));
  }
});

test("a change that is still running is asked for again", async () => {
  const error = { code: "REQUEST_IN_PROGRESS", message: "Still running.", details: {} };
  const { client, sent } = script({ status: 409, body: { error } });
  await client.projects.create({ name: "A" });
  assert.equal(sent.length, 2);
  const conflict = script({ status: 409, body: { error: { ...error, code: "CONFLICT" } } });
  await assert.rejects(conflict.client.projects.create({ name: "A" }), ConflictError);
});

test("a participant's answer is sent again only if the server refused it", async () => {
  const refused = script({ status: 503, headers: { "retry-after": "0" } });
  await refused.client.interview.answer("inv_1", { number: 2, text: "Yes" });
  assert.equal(refused.sent.length, 2);
  const failed = script({ status: 500 });
  await assert.rejects(
    failed.client.interview.answer("inv_1", { number: 2, text: "Yes" }),
    ServerError,
  );
  assert.equal(failed.sent.length, 1);
});

test("a timeout, and a timeout of each attempt", async () => {
  const hang = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const { client, sent } = script(hang, hang);
  await assert.rejects(client.projects.get("1", { timeout: 30, retries: 1 }), TimeoutError);
  assert.equal(sent.length, 2);
  const second = script(hang);
  assert.deepEqual(await second.client.projects.get("1", { timeout: 50 }), { id: "1" });
});

test("a signal cancels a request and a wait, with its reason", async () => {
  const hang = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  for (const [first, ms] of [
    [hang, 20],
    [{ status: 503, headers: { "retry-after": "30" } }, 20],
  ]) {
    const { client, sent } = script(first);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("closed")), ms);
    await assert.rejects(
      client.projects.get("1", { signal: controller.signal }),
      /^Error: closed/,
    );
    assert.equal(sent.length, 1);
  }
  const { client, sent } = script();
  await assert.rejects(client.projects.get("1", { signal: AbortSignal.abort() }), {
    name: "AbortError",
  });
  assert.equal(sent.length, 0);
});

test("a redirect is an error that names the address", async () => {
  const { client, sent } = script({ status: 308, headers: { location: "https://x.test/" } });
  await assert.rejects(client.projects.get("1"), /redirects to https:\/\/x\.test\//);
  assert.equal(sent.length, 1);
});
