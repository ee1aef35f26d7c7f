/** Checked by `npm run check`, never run. */

import {
  type Campaign,
  type Download,
  type ErrorCode,
  ApiError,
  InterviewRelay,
  type Transcript,
  verifyWebhook,
} from "../src/index.js";

declare const client: InterviewRelay;

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

export async function check(): Promise<void> {
  const campaign = await client.campaigns.create({
    name: "A",
    script_id: "1",
    project_id: "2",
  });
  same<typeof campaign, Campaign>(true);
  // @ts-expect-error script_id is missing
  await client.campaigns.create({ name: "A", project_id: "2" });
  // @ts-expect-error not a status
  client.campaigns.list({ status: "open" });
  // @ts-expect-error the id is missing
  await client.campaigns.get();

  const json = await client.sessions.transcript("1");
  same<typeof json, Transcript>(true);
  const text = await client.sessions.transcript("1", { format: "srt" });
  same<typeof text, string>(true);
  const pdf = await client.sessions.pdf("1", { range: { start: 0 } });
  same<typeof pdf, Download>(true);
  const deleted = await client.projects.delete("1");
  same<typeof deleted, void>(true);

  const page = await client.sessions.list();
  same<(typeof page)["sessions"], (typeof page)["data"]>(true);
  for await (const session of client.sessions.list()) {
    same<typeof session, (typeof page)["data"][number]>(true);
    const status: "completed" | "in_progress" | "abandoned" | "failed" = session.status;
    void status;
  }
  const next = await page.nextPage();
  same<typeof next, typeof page | null>(true);

  const event = await verifyWebhook("", new Headers(), "whsec_");
  if (event.type === "session.completed") {
    const minutes: number | null = event.data.duration_minutes;
    void minutes;
  }
  // @ts-expect-error no such event
  if (event.type === "session.opened") void event;

  try {
    await client.docs.openapi();
  } catch (error) {
    if (error instanceof ApiError && error.is("RATE_LIMITED")) {
      const code: ErrorCode = error.code;
      void code;
      // @ts-expect-error no such code
      error.is("TOO_MUCH");
    }
  }
}
