import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Toasts, toast } from "./toast";

beforeEach(() => {
  vi.useFakeTimers();
  HTMLElement.prototype.showPopover = () => undefined;
  HTMLElement.prototype.hidePopover = () => undefined;
  const matches = HTMLElement.prototype.matches;
  vi.spyOn(HTMLElement.prototype, "matches").mockImplementation(function (this: HTMLElement, selector: string) {
    return selector === ":popover-open" ? false : matches.call(this, selector);
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("goes once it was acted upon, or is no longer true", () => {
  const undo = vi.fn();
  render(<Toasts />);
  act(() => toast.done("deleted one", { label: "Undo", run: undo }, "deleted:1"));
  act(() => toast.done("deleted two", { label: "Undo", run: undo }, "deleted:2"));
  act(() => toast.over("deleted:2"));
  expect(screen.queryByText("deleted two")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("deleted one")).toBeNull();
});
