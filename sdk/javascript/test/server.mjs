/** A real server on a free loopback port, with the demonstration data. */

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PYTHON = process.env.PYTHON ?? join(ROOT, ".venv/bin/python");
const COMMAND = ["-P", "-m", "interviewrelay"];
const SETTINGS = /^(IR_|INSTANCE_DIR|PORT|HOST|SMTP_URL|DATABASE_URL|REDIS_URL|BASE_URL)/;

/** Starts a server. Returns its `base` address, the `fixtures`, and `stop`. */
export async function startServer(settings) {
  const folder = await mkdtemp(join(tmpdir(), "sdk-javascript-"));
  const port = await findPort();
  const inherited = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    INSTANCE_DIR: join(folder, "instance"),
    PORT: String(port),
    IR_TESTING: "1",
    ...settings,
  };
  const { stdout } = await promisify(execFile)(PYTHON, [...COMMAND, "demo", "--json"], {
    cwd: ROOT,
    env,
    maxBuffer: 1e8,
  });
  const fixtures = JSON.parse(stdout.slice(stdout.indexOf("{"), stdout.lastIndexOf("}") + 1));
  const log = [];
  const server = spawn(PYTHON, [...COMMAND, "serve"], { cwd: ROOT, env, stdio: "pipe" });
  for (const output of [server.stdout, server.stderr]) {
    output.on("data", (text) => log.push(String(text)));
  }
  // Also if the tests are stopped.
  process.once("exit", () => server.kill("SIGTERM"));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const stop = async () => {
    server.kill("SIGTERM");
    await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
    server.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  };
  const base = `http://127.0.0.1:${port}`;
  if (!(await isReady(base, server))) {
    await stop();
    throw new Error(`The server is not ready:\n${log.join("").slice(-3000)}`);
  }
  return { base, fixtures, log, stop };
}

/** A free port, below those that the system gives to connections: nothing takes it meanwhile. */
export function findPort(host = "127.0.0.1") {
  const port = 16_384 + Math.floor(Math.random() * 16_384);
  return new Promise((resolve) => {
    const listener = createServer();
    listener.once("error", () => resolve(findPort(host)));
    listener.listen(port, host, () => listener.close(() => resolve(port)));
  });
}

async function isReady(base, server) {
  for (let attempt = 0; attempt < 1200 && server.exitCode === null; attempt++) {
    const response = await fetch(`${base}/readyz`).catch(() => null);
    if (response?.ok) return true;
    await sleep(100);
  }
  return false;
}
