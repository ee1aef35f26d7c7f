import assert from "node:assert/strict";
import { test } from "node:test";

import { connect, demo } from "./scene.mjs";

const COUNT = 260;
const attempts = [];
const client = connect({ onResponse: (attempt) => attempts.push(attempt) });
const emails = Array.from({ length: COUNT }, (_, index) => `page-${index}@paging.example`);
const query = { email_domain: "paging.example" };
const { script_id, project_id } = demo;
const campaign = await client.campaigns.create({ name: "Paging", script_id, project_id });
await client.invites.create(campaign.id, { emails, send_email: false });

test("iterating gives all items of all pages, once, in pages of 100", async () => {
  attempts.length = 0;
  const found = [];
  for await (const one of client.invites.list(campaign.id, query)) found.push(one.email);
  assert.equal(found.length, COUNT);
  assert.deepEqual(new Set(found), new Set(emails));
  assert.equal(attempts.length, 3);
});

test("awaiting gives one page, as documented", async () => {
  const page = await client.invites.list(campaign.id, { ...query, limit: 7 });
  assert.deepEqual(Object.keys(page), [
    "invites",
    "total",
    "limit",
    "offset",
    "data",
    "pagination",
  ]);
  assert.deepEqual([page.invites.length, page.total, page.limit], [7, COUNT, 7]);
  const next = await page.nextPage();
  assert.notEqual(next.data[0].id, page.data[0].id);
  assert.equal(next.data.length, 7);
});

test("the last page has no next one", async () => {
  const page = await client.invites.list(campaign.id, { ...query, limit: 100, offset: 200 });
  assert.equal(page.data.length, 60);
  assert.equal(await page.nextPage(), null);
});

test("pages, and the first items", async () => {
  const sizes = [];
  for await (const page of client.invites.list(campaign.id, { ...query, limit: 90 }).pages()) {
    sizes.push(page.data.length);
  }
  assert.deepEqual(sizes, [90, 90, 80]);
  attempts.length = 0;
  const first = await client.invites.list(campaign.id, { ...query, limit: 50 }).all(60);
  assert.equal(first.length, 60);
  assert.equal(attempts.length, 2);
});

test("iterating from an offset goes on from there", async () => {
  const list = client.invites.list(campaign.id, { ...query, limit: 25, offset: 200 });
  assert.equal((await list.all()).length, 60);
});

test("nothing is sent before a list is used", async () => {
  attempts.length = 0;
  client.invites.list(campaign.id);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(attempts.length, 0);
});

test("events go on after the last one, oldest first", async () => {
  const all = await client.events.list({ limit: 100 }).all(250);
  assert.equal(all.length, 250);
  assert.equal(new Set(all.map((event) => event.id)).size, 250);
  const [next] = (await client.events.list({ after: all[99].id, limit: 1 })).events;
  assert.equal(next.id, all[100].id);
});

test("an error in a list rejects the promise and the iteration", async () => {
  const list = connect({ apiKey: "ir_live_wrong" }).sessions.list();
  await assert.rejects(list.then(), { code: "UNAUTHENTICATED" });
  await assert.rejects(list.all(), { code: "UNAUTHENTICATED" });
  const caught = await list.catch((error) => error.status);
  assert.equal(caught, 401);
});
