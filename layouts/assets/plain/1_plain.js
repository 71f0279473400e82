/* Pages that live without Dash: the presenter's screen and the offline file. The map's counties take
   focus, the day stays in the address where there is one, chosen counties show their cards. */
(function (atlas) {
  const plain = document.querySelector("[data-plain]");
  const counties = [...document.querySelectorAll(".map-box path[data-fips]")];

  counties.forEach((path, place) => {
    path.setAttribute("role", "button");
    path.setAttribute("tabindex", place ? "-1" : "0");
  });
  document.querySelectorAll(".map-picture").forEach((map) => {
    map.removeAttribute("aria-hidden");
    map.setAttribute("role", "group"); // a picture could hold no buttons
  });

  /** Keep the view in the address; a file from a stick has no address that may change. */
  const write = atlas.writeAddress;
  atlas.writeAddress = function (instead) {
    if (window.location.protocol !== "file:") write(instead);
  };
  atlas.rest = () => {
    if (atlas.plays()) return;
    atlas.writeAddress(true);
    atlas.speakDay();
  };

  atlas.theme = function (scheme) {
    document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
    atlas.themeAsked = scheme;
    atlas.writeAddress(true);
  };
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  if (!document.documentElement.dataset.mantineColorScheme) {
    document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  } else atlas.themeAsked = document.documentElement.dataset.mantineColorScheme;

  /** Show the cards of the chosen counties, and their rows alone in the table. */
  atlas.choose = function (codes) {
    atlas.hold(codes);
    document.querySelectorAll("[data-card]").forEach((card) => {
      card.hidden = !atlas.chosen.has(card.dataset.card);
    });
    document.querySelectorAll("[data-unchosen]").forEach((part) => { part.hidden = codes.length > 0; });
    const names = document.getElementById("chosen-names");
    if (names) names.textContent = codes.map((fips) => atlas.line.counties[fips]).join(", ");
    atlas.paint(atlas.day); // names stand on the chosen counties
    atlas.writeAddress(true);
  };

  const form = document.querySelector(".early-date");
  if (form) form.addEventListener("submit", (event) => event.preventDefault());

  const finder = document.getElementById("find-county");
  if (finder) {
    finder.addEventListener("change", () => {
      const wanted = finder.value.trim().toLowerCase().replace(/^condado de | county$/, "");
      const found = Object.entries(atlas.line.counties).find(([, name]) => name.toLowerCase() === wanted);
      if (!found) return;
      finder.value = "";
      atlas.choose([...new Set([...atlas.chosen, found[0]])]);
    });
    document.getElementById("clear-chosen").addEventListener("click", () => atlas.choose([]));
  }

  /** Move the cursor of the adoption curve with the day. */
  const curve = document.querySelector("[data-curve]");
  const paint = atlas.paint;
  atlas.paint = function (day) {
    paint(day);
    document.getElementById("date").value = day;
    document.querySelectorAll(".present #legend li").forEach((entry) => {
      entry.hidden = entry.querySelector(".count").textContent === "0";
    });
    if (!curve) return;
    const [from, to] = curve.dataset.curve.split(" ").map(Date.parse);
    const share = (Date.parse(day) - from) / (to - from);
    curve.style.setProperty("--day", Math.max(0, Math.min(1, share)));
  };

  if (plain && atlas.line) atlas.choose([...atlas.chosen]);
})(window.atlas);
