/** Every method on a real server, as a study goes; the last test checks that none was left out. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ConflictError, Download, NotFoundError, OPERATIONS } from "../dist/esm/index.js";
import { connect, demo, fixtures, invite, mails, newEmail, until } from "./scene.mjs";

const called = new Set();
const client = watch(connect());

/** A client that notes which of its methods succeeded. */
function watch(watched) {
  const note = (resource) => ({
    get:
      (methods, name) =>
      (...given) => {
        const result = methods[name](...given);
        result.then(
          () => called.add(`${resource}.${String(name)}`),
          () => {},
        );
        return result;
      },
  });
  return Object.fromEntries(
    Object.keys(OPERATIONS).map((resource) => [
      resource,
      new Proxy(watched[resource], note(resource)),
    ]),
  );
}

test("projects", async () => {
  const project = await client.projects.create({
    name: "Onboarding",
    description: "New customers",
  });
  assert.equal(project.name, "Onboarding");
  assert.equal((await client.projects.get(project.id)).description, "New customers");
  assert.equal((await client.projects.update(project.id, { name: "Welcome" })).name, "Welcome");
  const { projects, total } = await client.projects.list();
  assert.equal(projects.length, total);
  assert.ok(projects.some((one) => one.id === project.id));
  assert.equal(await client.projects.delete(project.id), undefined);
  await assert.rejects(client.projects.get(project.id), NotFoundError);
});

test("scripts", async () => {
  const script = await client.scripts.create({
    name: "First days",
    questions: [{ id: "q1", text: "How did your first days go?" }],
  });
  assert.equal(script.status, "draft");
  assert.equal(
    (await client.scripts.get(script.id)).questions[0].text,
    "How did your first days go?",
  );
  assert.equal(
    (await client.scripts.update(script.id, { name: "First week" })).name,
    "First week",
  );
  assert.equal((await client.scripts.publish(script.id)).status, "published");
  const { scripts: light } = await client.scripts.summaries({ status: "published" });
  assert.ok(light.some((one) => one.id === script.id));
  assert.equal((await client.scripts.versions(script.id)).versions[0].version, 1);
  assert.equal((await client.scripts.version(script.id, 1)).name, "First week");
  assert.equal((await client.scripts.restore(script.id, 1)).name, "First week");
  const { turns } = await client.scripts.preview(script.id, { answers: ["They went well."] });
  assert.equal(turns[0].speaker, "ai");
  assert.ok((await client.scripts.preview(script.id)).turns.length > 0);
  assert.ok((await client.scripts.list({ status: "published" })).scripts.length > 0);
  const draft = await client.scripts.create({ name: "Draft", questions: [{ text: "Why?" }] });
  await client.scripts.delete(draft.id);
});

test("campaigns", async () => {
  const { script_id, project_id } = demo;
  const campaign = await client.campaigns.create({
    name: "Q4 Feedback",
    script_id,
    project_id,
  });
  assert.equal(campaign.status, "active");
  assert.equal((await client.campaigns.get(campaign.id)).stats.invites_sent, 0);
  assert.equal(
    (await client.campaigns.update(campaign.id, { status: "paused" })).status,
    "paused",
  );
  const draft = await client.campaigns.duplicate(campaign.id);
  assert.equal(draft.status, "draft");
  const listed = await client.campaigns.addRecipients(draft.id, {
    participants: [{ email: "ada@example.com", name: "Ada" }],
  });
  assert.deepEqual([listed.total, listed.added, listed.failed], [1, 1, 0]);
  const { campaigns } = await client.campaigns.list({ project_id, status: "paused" });
  assert.deepEqual(
    campaigns.map((one) => one.id),
    [campaign.id],
  );
  assert.ok((await client.campaigns.insights(demo.campaign_id)).themes);
  const json = await (await client.campaigns.transcripts(demo.campaign_id)).json();
  assert.ok(json.sessions.length > 0);
  const lines = await client.campaigns.transcripts(demo.campaign_id, { format: "jsonl" });
  assert.match(lines.contentType, /ndjson/);
  assert.equal((await lines.text()).trim().split("\n").length, json.sessions.length);
});

