/* Look the history up. No rule of status lives here: the server sends every change, and this
   finds the last one on or before a day. */
window.atlas = {};

(function (atlas) {
  const spoken = document.documentElement.lang || "en";
  const told = document.getElementById("said");
  const said = told ? JSON.parse(told.textContent) : {};
  const days = new Intl.DateTimeFormat(spoken === "en" ? "en-GB" : `${spoken}-US`,
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  /** Say a text in the language of the page; `{name}` in it stands for a part. */
  atlas.say = (text, parts = {}) =>
    (said[text] || text).replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);

  /** The language as an address tells it: nothing for English. */
  atlas.spoken = spoken === "en" ? "" : spoken;

  /** The same as a further part of a query. */
  atlas.spokenPart = atlas.spoken && `&lang=${atlas.spoken}`;

  const names = (count, day, shape) => {
    const format = new Intl.DateTimeFormat(spoken, { ...shape, timeZone: "UTC" });
    return Array.from({ length: count }, (_, place) => format.format(day(place)));
  };
  const month = (place) => new Date(Date.UTC(2000, place, 1));
  const months = names(12, month, { month: "long" });

  // The box for the day writes its months with these, which Dash's dates look for under this name.
  if (atlas.spoken) {
    const weekday = (place) => new Date(Date.UTC(2000, 9, 1 + place)); // a Sunday is the first
    window[`dayjs_locale_${spoken}`] = {
      name: spoken,
      months,
      monthsShort: names(12, month, { month: "short" }),
      weekdays: names(7, weekday, { weekday: "long" }),
      weekdaysShort: names(7, weekday, { weekday: "short" }),
      weekdaysMin: names(7, weekday, { weekday: "short" }),
      ordinal: (number) => number,
      formats: {},
    };
  }

  /** Give the last row whose day (by `dayOf`) is not after `day`, or undefined. ISO days sort as text. */
  function lastBy(rows, day, dayOf) {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (dayOf(rows[middle]) <= day) low = middle + 1;
      else high = middle;
    }
    return rows[low - 1];
  }

  /** Give what holds on a day, of steps as `[ISO day, what]`. */
  atlas.stepOn = (steps, day) => (lastBy(steps, day, (row) => row[0]) || [])[1];

  /** Give the position in `line.looks` of a county's look on a day. */
  atlas.lookOn = (line, fips, day) => atlas.stepOn(line.steps[fips] || [], day) ?? line.looks.length - 1;

  /** Give headline, detail and counts of a day, in words. */
  atlas.viewOn = function (line, day) {
    const view = lastBy(line.views, day, (row) => row.day) || line.views[0];
    return { ...view, headline: view.headline.replace("{day}", atlas.dayWords(day)) + "." };
  };

  /** Say a county's value in a view of a measure (`layer`), or that it has none and why. */
  atlas.valueIn = function (layer, view, fips, look) {
    const value = view.values[fips];
    if (!value) return atlas.say(layer.told.none, { value: layer.words[look] });
    const kind = view.unsteady.includes(fips) ? "unsteady" : "steady";
    return atlas.say(layer.told[kind], { value });
  };

  atlas.dayWords = function (iso) {
    return days.format(new Date(iso));
  };

  const [before] = new Intl.DateTimeFormat(`${spoken}-US`).formatToParts();

  /** Read a whole day as the language of the page writes it, or ISO's; null where it is none. */
  atlas.readDay = function (text) {
    const parts = text.toLowerCase().match(/\d+|\p{L}{3,}/gu) || [];
    const named = parts.findIndex((part) => !/\d/.test(part));
    let order = named === 0 || (named < 0 && before.type === "month") ? "mdy" : "dmy";
    if (named < 0 && /^\d{4}$/.test(parts[0])) order = "ymd";
    const [year, month, day] = [..."ymd"].map((letter) => parts[order.indexOf(letter)]);
    const place = named < 0 ? month - 1 : months.findIndex((name) => name.toLowerCase().startsWith(month));
    const read = new Date(Date.UTC(year, place, day));
    const real = parts.length === 3 && /^\d{4}$/.test(year) &&
      read.getUTCMonth() === place && read.getUTCDate() === Number(day);
    return real ? read.toISOString().slice(0, 10) : null;
  };

  /** Give the slider's value of a day: whole months since the first. */
  atlas.monthOf = function (line, iso) {
    const [year, month] = iso.split("-").map(Number);
    const [firstYear, firstMonth] = line.first.split("-").map(Number);
    return Math.max(0, 12 * (year - firstYear) + month - firstMonth);
  };

  /** Give the day a slider's value stands for: the month's last day, never after `line.last`. */
  atlas.dayOfMonth = function (line, value) {
    const [year, month] = line.first.split("-").map(Number);
    const end = new Date(Date.UTC(year, month + Number(value), 0)).toISOString().slice(0, 10);
    return end > line.last ? line.last : end;
  };

  /** Give the nearest day, before (-1) or after (1), on which any county changes; else the end. */
  atlas.changeFrom = function (line, day, direction) {
    const days = line.views.map((view) => view.day);
    if (direction > 0) return days.find((other) => other > day) || line.last;
    return days.filter((other) => other < day).pop() || line.first;
  };
})(window.atlas);
