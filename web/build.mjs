// Bundles the query page into a folder: node build.mjs [FOLDER]. Every file but index.html has a hash of its content in
// its name. The page loads nothing from elsewhere.

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "dist");

// The order of the panel is the order of the file names. A file opens with "# Title", "# what it answers" and "# how to
// read the answer", a line each.
async function examples() {
  const folder = join(here, "examples");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".graphql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const [title, answers, reading, ...query] = (await readFile(join(folder, name), "utf8")).split("\n");
      if (![title, answers, reading].every((line) => line?.startsWith("# "))) {
        throw new Error(`${name}: the first lines have to be "# Title", "# what it answers", "# how to read the answer"`);
      }
      const text = query.join("\n").trim();
      const operation = /^query (\w+)/.exec(text)?.[1];
      if (!operation) throw new Error(`${name}: the query has to begin with "query" and a name`);
      return { title: title.slice(2), answers: answers.slice(2), query: text, operation };
    }),
  );
}

// The words of the glossary are the rows of its table: "| **word** | what it means |". Only code is set off in the panel.
async function glossary() {
  const text = await readFile(join(here, "../docs/glossary.md"), "utf8");
  const rows = [...text.matchAll(/^\| \*\*(.+)\*\* \| (.+) \|$/gm)];
  if (rows.length === 0) throw new Error("docs/glossary.md: no row of its table reads | **word** | what it means |");
  const plain = (means) => means.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\*+([^*]+)\*+/g, "$1");
  return rows.map(([, word, means]) => ({ word, means: plain(means) }));
}

const settings = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  outdir: out,
  target: ["es2022"],
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".ttf": "file" },
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
};

// From an entry point to the file that was made of it.
function outputs({ metafile }, kind) {
  const made = Object.entries(metafile.outputs).filter(([file, { entryPoint }]) => entryPoint && file.endsWith(kind));
  return Object.fromEntries(made.map(([file, { entryPoint }]) => [entryPoint, `/graphiql/${basename(file)}`]));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

// The editor looks at documents in threads of its own, each a file.
const workers = {
  editor: "node_modules/monaco-editor/esm/vs/editor/editor.worker.js",
  graphql: "node_modules/monaco-graphql/esm/graphql.worker.js",
  json: "node_modules/monaco-editor/esm/vs/language/json/json.worker.js",
};
const built = outputs(await build({ ...settings, entryPoints: Object.values(workers), format: "iife" }), ".js");
const addresses = Object.fromEntries(Object.entries(workers).map(([label, file]) => [label, built[file]]));

const page = await build({
  ...settings,
  entryPoints: ["src/main.tsx"],
  format: "esm",
  splitting: true,
  define: {
    ...settings.define,
    EXAMPLES: JSON.stringify(await examples()),
    GLOSSARY: JSON.stringify(await glossary()),
    WORKERS: JSON.stringify(addresses),
  },
});
const script = outputs(page, ".js")["src/main.tsx"];
const output = Object.entries(page.metafile.outputs).find(([file]) => script.endsWith(basename(file)))[1];
const html = (await readFile(join(here, "src/index.html"), "utf8"))
  .replace("SCRIPT", script)
  .replace("STYLE", `/graphiql/${basename(output.cssBundle)}`);
await writeFile(join(out, "index.html"), html);
