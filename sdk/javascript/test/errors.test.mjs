import assert from "node:assert/strict";
import { test } from "node:test";

import * as sdk from "../dist/esm/index.js";
import { base, connect, demo, fixtures } from "./scene.mjs";

const client = connect();
const EMPTY = "00000000-0000-7000-8000-000000000000";

test("errors of a real server have a class, a code, details and a request id", async () => {
  const cases = [
    [() => client.projects.create({ name: "" }), sdk.InvalidRequestError, "INVALID_PARAMETER"],
    [
      () => connect({ apiKey: demo.key_revoked }).projects.list(),
      sdk.AuthenticationError,
      "UNAUTHENTICATED",
    ],
    [
      () => connect({ apiKey: demo.key_viewer }).projects.create({ name: "A" }),
      sdk.PermissionDeniedError,
      "FORBIDDEN",
    ],
    [() => client.sessions.get(EMPTY), sdk.NotFoundError, "NOT_FOUND"],
    [() => client.projects.delete(demo.project_id), sdk.ConflictError, "CONFLICT"],
    [
      () => client.interview.start(demo.invite_token_expired, { consent: true }),
      sdk.GoneError,
      "INVITE_EXPIRED",
    ],
    [
      () => client.interview.start(fixtures.POOR.invite_token, { consent: true }),
      sdk.PaymentRequiredError,
      "INSUFFICIENT_CREDITS",
    ],
    [
      () =>
        client.campaigns.create({
          name: "A",
          project_id: demo.project_id,
          script_id: demo.script_draft_id,
        }),
      sdk.InvalidRequestError,
      "SCRIPT_NOT_PUBLISHED",
    ],
  ];
  for (const [call, kind, code] of cases) {
    const error = await call().then(
      () => assert.fail(code),
      (caught) => caught,
    );
    assert.ok(error instanceof kind, `${code}: ${error}`);
    assert.ok(error instanceof sdk.InterviewRelayError && error instanceof Error);
    assert.ok(error.is(code), `${code}: ${error.code}`);
    assert.equal(error.name, kind.name);
    assert.match(error.requestId, /^[\w-]+$/);
    assert.ok(error.message.length > 10);
  }
});

test("details name the field", async () => {
  const error = await client.projects.create({}).catch((caught) => caught);
  assert.equal(error.message, "The 'name' field is required");
  assert.deepEqual(error.details, { field: "name", expected: "string" });
});

test("the same key with another body", async () => {
  const idempotencyKey = `reused-${Date.now()}`;
  const project = await client.projects.create({ name: "One" }, { idempotencyKey });
  const again = await client.projects.create({ name: "One" }, { idempotencyKey });
  assert.equal(again.id, project.id);
  assert.equal(sdk.responseInfo(again).replayed, true);
  const other = client.projects.create({ name: "Two" }, { idempotencyKey });
  await assert.rejects(other, { code: "IDEMPOTENCY_KEY_REUSED", status: 422 });
});

test("a version that is still current", async () => {
  const project = await client.projects.get(demo.project_id);
  const { etag } = sdk.responseInfo(project);
  const again = client.projects.get(demo.project_id, { ifNoneMatch: etag });
  await assert.rejects(again, sdk.NotModifiedError);
});

test("no server", async () => {
  const nobody = connect({ baseUrl: "http://127.0.0.1:9", retries: 0 });
  await assert.rejects(nobody.projects.list(), (error) => {
    assert.ok(error instanceof sdk.ConnectionError);
    assert.match(error.message, /http:\/\/127\.0\.0\.1:9\/api\/projects/);
    return true;
  });
});

test("an error page of a proxy", async () => {
  const page = () => Promise.resolve(new Response("<h1>Bad Gateway</h1>", { status: 502 }));
  const error = await connect({ fetch: page, retries: 0 })
    .projects.list()
    .catch((caught) => caught);
  assert.ok(error instanceof sdk.ServerError);
  assert.equal(error.code, "HTTP_502");
});

test("wrong options and arguments say what is needed", async () => {
  assert.throws(() => new sdk.InterviewRelay({ apiKey: "k" }), /baseUrl: "https/);
  assert.throws(() => connect({ baseUrl: "example.com" }), /must start with https/);
  const keyless = new sdk.InterviewRelay({ baseUrl: base });
  await assert.rejects(keyless.projects.list().then(), /An API key is needed/);
  assert.equal((await keyless.interview.open(demo.invite_token)).status, "pending");
  await assert.rejects(connect({ apiKey: "a\nb" }).projects.get("1"), /apiKey contains/);
  for (const id of [undefined, null, "", ".", "..", 1.5]) {
    await assert.rejects(client.projects.get(id), /project_id must be a non-empty string/);
  }
});

test("an id cannot leave its place in the path", async () => {
  const urls = [];
  const note = (url) => (urls.push(url), Promise.resolve(Response.json({})));
  await connect({ fetch: note }).projects.get("a/../b?c#d");
  assert.equal(urls[0], `${base}/api/projects/a%2F..%2Fb%3Fc%23d`);
});

test("the key is sent to the API only, never to participants' pages", async () => {
  const seen = [];
  const note = (_, { headers }) => (
    seen.push(headers.get("authorization")),
    Promise.resolve(Response.json({}))
  );
  const noting = connect({ fetch: note });
  await noting.projects.get("1");
  await noting.interview.open("inv_1");
  assert.deepEqual(seen, [`Bearer ${demo.key_owner}`, null]);
});

test("a page instead of JSON, once", async () => {
  let count = 0;
  const page = () => ((count += 1), Promise.resolve(new Response("<h1>Hello</h1>")));
  const call = connect({ fetch: page }).projects.get("1");
  await assert.rejects(call, /something other than JSON/);
  assert.equal(count, 1);
});

test("an error in a hook is the caller's", async () => {
  const onResponse = () => {
    throw new RangeError("mine");
  };
  await assert.rejects(connect({ onResponse }).projects.get(demo.project_id), RangeError);
});
