// Called by guanxi/foundation/ui/bundle.py with the target folder. The library's own interface works whether or not
// its install script has run.
import { build } from "esbuild";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

await build({
  entryPoints: { guanxi: `${here}/js/guanxi.js`, charts: `${here}/js/charts.js`, frame: `${here}/css/guanxi.css` },
  outdir: process.argv[2],
  bundle: true,
  minify: true,
  format: "esm",
  legalComments: "inline",
  logLevel: "warning",
});
