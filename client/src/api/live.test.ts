import { QueryClient, type QueryKey } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { gatherStale } from "./live";

afterEach(() => vi.useRealTimers());

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
