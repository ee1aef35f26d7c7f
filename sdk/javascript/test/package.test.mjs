/** The packed package in empty projects, and every sample of the README. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { base, connect, demo } from "./scene.mjs";

const HERE = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "sdk-package-"));
const env = {
  ...process.env,
  INTERVIEWRELAY_API_KEY: demo.key_owner,
  INTERVIEWRELAY_BASE_URL: base,
};
const readme = await readFile(join(HERE, "README.md"), "utf8");
const samples = (language) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(
    ([, code]) => code,
  );
let tarball;

before(async () => {
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse((await run("npm", pack, { cwd: HERE })).stdout);
  tarball = join(folder, packed.filename);
});
after(() => rm(folder, { recursive: true, force: true }));

/** An empty project with the package in it. */
async function createProject(name, type) {
  const project = join(folder, name);
  await mkdir(project);
  await writeFile(join(project, "package.json"), JSON.stringify({ name, private: true, type }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], {
    cwd: project,
  });
  return project;
}

test("the package holds what is needed, and nothing else", async () => {
  const { stdout } = await run("tar", ["-tzf", tarball]);
  const files = stdout
    .trim()
    .split("\n")
    .map((name) => name.replace("package/", ""));
  for (const name of [
    "README.md",
    "LICENSE",
    "package.json",
    "dist/browser.js",
    "dist/esm/index.js",
  ]) {
    assert.ok(files.includes(name), name);
  }
  const others = files.filter(
    (name) => !/^(README\.md|LICENSE|package\.json|dist\/.*\.(js|map|d\.ts|json))$/.test(name),
  );
  assert.deepEqual(others, []);
  assert.equal(JSON.parse(await readFile(join(HERE, "package.json"))).dependencies, undefined);
});

test("the README's example in a project of ES modules", async () => {
  const project = await createProject("esm", "module");
  await writeFile(join(project, "index.js"), samples("js")[0]);
  const { stdout } = await run(process.execPath, ["index.js"], { cwd: project, env });
  assert.match(stdout, /^Interview link: http.*\/interview\/inv_/);
  assert.match(stdout, /: \d+ turns/);
  assert.deepEqual(await readdir(join(project, "node_modules")), [
    ".package-lock.json",
    "@ai-interview",
  ]);
  await checkTypes(
    project,
    samples("js")[0].replaceAll("process.env", "environment").replaceAll("[0].", "[0]!."),
  );
});

test("the README's example in a project of CommonJS modules", async () => {
  const project = await createProject("cjs", "commonjs");
  await writeFile(join(project, "index.js"), samples("cjs")[0]);
  const { stdout } = await run(process.execPath, ["index.js"], { cwd: project, env });
  assert.match(stdout, /^\d+ credits\n$/);
  await checkTypes(
    project,
    'import sdk = require("@ai-interview/sdk");\nexport const client = new sdk.InterviewRelay();\n',
  );
});

/** Compiles a program against the package's declarations, which are checked too. */
async function checkTypes(project, program) {
  const declared = "declare const environment: Record<string, string | undefined>;\n";
  await writeFile(join(project, "program.ts"), program + declared);
  const flags = [
    "--strict",
    "--noEmit",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--noUncheckedIndexedAccess",
  ];
  const tsc = join(HERE, "node_modules/typescript/bin/tsc");
  const lib = ["--lib", "es2022,dom,dom.iterable,dom.asynciterable"];
  await run(process.execPath, [tsc, ...flags, ...lib, "program.ts"], { cwd: project }).catch(
    (error) => {
      assert.fail(error.stdout);
    },
  );
}

test("every other sample of the README runs", async () => {
  const project = await createProject("samples", "module");
  // Express is a development dependency of the SDK, not one of the package.
  await symlink(join(HERE, "node_modules/express"), join(project, "node_modules/express"));
  const given = [
    "const campaignId = process.env.CAMPAIGN_ID;",
    "const projectId = process.env.PROJECT_ID;",
    "const sessionId = process.env.SESSION_ID;",
    "const client = new InterviewRelay();",
  ];
  const [, ...others] = samples("js");
  assert.ok(others.length >= 7);
  const ids = {
    CAMPAIGN_ID: demo.campaign_id,
    PROJECT_ID: demo.project_id,
    SESSION_ID: demo.session_id,
  };
  for (const [index, code] of others.entries()) {
    const file = join(project, `sample-${index}.js`);
    await writeFile(
      file,
      ['import { InterviewRelay } from "@ai-interview/sdk";', ...given, code].join("\n"),
    );
    await run(process.execPath, [file], { cwd: project, env: { ...env, ...ids } });
  }
  assert.ok((await readdir(project)).includes(`transcript-${demo.session_id}.pdf`));
});

test("the example that exports a campaign", async () => {
  const project = await createProject("export", "module");
  await cp(join(HERE, "examples/export.mjs"), join(project, "export.mjs"));
  const campaigns = (await connect().campaigns.list().all()).filter((one) => one.completed > 0);
  const [{ id }] = campaigns.sort((one, other) => one.completed - other.completed);
  const { stdout } = await run(process.execPath, ["export.mjs", id, "out"], {
    cwd: project,
    env,
  });
  const count = Number(/^(\d+) interviews saved in out/.exec(stdout)[1]);
  assert.ok(count > 0);
  assert.equal((await readdir(join(project, "out"))).length, 2 * count);
});

test("the docs have the README's example", async () => {
  const docs = await readFile(join(HERE, "../../docs/sdk-javascript.md"), "utf8");
  assert.ok(docs.includes(samples("js")[0]));
});

test("the README lists every method", async () => {
  const methods = JSON.parse(await readFile(join(HERE, "methods.json")));
  for (const [resource, named] of Object.entries(methods)) {
    const row = `| \`client.${resource}\` | ${Object.keys(named)
      .map((name) => `\`${name}\``)
      .join(", ")} |`;
    assert.ok(readme.includes(row), row);
  }
});
