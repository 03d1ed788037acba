import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const src = fileURLToPath(new URL("./src", import.meta.url));
const api = process.env.XIAOLU_API ?? "http://127.0.0.1:8000";

/** Character maps and standard fonts that the PDF preview reads when a document lacks its own: Chinese ones above all. */
function pdfParts(): Plugin {
  const home = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  return {
    name: "pdf-parts",
    apply: "build",
    generateBundle() {
      for (const folder of ["cmaps", "standard_fonts"]) {
        for (const name of readdirSync(join(home, folder)).filter((each) => /\.(bcmap|pfb|ttf)$/.test(each))) {
          const source = readFileSync(join(home, folder, name));
          this.emitFile({ type: "asset", fileName: `assets/pdf-${version}/${folder}/${name}`, source });
        }
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), pdfParts()],
  resolve: { alias: { "@": src } },
  server: { proxy: { "/api": { target: api, changeOrigin: false } } },
  build: {
    outDir: process.env.XIAOLU_WEBDIST ?? "../src/xiaolu/webdist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    reportCompressedSize: false,
    assetsInlineLimit: 0,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
    css: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
