// Tells the built service worker its build and the files that the client opens with without a network.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = process.env.XIAOLU_WEBDIST ?? fileURLToPath(new URL("../../src/xiaolu/webdist", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, ".vite/manifest.json"), "utf8"));
const texts = ["common", "home", "session", "records", "process", "tasks", "comments"];
const pages = [
  "index.html",
  "src/app/RichFrame.tsx",
  "src/features/records/ViewPage.tsx",
  "src/features/records/EntityPage.tsx",
  "src/features/records/RecordPage.tsx",
  "src/features/tasks/TasksPage.tsx",
  ...["zh", "en"].flatMap((language) => texts.map((name) => `src/i18n/${language}/${name}.ts`)),
];

const files = new Set(["/appearance.js", "/icon.svg", "/manifest.webmanifest"]);
const seen = new Set();
function take(key) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return;
  seen.add(key);
  files.add(`/${chunk.file}`);
  for (const sheet of chunk.css ?? []) files.add(`/${sheet}`);
  for (const next of chunk.imports ?? []) take(next);
}
for (const page of pages) {
  if (!manifest[page]) throw new Error(`worker: the build has no ${page}`);
  take(page);
}
const listed = [...files].sort();
const hash = createHash("sha256");
for (const name of ["index.html", ...listed]) hash.update(name).update(readFileSync(join(root, name)));
const build = hash.digest("hex").slice(0, 12);
const path = join(root, "sw.js");
const worker = readFileSync(path, "utf8")
  .replace('const BUILD = "development";', `const BUILD = ${JSON.stringify(build)};`)
  .replace("const FILES = [];", `const FILES = ${JSON.stringify(listed)};`);
if (!worker.includes(build)) throw new Error("worker: sw.js has no place for its build");
writeFileSync(path, worker);