test("invites", async () => {
  const email = newEmail();
  const made = await client.invites.create(demo.campaign_id, {
    emails: [email, "not an address"],
  });
  assert.deepEqual([made.sent, made.failed], [1, 1]);
  const [{ token }] = made.invites;
  assert.equal((await client.invites.get(token)).email, email);
  assert.equal(
    (await client.invites.resend(token, { custom_message: "Hello again" })).token,
    token,
  );
  assert.ok((await client.invites.extend(token, { hours: 24 })).expires_at);
  const { invites } = await client.invites.list(demo.campaign_id, { q: email });
  assert.deepEqual(
    invites.map((one) => one.email),
    [email],
  );
  assert.equal((await client.invites.cancel(token)).status, "cancelled");
  assert.ok("sent" in (await client.invites.remind(demo.campaign_id)));
});

test("the do-not-email list", async () => {
  const email = newEmail();
  const { total } = await client.suppressions.list();
  await client.suppressions.add({ email });
  assert.equal((await client.suppressions.list()).total, total + 1);
  await client.suppressions.remove({ email });
  assert.equal((await client.suppressions.list()).total, total);
});

test("an interview", async () => {
  const token = await invite(client);
  assert.equal((await client.interview.open(token)).status, "pending");
  await client.interview.markOpened(token);
  const started = await client.interview.start(token, { consent: true });
  assert.equal(started.turn.speaker, "ai");
  const text = "The nurse took time for me, although the waiting room was full.";
  const reply = await client.interview.answer(token, { number: started.next_number, text });
  assert.equal(reply.saved.text, text);
  assert.equal((await client.interview.state(token)).turns.at(-1).speaker, "ai");
  assert.equal((await client.interview.review(token)).answers[0].text, text);
  const struck = { number: started.next_number, act: "do_not_quote" };
  assert.equal((await client.interview.changeAnswer(token, struck)).answers[0].quotable, false);
  assert.equal((await client.interview.pause(token)).status, "paused");
  assert.equal((await client.interview.resume(token)).status, "in_progress");
  const { next_number } = await client.interview.state(token);
  assert.ok(await client.interview.skip(token, { number: next_number }));
  const { code } = await client.interview.createCode(token);
  assert.match((await client.interview.enterCode({ code })).url, new RegExp(`${token}$`));
  assert.equal((await client.interview.complete(token)).status, "completed");
  assert.ok(await client.interview.feedback(token, { rating: 5, comment: "It listened." }));
  assert.ok(await client.interview.emailCopy(token));
  assert.ok(await client.interview.withdraw(token));
});

test("pages for participants", async () => {
  assert.match(await client.interview.codePage(), /^<!doctype html>/i);
  // The demonstration has no brand.
  await assert.rejects(client.interview.brandStylesheet(demo.invite_token), NotFoundError);
  await assert.rejects(client.interview.logo(demo.invite_token), NotFoundError);
  called.add("interview.brandStylesheet").add("interview.logo");
});

test("unsubscribing", async () => {
  const email = newEmail();
  await client.invites.create(demo.campaign_id, { emails: [email] });
  const mail = await until(() => mails.find((one) => one.includes(email)));
  const [, token] = /\/interview\/unsubscribe\/([\w-]+)/.exec(mail.replaceAll("=\n", ""));
  assert.ok(await client.interview.askUnsubscribe(token));
  assert.ok(await client.interview.unsubscribe(token));
  const again = await client.invites.create(demo.campaign_id, { emails: [email] });
  assert.equal(again.errors[0].reason, "DO_NOT_WRITE");
});

test("sessions", async () => {
  const { session_id, campaign_id } = demo;
  const { sessions } = await client.sessions.list({ campaign_id, status: "completed" });
  assert.ok(sessions.some((one) => one.id === session_id));
  assert.equal((await client.sessions.get(session_id)).status, "completed");
  const transcript = await client.sessions.transcript(session_id);
  assert.equal(transcript.turns[0].speaker, "ai");
  for (const format of ["txt", "md", "csv", "srt", "vtt"]) {
    assert.equal(typeof (await client.sessions.transcript(session_id, { format })), "string");
  }
  const pdf = await client.sessions.pdf(session_id);
  assert.ok(pdf instanceof Download);
  assert.equal(pdf.contentType, "application/pdf");
  assert.equal(pdf.filename, `transcript-${session_id}.pdf`);
  const bytes = await pdf.bytes();
  assert.equal(bytes.length, pdf.size);
  assert.equal(new TextDecoder().decode(bytes.slice(0, 5)), "%PDF-");
  await assert.rejects(pdf.bytes(), /read already/);
  const token = await invite(client);
  const started = await client.interview.start(token, { consent: true });
  assert.ok(await client.sessions.delete(started.session_id));
});

