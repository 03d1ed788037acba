import type { Connect, Plugin } from "vite";
import { answer } from "./server";

const handle: Connect.NextHandleFunction = (request, response, next) => {
  if (!request.url?.startsWith("/api/")) {
    next();
    return;
  }
  void answer(request, response);
};

/** Answers /api from made-up data while the real server is not at hand; only in mode "mock", never shipped. */
export function mockServer(): Plugin {
  return {
    name: "xiaolu-mock",
    configureServer: (server) => void server.middlewares.use(handle),
    configurePreviewServer: (server) => void server.middlewares.use(handle),
  };
}
