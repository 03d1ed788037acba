// Samples every frame of a page: how long it took, and whether the grid showed rows that were not there yet.
(() => {
  const HEAD = 36;
  let last = 0;
  let record = null;

  /** What stands in the window of the grid at this moment. */
  function look() {
    const grid = document.querySelector("[role=grid]");
    if (!grid) return { blank: false, first: null };
    const frame = grid.getBoundingClientRect();
    const [top, bottom] = [frame.top + HEAD, frame.top + grid.clientHeight - HEAD];
    let [from, to, first, blank] = [Infinity, -Infinity, null, false];
    for (const row of grid.querySelectorAll("[role=rowgroup] [role=row]")) {
      const box = row.getBoundingClientRect();
      if (box.bottom <= top + 1 || box.top >= bottom - 1) continue;
      from = Math.min(from, box.top);
      to = Math.max(to, box.bottom);
      first ??= Number(row.getAttribute("aria-rowindex")) - 2;
      blank ||= row.querySelector("[class*=skeleton]") !== null;
    }
    return { blank: blank || from > top + 1 || to < bottom - 1, first };
  }

  function frame(now) {
    if (!record) return;
    if (last) record.frames.push(now - last);
    last = now;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      if (!record) return;
      record.work.push(performance.now() - now);
      if (!record.grid) return;
      const { blank, first } = look();
      record.places.add(first);
      const at = performance.now();
      record.blank = blank ? (record.blank ?? at) : null;
      if (record.blank !== null) record.longestBlank = Math.max(record.longestBlank, at - record.blank);
    };
    channel.port2.postMessage(null);
    requestAnimationFrame(frame);
  }

  window.sampling = {
    start(grid) {
      last = 0;
      record = { grid, places: new Set(), frames: [], work: [], blank: null, longestBlank: 0 };
      requestAnimationFrame(frame);
    },
    stop() {
      const found = record;
      record = null;
      return { ...found, places: found.places.size };
    },
    /** Drags the scroll bar's thumb to a share of the way, evenly. */
    drag(share, seconds) {
      const grid = document.querySelector("[role=grid]");
      const [from, to] = [grid.scrollTop, (grid.scrollHeight - grid.clientHeight) * share];
      return new Promise((done) => {
        const begun = performance.now();
        const step = () => {
          const way = Math.min(1, (performance.now() - begun) / seconds / 1000);
          grid.scrollTop = from + (to - from) * way;
          if (way < 1) requestAnimationFrame(step);
          else done(true);
        };
        requestAnimationFrame(step);
      });
    },
  };
})();