test("answers by voice, on a server without speech", async () => {
  const token = await invite(client);
  const { next_number: number } = await client.interview.start(token, { consent: true });
  const clip = "clip-4f1c0a9b";
  const { interview } = client;
  const calls = {
    sendPiece: () => interview.sendPiece(token, clip, 0, new Uint8Array(100), { number }),
    judgePause: () => interview.judgePause(token, clip, { pieces: 1 }),
    answerByVoice: () => interview.answerByVoice(token, { number, clip, pieces: 1 }),
  };
  for (const [name, call] of Object.entries(calls)) {
    await assert.rejects(call, ConflictError);
    called.add(`interview.${name}`);
  }
  await assert.rejects(interview.speech(token, 1), NotFoundError);
  called.add("interview.speech");
});

test("audio", async () => {
  const whole = await client.sessions.audio(demo.session_id);
  assert.match(whole.contentType, /^audio\//);
  const bytes = await whole.arrayBuffer();
  assert.ok(bytes.byteLength > 1000);
  const range = { start: 0, end: 99 };
  const part = await client.sessions.audio(demo.session_id, {}, { range });
  assert.equal(part.status, 206);
  assert.equal(part.contentRange, `bytes 0-99/${bytes.byteLength}`);
  assert.deepEqual(await part.arrayBuffer(), bytes.slice(0, 100));
});

test("participants", async () => {
  const { email } = fixtures.ERASE;
  assert.ok((await client.participants.export({ email })).sessions);
  assert.ok(await client.participants.erase({ email }));
});

test("billing", async () => {
  const credits = await client.billing.credits();
  assert.equal(
    credits.total_credits,
    credits.starter_credits + credits.monthly_credits + credits.topup_credits,
  );
  assert.equal((await client.billing.usage()).currency, "eur");
  // This server has no payment provider.
  await assert.rejects(client.billing.topUp({ pack: 1000 }), ConflictError);
  called.add("billing.topUp");
});

test("organization", async () => {
  const me = await client.organization.me();
  assert.deepEqual([me.test, me.role], [false, "owner"]);
  assert.ok(me.permissions.includes("organization:write"));
  assert.equal((await client.organization.get()).id, me.organization.id);
  assert.equal((await client.organization.update({ contact: "Ann" })).contact, "Ann");
  assert.equal((await client.organization.updateMail({ sender_name: "A" })).sender_name, "A");
  assert.equal((await client.organization.mail()).sender_name, "A");
  const kept = await client.organization.updateRetention({ address_days: 3000 });
  assert.deepEqual(await client.organization.retention(), kept);
  const look = await client.organization.updateBranding({ accent: "#123456" });
  assert.deepEqual(await client.organization.branding(), look);
  assert.equal((await client.billing.updateAlerts({ warn_below: 1 })).warn_below, 1);
  assert.equal((await client.billing.alerts()).warn_below, 1);
  const { entries } = await client.organization.auditLog({ subject: "settings" });
  assert.ok(entries.every((entry) => entry.via === "key"));
  const { emails } = await client.emails.list({ limit: 1 });
  assert.equal((await client.emails.resend(emails[0].id)).id, emails[0].id);
});

test("keys and members", async () => {
  const key = await client.keys.create({ name: "Wiki", permissions: ["sessions:read"] });
  assert.match(key.key, /^ir_live_/);
  assert.ok((await client.keys.list()).keys.some((one) => one.id === key.id));
  assert.equal((await client.keys.get(key.id)).status, "active");
  assert.equal((await client.keys.revoke(key.id)).status, "revoked");
  const email = newEmail();
  const invited = await client.invitations.create({ email, role: "viewer" });
  const { invitations } = await client.invitations.list();
  assert.ok(invitations.some((one) => one.id === invited.id));
  assert.equal((await client.invitations.resend(invited.id)).email, email);
  assert.equal(await client.invitations.withdraw(invited.id), undefined);
  const { members } = await client.members.list();
  const owner = members.find((one) => one.role === "owner");
  assert.equal((await client.members.get(owner.id)).email, owner.email);
  assert.equal((await client.members.update(owner.id, { role: "owner" })).role, "owner");
  // The last owner stays.
  await assert.rejects(client.members.remove(owner.id), ConflictError);
  called.add("members.remove");
});

test("notes and saved filters", async () => {
  const { sessions } = await client.sessions.list({ status: "completed", limit: 1 });
  const session = sessions[0];
  const note = await client.notes.create(session.id, { text: "Long.", tags: ["wait"] });
  assert.equal((await client.notes.get(session.id, note.id)).text, "Long.");
  const changed = await client.notes.update(session.id, note.id, { tags: ["time"] });
  assert.deepEqual(changed.tags, ["time"]);
  assert.ok((await client.notes.list(session.id)).notes.some((one) => one.id === note.id));
  const { highlights } = await client.notes.highlights(session.campaign_id, { tag: "time" });
  assert.ok(highlights.some((one) => one.id === note.id));
  assert.equal(await client.notes.delete(session.id, note.id), undefined);
  assert.equal((await client.sessions.markSafetySeen(session.id)).id, session.id);
  const saved = await client.filters.create({ name: "Done", filters: { status: "completed" } });
  assert.ok((await client.filters.list()).filters.some((one) => one.id === saved.id));
  assert.equal((await client.filters.update(saved.id, { shared: true })).shared, true);
  assert.deepEqual((await client.filters.get(saved.id)).filters, { status: "completed" });
  assert.equal(await client.filters.delete(saved.id), undefined);
});

test("results", async () => {
  const { session_id, campaign_id } = demo;
  assert.equal((await client.results.analyse(campaign_id)).campaign_id, campaign_id);
  assert.ok((await client.results.analysis(campaign_id)).interviews > 0);
  assert.match((await client.results.cancel(campaign_id)).status, /^c/); // or completed
  const made = await client.results.createFinding(campaign_id, { text: "People wait." });
  assert.deepEqual([made.statement, made.pinned], ["People wait.", true]);
  const { findings } = await client.results.findings(campaign_id);
  assert.ok(findings.some((one) => one.id === made.id));
  const text = "People wait long.";
  const changed = await client.results.updateFinding(campaign_id, made.id, { text });
  assert.deepEqual(await client.results.finding(campaign_id, made.id), changed);
  const other = await client.results.createFinding(campaign_id, { text: "Nobody says why." });
  const merged = { findings: [other.id] };
  assert.equal((await client.results.mergeFindings(campaign_id, made.id, merged)).id, made.id);
  assert.equal(await client.results.deleteFinding(campaign_id, made.id), undefined);
  await assert.rejects(client.results.finding(campaign_id, other.id), NotFoundError);
  assert.equal((await client.results.session(session_id)).session_id, session_id);
  assert.ok((await client.results.matrix(campaign_id)).goals);
});

test("what left the server", async () => {
  const { session_id, campaign_id } = demo;
  assert.ok(Array.isArray((await client.campaigns.egress(campaign_id)).data));
  assert.ok(Array.isArray((await client.sessions.egress(session_id)).data));
});

test("the administrator's summary", async () => {
  const admin = watch(connect({ apiKey: fixtures.SYS.key_admin })).admin;
  assert.ok((await admin.creditSummary()).summary.totalOrganizations > 1);
});

test("webhooks and events", async () => {
  const webhook = await client.webhooks.create({ url: "http://127.0.0.2:9/", events: ["*"] });
  assert.match(webhook.secret, /^whsec_/);
  assert.equal((await client.webhooks.get(webhook.id)).url, "http://127.0.0.2:9/");
  assert.ok((await client.webhooks.list()).webhooks.length > 1);
  assert.notEqual((await client.webhooks.rotateSecret(webhook.id)).secret, webhook.secret);
  const ping = await client.webhooks.test(webhook.id);
  await client.webhooks.redeliver(webhook.id, ping.id).catch((error) => {
    assert.ok(error instanceof ConflictError); // it is being sent
  });
  await client.webhooks.redeliver(demo.webhook_id, demo.delivery_id);
  const { deliveries } = await client.webhooks.deliveries(webhook.id);
  assert.ok(deliveries.some((one) => one.id === ping.id));
  assert.ok(await client.webhooks.replay(webhook.id, { since: new Date().toISOString() }));
  assert.equal((await client.webhooks.update(webhook.id, { enabled: false })).enabled, false);
  await client.webhooks.delete(webhook.id);
  assert.ok((await client.events.list({ type: "session.completed" })).events.length > 0);
});

test("the API's documentation", async () => {
  assert.equal((await client.docs.openapi()).openapi, "3.1.0");
  assert.match(await client.docs.page(), /^<!doctype html>/i);
});

test("every method was called", () => {
  const all = Object.entries(OPERATIONS).flatMap(([resource, methods]) =>
    Object.keys(methods).map((name) => `${resource}.${name}`),
  );
  const missing = all.filter((name) => !called.has(name));
  assert.deepEqual(missing, []);
});
