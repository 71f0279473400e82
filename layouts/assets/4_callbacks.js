/* The bodies of Dash's clientside callbacks, and the address bar. */
(function (atlas) {
  const same = (a, b) => a.length === b.length && a.every((item, place) => item === b[place]);
  const keep = () => window.dash_clientside.no_update;
  const THEMES = ["light", "dark"];
  const asked = () => new URLSearchParams(window.location.search);
  const countiesAsked = () =>
    (asked().get("counties") || "").split(",").filter((fips) => atlas.line.counties[fips]);

  /** Write the view into the address where it differs: as a new entry, or instead of this one. */
  atlas.writeAddress = function (instead) {
    const page = document.querySelector("#app [data-query]"); // a page of forms tells its own
    const query = page ? new URLSearchParams(page.dataset.query) : asked();
    const put = (name, value) => (value ? query.set(name, value) : query.delete(name));
    const { line, day } = atlas;
    if (document.getElementById("month") && line) {
      put("date", day !== line.last && day);
      put("counties", [...atlas.chosen].join(","));
      put("layer", line.layer && line.layer.name);
    }
    put("theme", atlas.themeAsked);
    put("lang", atlas.spoken);
    const told = query.toString().replaceAll("%2C", ",");
    const search = told ? `?${told}` : "";
    if (search === window.location.search) return;
    const write = instead ? "replaceState" : "pushState";
    window.history[write](null, "", window.location.pathname + search + window.location.hash);
  };

  /** Read the address after Back or Forward. */
  window.addEventListener("popstate", () => {
    const query = asked();
    const theme = THEMES.includes(query.get("theme")) ? query.get("theme") : "";
    if (theme !== atlas.themeAsked) {
      atlas.themeAsked = theme;
      window.dash_clientside.set_props("mantine", { forceColorScheme: theme || null });
    }
    if (!document.getElementById("month") || !atlas.line || window.location.pathname !== "/") return;
    const codes = countiesAsked();
    atlas.go(query.get("date") || atlas.line.last);
    if (!same(codes, [...atlas.chosen])) atlas.choose(codes);
  });

  /** Bind what plotly or Dash has newly put into the page, then paint it. */
  function adopt() {
    ["map", "curve"].forEach((id) => {
      const plot = atlas.plot(id);
      if (!plot || !plot.on || !plot._fullLayout || plot.atlasBound) return;
      plot.atlasBound = true;
      plot.on("plotly_afterplot", () => {
        if (id === "map") {
          atlas.bindMap();
          atlas.mapCopy = atlas.copyOf(plot);
        }
        handOver();
        atlas.paint(atlas.day);
      });
      if (id === "map") atlas.bindMap();
    });
    const panels = document.querySelector("#app #panels");
    if (panels && !panels.dataset.watched) {
      panels.dataset.watched = "yes";
      comes.observe(panels);
    }
    handOver();
    land();
    atlas.bindFinder();
    atlas.handBack();
    atlas.bindPlan();
    if (document.querySelector("#app [data-query]")) atlas.writeAddress(true);
    if (atlas.line) atlas.paint(atlas.day);
  }

  /* Where the address last led to within a page, and where it should but nothing stands yet. */
  let landed = "";
  let sought = "";

  /** Go to what the address points to once it stands, with the folds around it open. */
  function land() {
    const { pathname, hash } = window.location;
    const place = pathname + hash;
    if (place === landed || document.getElementById("first-paint")) return;
    const target = hash && document.getElementById(hash.slice(1));
    if (hash && !target) {
      const panels = document.getElementById("panels"); // what comes into view is asked for
      if (panels && sought !== place) panels.scrollIntoView();
      sought = place;
      return;
    }
    landed = place;
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", land);

  // The panels below the map are asked for when a reader comes near them.
  const comes = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting) || document.getElementById("first-paint")) return;
    window.dash_clientside.set_props("panels-wanted", { data: true });
  }, { rootMargin: "100px" });

  let waiting = 0;
  new MutationObserver((changes) => {
    const grown = changes.some((change) => [...change.addedNodes].some((node) => node.nodeType === 1));
    if (!grown || waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      adopt();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /** Let Dash's page take the place of the first paint once it stands, without a jump. */
  function handOver() {
    const first = document.getElementById("first-paint");
    if (!first) return;
    const last = first.querySelector("#early") ? "#map path[data-fips]" : "#page h1";
    if (!document.querySelector(`#app ${last}`)) return;
    const focused = first.contains(document.activeElement) && document.activeElement.id;
    first.remove();
    document.getElementById("app").classList.add("stands");
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  }

  let arrivedAt = ""; // the path of the page that stands

  /** Tell listeners that another page has come: its title, its link in the header, the focus. */
  function arrive() {
    const { pathname, hash } = window.location;
    const heading = document.querySelector("#app #page h1");
    const titled = document.querySelector("#app #page [data-title]");
    if (titled) document.title = titled.dataset.title;
    document.querySelectorAll("#app .top nav a").forEach((link) => {
      if (link.pathname === pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    const first = !arrivedAt;
    const stays = arrivedAt === pathname;
    arrivedAt = pathname;
    if (first || !heading) return;
    if (stays) return atlas.speak(heading.textContent);
    const place = (hash && document.getElementById(hash.slice(1))) || heading;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  // The first paint brings the history with it: the day moves before Dash has come.
  const early = document.getElementById("early");
  if (early) {
    atlas.line = JSON.parse(early.textContent);
    atlas.day = document.getElementById("date").value;
    atlas.chosen = new Set(countiesAsked());
    atlas.paint(atlas.day);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    atlas: {
      /** A map page has come: take its history and its day, or the day moved to in the first paint. */
      begin(line, day) {
        const moved = document.getElementById("early") ? atlas.day : day;
        atlas.line = line;
        atlas.day = moved;
        atlas.dashStands = true;
        if (!atlas.early) atlas.chosen = new Set(countiesAsked()); // those of the map before are gone
        adopt();
        atlas.writeAddress(true);
        if (moved !== day) atlas.go(moved);
        const { early } = atlas;
        atlas.early = null;
        if (early) setTimeout(() => atlas.choose(early)); // Dash hears nothing while it begins
        return keep();
      },

      /** The day rests: bring every property that Dash holds to it. */
      settle(day, figure) {
        const { line } = atlas;
        if (day !== atlas.day) return Array(4).fill(keep()); // it has moved on and will rest again
        const layer = line.layer || line;
        const view = atlas.viewOn(layer, day);
        const looks = figure.data[0].locations.map((fips) => atlas.lookOn(layer, fips, day));
        const text = figure.data[0].locations.map(
          (fips, place) => `${line.counties[fips]}: ${layer.words[looks[place]]}`);
        const trace = { ...figure.data[0], z: looks, text };
        atlas.writeAddress();
        const notice = document.getElementById("notice");
        if (notice) notice.textContent = "";
        atlas.speakDay();
        return [{ ...figure, data: [trace] }, view.headline, view.detail, day];
      },

      /** The chosen counties changed, by whatever hand. */
      choose(codes) {
        atlas.hold(codes || []);
        atlas.paint(atlas.day);
        if (atlas.line) atlas.writeAddress();
        return keep();
      },

      /** The page has come that was asked for. */
      arrive() {
        requestAnimationFrame(arrive); // once it stands
        return keep();
      },

      /** Give the color scheme that the address or an earlier visit asks for. */
      scheme() {
        let scheme = asked().get("theme");
        atlas.dashStands = true;
        atlas.themeAsked = THEMES.includes(scheme) ? scheme : "";
        try { scheme = atlas.themeAsked || localStorage.getItem("atlas-theme"); } catch (error) { /* a private window */ }
        return THEMES.includes(scheme) ? scheme : keep();
      },
    },
  });
})(window.atlas);
