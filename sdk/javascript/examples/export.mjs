// Saves the transcripts and PDFs of all completed interviews of a campaign.
//
//   export INTERVIEWRELAY_API_KEY=ir_live_… INTERVIEWRELAY_BASE_URL=https://…
//   node export.mjs CAMPAIGN_ID FOLDER

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InterviewRelay } from "@ai-interview/sdk";

const [campaign_id, folder = "interviews"] = process.argv.slice(2);
const client = new InterviewRelay();
await mkdir(folder, { recursive: true });

let count = 0;
for await (const session of client.sessions.list({ campaign_id, status: "completed" })) {
  const text = await client.sessions.transcript(session.id, { format: "md" });
  const pdf = await client.sessions.pdf(session.id);
  await writeFile(join(folder, `${session.id}.md`), text);
  await writeFile(join(folder, pdf.filename), await pdf.bytes());
  count += 1;
}
console.log(`${count} interviews saved in ${folder}`);
