import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { verifyWebhook, WebhookVerificationError } from "../dist/esm/index.js";
import { receive } from "../examples/fetch-handler.mjs";
import { connect, until } from "./scene.mjs";
import { findPort } from "./server.mjs";

const HOST = "127.0.0.2"; // the only one that the server may call
const client = connect();

const received = [];
let url, id, secret, body, headers;

const receiver = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  received.push({ body: Buffer.concat(parts), headers: request.headers });
  response.writeHead(204).end();
});

const SCHEMES = ["standard", "timestamped", "body"];
const ANOTHER = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

describe("webhooks", () => {
  // Here, so that the delivery is new when the tests run.
  before(async () => {
    await new Promise((resolve) => receiver.listen(0, HOST, resolve));
    url = `http://${HOST}:${receiver.address().port}/`;
    ({ id, secret } = await client.webhooks.create({ url, events: ["credits.depleted"] }));
    await client.webhooks.test(id);
    ({ body, headers } = await until(() => received[0]));
  });
  after(() => receiver.close());

  for (const scheme of SCHEMES) {
    test(`a delivery of a real server: ${scheme}`, async () => {
      const event = await verifyWebhook(body, headers, secret, { scheme });
      assert.equal(event.type, "webhook.ping");
      assert.equal(event.data.webhook_id, id);
      const text = body.toString();
      for (const given of [text, new Uint8Array(body), new Uint8Array(body).buffer]) {
        assert.deepEqual(await verifyWebhook(given, headers, secret, { scheme }), event);
      }
      for (const given of [
        new Headers(headers),
        Object.entries(headers),
        new Map(Object.entries(headers)),
      ]) {
        assert.deepEqual(await verifyWebhook(body, given, secret, { scheme }), event);
      }
      assert.deepEqual(
        await verifyWebhook(body, headers, [ANOTHER, secret], { scheme }),
        event,
      );
    });

    test(`a changed delivery is refused: ${scheme}`, async () => {
      const refuse = (b, h, s, message = /signature is wrong/) =>
        assert.rejects(verifyWebhook(b, h, s, { scheme }), (error) => {
          assert.ok(error instanceof WebhookVerificationError, String(error));
          assert.match(error.message, message);
          return true;
        });
      const name = {
        standard: "webhook-signature",
        timestamped: "x-interviewrelay-signature",
        body: "x-webhook-signature",
      }[scheme];
      await refuse(body.toString().replace("ping", "pong"), headers, secret);
      await refuse(`${body} `, headers, secret);
      await refuse(body, headers, ANOTHER);
      await refuse(body, headers, []);
      await refuse(body, {}, secret, /header .* is missing/);
      await refuse(body, { ...headers, [name]: undefined }, secret, /header .* is missing/);
      for (const wrong of [
        "x",
        "v1,",
        "v1,!!",
        "v2,AAAA",
        "0".repeat(64),
        "v1a,AAAA",
        headers[name].slice(0, -2),
      ]) {
        await refuse(body, { ...headers, [name]: wrong }, secret);
      }
      for (const part of ["webhook-id", "webhook-timestamp", "x-interviewrelay-timestamp"]) {
        if (part.startsWith("x-") === (scheme === "timestamped") && scheme !== "body") {
          const changed = part === "webhook-id" ? "evt_1" : String(Number(headers[part]) + 1);
          await refuse(body, { ...headers, [part]: changed }, secret);
        }
      }
    });
  }

  test("an old or future delivery is refused, except without a timestamp", async () => {
    for (const scheme of ["standard", "timestamped"]) {
      for (const seconds of [-400, 400]) {
        const now = Number(headers["x-interviewrelay-timestamp"]) + seconds * 1000;
        await assert.rejects(verifyWebhook(body, headers, secret, { scheme, now }), /too old/);
        await verifyWebhook(body, headers, secret, { scheme, now, tolerance: 600 });
      }
    }
    await verifyWebhook(body, headers, secret, { scheme: "body", now: 0 });
    const broken = { ...headers, "webhook-timestamp": "now" };
    await assert.rejects(verifyWebhook(body, broken, secret), /too old/);
  });

  test("during a rotation both secrets verify", async () => {
    const count = received.length;
    const rotated = await client.webhooks.rotateSecret(id);
    await client.webhooks.test(id);
    const next = await until(() => received[count]);
    await verifyWebhook(next.body, next.headers, secret);
    await verifyWebhook(next.body, next.headers, rotated.secret);
    assert.equal(next.headers["webhook-signature"].split(" ").length, 2);
  });

  test("a parsed body is refused with advice", async () => {
    await assert.rejects(verifyWebhook(JSON.parse(body), headers, secret), /Don't parse it/);
  });

  test("a wrong secret is an error of the program, not of the request", async () => {
    await assert.rejects(verifyWebhook(body, headers, undefined), TypeError);
    await assert.rejects(verifyWebhook(body, headers, "whsec_!"), TypeError);
  });

  test("the handler for fetch requests", async () => {
    const events = [];
    const post = (sent) =>
      receive(new Request(url, { method: "POST", body: sent, headers }), secret, (event) =>
        events.push(event),
      );
    assert.equal((await post(body)).status, 204);
    assert.equal((await post("{}")).status, 400);
    assert.deepEqual(
      events.map((event) => event.type),
      ["webhook.ping"],
    );
  });

  test("the Express receiver, called by the real server", async (context) => {
    const listening = await client.webhooks.create({
      url: `http://${HOST}:1/`,
      events: ["credits.depleted"],
    });
    const program = fileURLToPath(new URL("../examples/express.mjs", import.meta.url));
    const env = { ...process.env, HOST, PORT: "0", WEBHOOK_SECRET: listening.secret };
    const port = await findPort(HOST);
    const express = spawn(process.execPath, [program], { env: { ...env, PORT: String(port) } });
    context.after(() => express.kill());
    let printed = "";
    for (const output of [express.stdout, express.stderr])
      output.on("data", (text) => (printed += text));
    await until(() => printed.includes("Listening"));
    await client.webhooks.update(listening.id, { url: `http://${HOST}:${port}/webhooks` });
    await client.webhooks.test(listening.id);
    await until(() => printed.includes("webhook.ping"));
    const delivered = await until(async () => {
      const { deliveries } = await client.webhooks.deliveries(listening.id, {
        status: "delivered",
      });
      return deliveries[0];
    });
    assert.equal(delivered.attempts.at(-1).status, 204);
    const forged = await fetch(`http://${HOST}:${port}/webhooks`, {
      method: "POST",
      body,
      headers,
    });
    assert.equal(forged.status, 400);
  });
});
