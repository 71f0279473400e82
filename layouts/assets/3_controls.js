/* The hands on the page: slider, play, jumps, the map's keys and pointer, the table, the theme. */
(function (atlas) {
  const REST_MS = 160;
  const PLAY_MS = 100;
  atlas.chosen = new Set();
  atlas.pointed = null;

  /** Tell Dash; before Dash has come there is nobody to tell. */
  const props = (id, values) => atlas.dashStands && window.dash_clientside.set_props(id, values);
  atlas.early = null; // the counties chosen before Dash has come
  let resting = 0;
  let frame = 0;
  let playing = 0;

  /** Move to a day: paint in the next frame, overtaken days are dropped; settle when it rests. */
  atlas.go = function (day) {
    const { line } = atlas;
    if (!line) return;
    atlas.day = day > line.last ? line.last : day;
    if (line.layer && atlas.day < line.first) atlas.day = line.first; // figures are held from there on
    if (!frame) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        atlas.paint(atlas.day);
      });
    }
    clearTimeout(resting);
    resting = setTimeout(atlas.rest, REST_MS);
  };

  /** Say words to who does not see what has changed. */
  atlas.speak = (words) => {
    const spoken = document.getElementById("spoken");
    if (spoken) spoken.textContent = words;
  };

  /** Say what holds on the day that is shown. */
  atlas.speakDay = () => {
    const { headline, detail } = atlas.viewOn(atlas.line.layer || atlas.line, atlas.day);
    atlas.speak(`${headline} ${detail}`);
  };

  /** Hold counties as the chosen ones, and say what that changed. */
  atlas.hold = (codes) => {
    const fresh = codes.filter((fips) => !atlas.chosen.has(fips));
    const same = !fresh.length && codes.length === atlas.chosen.size;
    atlas.chosen = new Set(codes);
    atlas.outline();
    if (atlas.line && !same) atlas.speak(choiceWords(codes, fresh));
  };

  function choiceWords(codes, fresh) {
    const { line, day } = atlas;
    const [fips] = fresh;
    if (!codes.length) return atlas.say("No county chosen");
    if (fresh.length !== 1) return atlas.say("Counties chosen: {n}", { n: codes.length });
    const words = line.words[atlas.lookOn(line, fips, day)];
    return atlas.say("{county} County chosen: {words}", { county: line.counties[fips], words });
  }

  /** Bring Dash's state and the address to the day that is shown. */
  atlas.rest = function () {
    if (playing || !document.getElementById("month")) return;
    props("day", { data: atlas.day });
  };

  atlas.choose = (codes) => {
    atlas.hold(codes);
    if (atlas.dashStands) props("counties", { value: codes });
    else atlas.early = codes;
  };

  function play(on) {
    const button = document.getElementById("play");
    cancelAnimationFrame(playing);
    playing = 0;
    if (button) {
      button.textContent = on ? "❚❚" : "▶";
      button.title = on ? atlas.say("Pause") : atlas.say("Play through the years");
      button.setAttribute("aria-label", button.title);
    }
    if (!on) return atlas.go(atlas.day);
    if (atlas.day >= atlas.line.last) atlas.go(atlas.line.first);
    let due = performance.now();
    const tick = (now) => {
      if (!document.getElementById("month")) return play(false);
      if (now >= due) {
        due += PLAY_MS;
        const month = atlas.monthOf(atlas.line, atlas.day) + 1;
        atlas.go(atlas.dayOfMonth(atlas.line, month));
        const box = document.getElementById("date"); // Dash hears of the day when play rests
        if (box && box.type !== "date") box.value = atlas.dayWords(atlas.day);
        if (atlas.day >= atlas.line.last) return play(false);
      }
      playing = requestAnimationFrame(tick);
    };
    playing = requestAnimationFrame(tick);
  }

  atlas.plays = () => Boolean(playing);

  const actions = {
    play: () => play(!playing),
    earlier: () => atlas.go(atlas.changeFrom(atlas.line, atlas.day, -1)),
    later: () => atlas.go(atlas.changeFrom(atlas.line, atlas.day, 1)),
    day: (value) => atlas.go(value),
    choose: (look) => {
      const { line, day } = atlas;
      const codes = Object.keys(line.counties);
      const layer = line.layer || line;
      atlas.choose(codes.filter((fips) => layer.looks[atlas.lookOn(layer, fips, day)] === look));
    },
    sort: (column, button) => sortTable(button.closest("table"), Number(column)),
    copy: (kind) => atlas.copy(kind),
    print: () => atlas.plan.print(),
    save: () => atlas.plan.save(),
    clear: () => atlas.plan.clear(),
    picture: (kind, button) => atlas.picture(kind, button.closest(".pictures")),
    theme: () => {
      const now = document.documentElement.getAttribute("data-mantine-color-scheme");
      atlas.theme(now === "dark" ? "light" : "dark");
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-action]");
    if (button) {
      const { action, value } = button.dataset;
      if (playing && action !== "play") play(false);
      return actions[action](value, button);
    }
    const county = countyAt(event.target);
    if (county) {
      toggle(county);
      atlas.tell(county, event.clientX, event.clientY);
    }
    if (event.target.closest && event.target.closest(".mantine-DateInput-day")) {
      setTimeout(() => takeDay(document.getElementById("date").value)); // once it stands in the box
    }
    // By keyboard the button goes with the focus on it.
    const cleared = event.target.closest && event.target.closest(".mantine-InputClearButton-root");
    if (cleared && !event.detail) document.getElementById("counties").focus();
  });

  // From the map a county's page is reached on the day that is shown.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="/county/"], a[href^="/next/"]');
    if (!link || !atlas.line || !document.getElementById("month") || atlas.day === atlas.line.last) return;
    const url = new URL(link.href);
    url.searchParams.set("date", atlas.day);
    link.href = url;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopPropagation();
    window.location.assign(url);
  }, true);

  let typed = false; // in the box for the day, and not taken yet

  /** Go to the day of the box's text, or say why not; tell whether that could be done. */
  function takeDay(text) {
    const { line } = atlas;
    const day = atlas.readDay(text);
    const shown = atlas.dayWords(atlas.day);
    typed = false;
    if (day && day >= line.first && day <= line.last) {
      atlas.go(day);
      return true;
    }
    props("date", { value: atlas.day });
    document.getElementById("notice").textContent = day
      ? atlas.say("The map goes from {first} to {last}, not to {day}; still showing {shown}.",
        { first: atlas.dayWords(line.first), last: atlas.dayWords(line.last), day: atlas.dayWords(day), shown })
      : atlas.say("“{text}” is not a day like {example}; still showing {shown}.",
        { text, example: atlas.dayWords("2019-08-31"), shown });
    return false;
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "month") {
      event.stopPropagation(); // Dash hears of the day when it rests, not of every step
      if (playing) play(false);
      atlas.go(atlas.dayOfMonth(atlas.line, event.target.value));
    }
    if (event.target.id === "date") {
      typed = event.target.type !== "date"; // the browser's own box knows what is a day
      if (!typed && event.target.value) atlas.go(event.target.value);
    }
    if (event.target.id === "table-filter") filterTable(event.target.value);
  }, true);

  document.addEventListener("change", (event) => {
    if (event.target.id === "month") event.stopPropagation();
  }, true);

  const countyAt = (node) =>
    node && node.matches && node.matches(".map-box path[data-fips]") ? node.dataset.fips : null;

  function toggle(fips) {
    const codes = new Set(atlas.chosen);
    if (!codes.delete(fips)) codes.add(fips);
    atlas.choose([...codes]);
  }

  document.addEventListener("pointermove", (event) => {
    const fips = countyAt(event.target);
    if (fips || (atlas.pointed && event.pointerType === "mouse")) {
      atlas.tell(fips, event.clientX, event.clientY);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" && !countyAt(event.target) && !event.target.closest("#told")) atlas.tell(null);
  });
  document.addEventListener("focusin", (event) => {
    const fips = countyAt(event.target);
    if (!fips) return atlas.pointed && atlas.tell(null);
    document.querySelectorAll('.map-box path[tabindex="0"]').forEach((path) => path.setAttribute("tabindex", "-1"));
    event.target.setAttribute("tabindex", "0");
    const box = event.target.getBoundingClientRect();
    atlas.tell(fips, box.right, box.bottom);
  });

  document.addEventListener("focusout", (event) => {
    const { id, value } = event.target;
    if (id === "date" && typed) setTimeout(() => takeDay(value)); // after Dash has put back its own
  }, true);

  document.addEventListener("focusout", (event) => {
    if (countyAt(event.target) && !countyAt(event.relatedTarget)) atlas.tell(null);
  });

  document.addEventListener("keydown", (event) => {
    const fips = countyAt(event.target);
    if (event.target.id === "date" && event.key === "Enter" && typed && takeDay(event.target.value)) {
      // Left and entered again, the box writes the day its own way; the calendar over the map closes.
      event.target.blur();
      event.target.focus();
      event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    }
    if (event.key === "Escape" && atlas.pointed) atlas.tell(null);
    if (!fips) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) {
      event.preventDefault();
      const next = neighbor(event.target, way);
      if (next) next.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      toggle(fips);
    }
  });

  const middle = (path) => {
    const box = path.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };

  /** Give the nearest county in a direction, sideways distance counting double. */
  function neighbor(path, [wayX, wayY]) {
    const [x, y] = middle(path);
    let best = null;
    let least = Infinity;
    path.parentNode.querySelectorAll("path[data-fips]").forEach((other) => {
      const [otherX, otherY] = middle(other);
      const ahead = (otherX - x) * wayX + (otherY - y) * wayY;
      const aside = Math.abs((otherX - x) * wayY) + Math.abs((otherY - y) * wayX);
      if (other !== path && ahead > 2 && aside <= 1.2 * ahead && ahead + 2 * aside < least) {
        least = ahead + 2 * aside;
        best = other;
      }
    });
    return best;
  }

  function sortTable(table, column) {
    const head = table.tHead.rows[0].cells[column];
    const up = head.getAttribute("aria-sort") !== "ascending";
    [...table.tHead.rows[0].cells].forEach((cell) => cell.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    orderTable(table);
  }

  function orderTable(table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex((cell) => cell.hasAttribute("aria-sort"));
    if (column < 0) return;
    const up = heads[column].getAttribute("aria-sort") === "ascending";
    const key = (row) => {
      const cell = row.cells[column];
      const look = cell.querySelector("[data-look-of]");
      if (look) return String(atlas.line.looks.indexOf(look.dataset.look));
      return cell.dataset.sort ?? cell.textContent;
    };
    const rows = [...body.rows].sort((a, b) => {
      const [left, right] = [key(a), key(b)];
      if (!left !== !right) return left ? -1 : 1;
      const order = (up ? 1 : -1) * left.localeCompare(right);
      return order || a.cells[0].textContent.localeCompare(b.cells[0].textContent);
    });
    body.append(...rows);
  }

  function filterTable(text) {
    const wanted = text.trim().toLowerCase();
    const rows = [...document.querySelectorAll("#county-table tbody tr")];
    rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    const n = rows.filter((row) => !row.hidden).length;
    document.getElementById("table-rows").textContent =
      wanted && atlas.say("{n} of {total} rows", { n, total: rows.length });
  }

  /** Tell listeners what the search for counties is, when it is open, and when it finds nothing. */
  atlas.bindFinder = function () {
    const box = document.querySelector("#app input#counties");
    if (!box) return;
    const nothing = document.querySelector(".mantine-MultiSelect-empty");
    if (nothing && !nothing.dataset.said) {
      nothing.dataset.said = "yes";
      atlas.speak(nothing.textContent);
    }
    if (box.getAttribute("role")) return;
    box.setAttribute("role", "combobox");
    const tell = () => box.setAttribute("aria-expanded", String(box.hasAttribute("aria-controls")));
    new MutationObserver(tell).observe(box, { attributeFilter: ["aria-controls"] });
    tell();
  };

  /** Put the table in order again after the statuses have changed. */
  atlas.tidyTable = function () {
    const table = document.querySelector("#county-table table");
    const filter = document.getElementById("table-filter");
    if (table) orderTable(table);
    if (filter && filter.value) filterTable(filter.value);
  };

  atlas.theme = function (scheme) {
    try { localStorage.setItem("atlas-theme", scheme); } catch (error) { /* a private window */ }
    atlas.themeAsked = scheme;
    props("mantine", { forceColorScheme: scheme });
    atlas.writeAddress();
  };
})(window.atlas);
