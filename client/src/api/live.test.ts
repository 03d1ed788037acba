import { QueryClient, type QueryKey } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { gatherStale, listenLive } from "./live";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("asks once for a burst, and again only after the answer", async () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  const asked: QueryKey[] = [];
  const answers: (() => void)[] = [];
  vi.spyOn(client, "invalidateQueries").mockImplementation(
    (filters) =>
      new Promise((resolve) => {
        asked.push(filters?.queryKey as QueryKey);
        answers.push(resolve);
      }),
  );
  const stale = gatherStale(client);
  for (let count = 0; count < 100; count += 1) stale.mark(["tasks"]);
  await vi.advanceTimersByTimeAsync(500);
  for (let count = 0; count < 100; count += 1) stale.mark(["tasks"]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toEqual([["tasks"]]);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([["tasks"], ["tasks"]]);
});

it("opens the stream where the page began, and asks for everything once the line is back", async () => {
  vi.useFakeTimers();
  const stream = new EventTarget();
  const opened: string[] = [];
  vi.stubGlobal("EventSource", function source(address: string) {
    opened.push(address);
    return Object.assign(stream, { close: () => undefined });
  });
  const client = new QueryClient();
  const asked: QueryKey[] = [];
  vi.spyOn(client, "invalidateQueries").mockImplementation(async (filters) => {
    asked.push(filters?.queryKey as QueryKey);
  });
  const stop = listenLive(client, "4711", () => undefined);
  stream.dispatchEvent(new Event("hello"));
  await vi.advanceTimersByTimeAsync(500);
  expect(opened).toEqual(["/api/live?since=4711"]);
  expect(asked).toEqual([]);
  stream.dispatchEvent(new Event("hello"));
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([[]]);
  stop();
});
