/* Times steps and first sights from inside a page, in the same way in any app.

   A step begins at the time stamp of the key press that the browser gave it. It ends when the main
   thread has finished (scripts, style, layout, paint) the first frame that holds the new day: after
   each frame's own callbacks a message is posted, which is handled once the frame is done. */
window.bench = (() => {
  const LOST_MS = 6000;
  const sights = {};
  const seen = {};
  const shifts = [];
  const shown = {};
  let largest = 0;
  let painted = 0;

  /** Call `then` with the time once the main thread has finished the frame now being made. */
  function afterFrame(then) {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      then(performance.now());
    };
    channel.port2.postMessage(0);
  }

  /** Give the time of the first finished frame for which `holds` is true. */
  function frameThat(holds) {
    return new Promise((done) => {
      const look = () => requestAnimationFrame(() => afterFrame((now) => (holds() ? done(now) : look())));
      look();
    });
  }

  /** Note when things first stand on the page: by name, a selector and how many it must find. */
  function watch(wanted) {
    Object.entries(wanted).forEach(([name, [selector, count]]) => {
      sights[name] = () => document.querySelectorAll(selector).length >= count;
      frameThat(sights[name]).then((now) => { seen[name] = now; });
    });
  }

  /** Time the next key press, until the text at a selector is another one; `lost` if it stays. */
  function arm(selector) {
    const text = () => (document.querySelector(selector) || {}).textContent;
    const before = text();
    window.bench.step = new Promise((done) => {
      addEventListener("keydown", (event) => {
        const began = event.timeStamp;
        const late = () => performance.now() - began > LOST_MS;
        frameThat(() => text() !== before || late())
          .then((now) => done({ took: now - began, began, lost: text() === before }));
      }, { capture: true, once: true });
    });
  }

  /** Note from now on the text at a selector and the time of the finished frame that first holds it. */
  function follow(selector) {
    const found = [];
    const look = () => frameThat(() => true).then((now) => {
      const text = document.querySelector(selector).textContent;
      if (!found.length || found[found.length - 1][0] !== text) found.push([text, now]);
      look();
    });
    look();
    return found;
  }

  const observe = (type, take, more) => {
    const each = (list) => list.getEntries().forEach(take);
    new PerformanceObserver(each).observe({ type, buffered: true, ...more });
  };
  observe("largest-contentful-paint", (entry) => { largest = entry.startTime; });
  observe("paint", (entry) => { painted = Math.max(painted, entry.startTime); });
  observe("layout-shift", (entry) => entry.hadRecentInput || shifts.push(entry.value));
  observe("event", (entry) => {
    if (entry.name === "keydown") shown[entry.startTime] = entry.duration;
  }, { durationThreshold: 16 });

  return {
    arm, watch, frameThat, follow,
    /** Give all first sights; none is earlier than the browser's own first paint. */
    first: () => ({
      seen: Object.fromEntries(Object.entries(seen).map(([name, at]) => [name, Math.max(at, painted)])),
      largest,
      shift: shifts.reduce((sum, value) => sum + value, 0),
    }),
    /** Give the browser's own durations, in steps of 8 ms, of key presses until their next frame was shown. */
    shown: (began) => began.map((at) => shown[at] ?? 8),
  };
})();
