import type zh from "../zh/keys";

const texts: typeof zh = {
  title: "Keyboard shortcuts",
  everywhere: {
    title: "Everywhere",
    palette: "Search, or run a command",
    commands: "Commands only",
    help: "Show the shortcuts",
    find: "Find in this list",
    undo: "Undo the last edit",
    close: "Close what popped up",
  },
  grid: {
    title: "Table",
    move: "Go to the next cell",
    ends: "Go to the edge",
    pages: "Page up or down",
    row: "Start or end of the row",
    extend: "Extend the selection",
    all: "Select everything",
    edit: "Change the cell",
    next: "Save and go to the next cell",
    open: "Open the record",
    select: "Select the row",
    copy: "Copy, cut, paste",
    fill: "Fill down",
    clear: "Clear the selected cells",
  },
  board: {
    title: "Board",
    pick: "Pick a card up (from its handle)",
    carry: "Carry it to the next stage",
    drop: "Put it down",
    cancel: "Put it back",
  },
};
export default texts;
