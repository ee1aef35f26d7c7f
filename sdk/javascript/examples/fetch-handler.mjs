// Receives webhooks where requests are `Request` objects: Cloudflare Workers, Deno, Bun, Next.js.

import { verifyWebhook } from "@ai-interview/sdk";

/** Handler of a POST request. `secret` is the webhook's secret, `handle` gets each event. */
export async function receive(request, secret, handle) {
  try {
    const event = await verifyWebhook(await request.arrayBuffer(), request.headers, secret);
    await handle(event);
    return new Response(null, { status: 204 });
  } catch (error) {
    return new Response(error.message, { status: 400 });
  }
}
