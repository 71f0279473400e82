/* The presenter's keys, panels and story. */
(function (atlas) {
  const screen = document.querySelector('[data-plain="present"]');
  if (!screen) return;
  const NAMED = 3; // counties that a stop of the story names
  const by = (id) => document.getElementById(id);
  const panels = [...document.querySelectorAll("[data-panel]")];
  const keyed = [...document.querySelectorAll("#bar [data-key]")];
  const nameOf = (number) => keyed[number - 1].textContent;
  const press = (action) => by("play") && action === "play" && by("play").click();
  let panel = 1;
  let stop = -1;

  atlas.show = function (number) {
    if (!panels[number - 1]) return;
    panel = number;
    panels.forEach((part, place) => {
      part.hidden = place !== number - 1;
      keyed[place].setAttribute("aria-pressed", String(!part.hidden));
    });
    atlas.speak(panels[number - 1].ariaLabel);
  };

  const month = (way) => {
    const now = atlas.monthOf(atlas.line, atlas.day);
    const last = Number(by("month").max);
    atlas.go(atlas.dayOfMonth(atlas.line, Math.max(0, Math.min(last, now + way))));
  };
  const jump = (way) => (story.length ? visit(stop + way) : atlas.go(atlas.changeFrom(atlas.line, atlas.day, way)));
  const close = () => {
    const open = ["blank", "keys", "story"].map(by).find((part) => part.open);
    if (!open) {
      window.location.assign(`/${window.location.search.replace(/([?&])story=[^&]*/, "$1").replace(/[?&]$/, "")}`);
      return;
    }
    shut(open);
  };
  const shut = (part) => {
    part.close();
    if (part.contains(document.activeElement)) document.activeElement.blur(); // or keys would still go there
  };
  const toggle = (id) => (by(id).open ? shut(by(id)) : by(id).show());

  const keys = {
    ArrowLeft: () => month(-1),
    ArrowRight: () => month(1),
    PageUp: () => jump(-1),
    PageDown: () => jump(1),
    Home: () => atlas.go(atlas.line.first),
    End: () => atlas.go(atlas.line.last),
    " ": () => press("play"),
    b: () => toggle("blank"),
    d: () => atlas.theme(document.documentElement.dataset.mantineColorScheme === "dark" ? "light" : "dark"),
    s: () => { tell(); toggle("story"); },
    "?": () => toggle("keys"),
    Escape: close,
  };
  const actOf = (key) => (/^[1-9]$/.test(key) ? () => atlas.show(Number(key)) : keys[key]);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("#story") && event.key !== "Escape") return;
    if (event.key === " " && event.target.closest("button")) return;
    if (event.target.closest(".map-box") && /^(Arrow|Enter| )/.test(event.key)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = actOf(key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.key) actOf(button.dataset.key)();
    if (event.detail) button.blur(); // pressed by hand, not by a key: the next space is for play
  });

  /* The story: a list of [day, counties, panel, text], kept in the address and, on wish, in a file. */
  const sane = (stops) => (Array.isArray(stops) ? stops : []).slice(0, 50)
    .filter((one) => Array.isArray(one) && /^\d{4}-\d\d-\d\d$/.test(one[0]))
    .map(([day, codes, number, text]) => [
      day, (Array.isArray(codes) ? codes : []).filter((fips) => atlas.line.counties[fips]),
      panels[number - 1] ? number : 1, String(text || "").slice(0, 300)]);
  const parse = (text) => { try { return sane(JSON.parse(text)); } catch (error) { return []; } };
  let story = parse(new URLSearchParams(window.location.search).get("story") || "[]");

  const write = atlas.writeAddress;
  atlas.writeAddress = function (instead) {
    write(instead);
    const query = new URLSearchParams(window.location.search);
    if (story.length) query.set("story", JSON.stringify(story));
    else query.delete("story");
    const told = query.toString().replaceAll("%2C", ",");
    window.history.replaceState(null, "", window.location.pathname + (told ? `?${told}` : ""));
  };

  function visit(place) {
    stop = Math.max(0, Math.min(story.length - 1, place));
    const [day, codes, number, text] = story[stop];
    atlas.choose(codes);
    atlas.show(number);
    atlas.go(day);
    by("story-text").textContent = text;
  }

  function change(stops) {
    story = stops;
    atlas.writeAddress(true);
    tell();
    by("story").focus(); // what was pressed is made anew
  }

  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  /** Write the list of stops with what can be done to each. */
  function tell() {
    const list = made("ol", "");
    story.forEach(([day, codes, number, text], place) => {
      const item = made("li", "");
      const words = made("input", "", {
        value: text,
        placeholder: atlas.say("A line of text"),
        ariaLabel: atlas.say("Text of stop {n}", { n: place + 1 }),
      });
      words.addEventListener("input", () => {
        story[place][3] = words.value.slice(0, 300);
        atlas.writeAddress(true);
      });
      const swap = (way) => () => {
        const stops = [...story];
        [stops[place], stops[place + way]] = [stops[place + way], stops[place]];
        change(stops);
      };
      const names = codes.length > NAMED
        ? atlas.say("{n} counties", { n: codes.length })
        : codes.map((fips) => atlas.line.counties[fips]).join(", ");
      const go = made("button", [atlas.dayWords(day), nameOf(number), names].filter(Boolean).join(" · "));
      go.addEventListener("click", () => visit(place));
      const up = made("button", "↑", { title: atlas.say("Earlier"), disabled: place === 0 });
      const down = made("button", "↓", { title: atlas.say("Later"), disabled: place === story.length - 1 });
      const out = made("button", "×", { title: atlas.say("Take out") });
      up.addEventListener("click", swap(-1));
      down.addEventListener("click", swap(1));
      out.addEventListener("click", () => change(story.filter((_, other) => other !== place)));
      item.append(go, words, up, down, out);
      list.append(item);
    });
    const add = made("button", atlas.say("Add this view"), { className: "main" });
    add.addEventListener("click", () => change([...story, [atlas.day, [...atlas.chosen], panel, ""]]));
    const keep = made("a", atlas.say("Keep it in a file"), { download: "story.json" });
    keep.href = `data:application/json,${encodeURIComponent(JSON.stringify(story))}`;
    const deck = made("a", atlas.say("Slides of it (PPTX)"));
    deck.href = `/download/slides.pptx?story=${encodeURIComponent(JSON.stringify(story))}${atlas.spokenPart}`;
    const file = made("input", "", { type: "file", accept: ".json", className: "only-spoken" });
    file.addEventListener("change", () => file.files[0].text().then((text) => change(parse(text))));
    const open = made("label", atlas.say("Open a kept story"), { className: "open" });
    open.append(file);
    const head = made("h2", story.length ? atlas.say("The story") : atlas.say("A story: no stop yet"));
    by("story").replaceChildren(head, list, add, ...(story.length ? [keep, deck] : []), open,
      made("p", atlas.say("The story is in this page's address: copy it to share. Page Up and Page Down move along it.")));
  }

  if (story.length) visit(0);
})(window.atlas);
