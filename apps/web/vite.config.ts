import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server: {
    host: "127.0.0.1",
    // The desk checks the Origin of sockets and mutations, so the proxy speaks as the desk's own page.
    proxy: { "/trpc": { target: server, ws: true, changeOrigin: true, headers: { origin: server } } },
  },
  build: {
    outDir: "dist",
    target: "es2023",
    // A strict content security policy forbids inline scripts and data: modules.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
  },
});
