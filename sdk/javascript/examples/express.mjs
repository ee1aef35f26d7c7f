// Receives webhooks with Express.
//
//   npm install express ai-interview-sdk-1.0.0.tgz   (README.md says how to build it)
//   WEBHOOK_SECRET=whsec_… node express.mjs

import { verifyWebhook } from "@ai-interview/sdk";
import express from "express";

const app = express();
const seen = new Set(); // use a table with a unique column in production

// `express.raw` keeps the bytes as they were signed. Don't use `express.json` here.
app.post("/webhooks", express.raw({ type: "application/json" }), async (request, response) => {
  let event;
  try {
    event = await verifyWebhook(request.body, request.headers, process.env.WEBHOOK_SECRET);
  } catch (error) {
    console.error(error.message);
    return response.sendStatus(400);
  }
  // Respond within 15 seconds, and do the work afterwards.
  response.sendStatus(204);
  if (!seen.has(event.id)) {
    seen.add(event.id);
    handle(event);
  }
});

function handle(event) {
  if (event.type === "session.completed") {
    console.log(`Interview ${event.data.id} took ${event.data.duration_minutes} minutes`);
  } else {
    console.log(event.type);
  }
}

const port = Number(process.env.PORT ?? 3000);
app.listen(port, process.env.HOST ?? "127.0.0.1", () =>
  console.log(`Listening at port ${port}`),
);
