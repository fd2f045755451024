// Builds the pages' scripts and styles into a folder: `node build.mjs OUT`.
//
// Each folder of src/ with an index.ts becomes one script named after the folder; styles/app.scss becomes app.css. Names
// carry a hash of what is inside, so that a browser may keep them for good; assets.json says which name stands for which.
// What lies in public/ is copied as it is.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2] ?? join(here, "..", "src", "deepsix", "web", "static", "built");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const assets = {};
const keep = (name, content) => {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  assets[name] = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
  writeFileSync(join(out, assets[name]), content);
};

const entries = readdirSync(join(here, "src")).filter((name) => existsSync(join(here, "src", name, "index.ts")));
for (const name of entries) {
  const result = await esbuild.build({
    entryPoints: [join(here, "src", name, "index.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    write: false,
    absWorkingDir: here,
    logLevel: "warning",
  });
  keep(`${name}.js`, Buffer.from(result.outputFiles[0].contents));
}

const css = sass.compile(join(here, "styles", "app.scss"), {
  loadPaths: [join(here, "node_modules")],
  style: "compressed",
  quietDeps: true,
});
keep("app.css", Buffer.from(css.css));

cpSync(join(here, "public"), join(out, "public"), { recursive: true });
// What is built in, with its version and licence, travels along.
const notices = Object.keys(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies).map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}, licence ${license}\n\n${file ? readFileSync(join(folder, file), "utf8") : ""}`;
});
writeFileSync(join(out, "LICENCES.txt"), notices.join("\n----\n\n"));
writeFileSync(join(out, "assets.json"), JSON.stringify(assets, null, 1));
console.log(`${basename(out)}: ${Object.values(assets).join(", ")}`);
