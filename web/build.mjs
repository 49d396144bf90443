// Bundles src/ into dist/: app.css, app.js, charts.js and icon.svg under names with a hash, and manifest.json with the names.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");

// The oldest browser in wide use on the desks this is made for.
const TARGET = "chrome86";

const bundled = await build({
  absWorkingDir: here,
  entryPoints: { "app.css": "src/css/app.css", "app.js": "src/js/app.js", "charts.js": "src/js/charts.js" },
  entryNames: "[name]",
  outdir: dist,
  bundle: true,
  minify: true,
  target: TARGET,
  format: "iife",
  legalComments: "eof",
  write: false,
});

const files = bundled.outputFiles.map(({ path, contents }) => [basename(path).replace(/\.(css|js)\.\1$/, ".$1"), contents]);
files.push(["icon.svg", await readFile(join(here, "src/icon.svg"))]);

// What has not changed is not touched, so that the server that embeds these files is not built again for nothing.
async function keep(name, contents) {
  const path = join(dist, name);
  const before = await readFile(path).catch(() => undefined);
  if (before === undefined || !before.equals(Buffer.from(contents))) await writeFile(path, contents);
}

// New files first, then the list of names, then the old ones go: a server that reads the folder meanwhile always finds what it names.
await mkdir(dist, { recursive: true });
const manifest = {};
for (const [name, contents] of files) {
  const kind = extname(name);
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 10);
  manifest[name] = `${basename(name, kind)}-${hash}${kind}`;
  await keep(manifest[name], contents);
}
await keep("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);

const kept = new Set([".keep", "manifest.json", ...Object.values(manifest)]);
for (const name of await readdir(dist)) if (!kept.has(name)) await rm(join(dist, name));

for (const [name, contents] of files) console.log(`${manifest[name]}  ${(contents.length / 1024).toFixed(1)} KB`);
