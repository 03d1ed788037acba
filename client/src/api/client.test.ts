import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, api, apiUrl, OfflineError } from "./client";
import { serverNow } from "./clock";

afterEach(() => vi.unstubAllGlobals());

const answer = (body: unknown, init: ResponseInit) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), init)));

describe("api client", () => {
  it("leaves empty parameters out of an address", () => {
    expect(apiUrl("/tasks", { state: "open", before: null, q: "" })).toBe("/api/tasks?state=open");
  });

  it("turns a problem document into an error with its problems", async () => {
    const problems = [{ path: ["values", "amount"], code: "field.required", message: "x" }];
    answer({ code: "record.invalid", title: "t", problems }, { status: 422 });
    const error = await api.post("/records/lead", {}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: "record.invalid", problems });
  });

  it("speaks of the network when nothing answers", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    await expect(api.get("/session")).rejects.toBeInstanceOf(OfflineError);
  });

  it("follows the server's clock", async () => {
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    answer({}, { status: 200, headers: { "X-Xiaolu-Now": ahead } });
    await api.get("/health");
    expect(Math.abs(serverNow() - Date.now() - 3_600_000)).toBeLessThan(5_000);
  });
});
