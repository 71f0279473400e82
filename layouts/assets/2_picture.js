/* Paint a day: counties, names, legend, words and the cursor in the curve, straight into the page.
   Colors come from the style sheet by `data-look`; plotly's own state follows when the day rests. */
(function (atlas) {
  const SVG = "http://www.w3.org/2000/svg";

  // Plotly asks for an outline of the world even when it is hidden; give it an empty one.
  const empty = { type: "GeometryCollection", geometries: [] };
  window.PlotlyGeoAssets = {
    topojson: {
      world_110m: {
        type: "Topology",
        arcs: [],
        objects: { coastlines: empty, land: empty, ocean: empty, lakes: empty, rivers: empty,
                   countries: empty, subunits: empty },
      },
    },
  };

  atlas.plot = (id) => document.querySelector(`#${id} .js-plotly-plot`);
  const counties = () => document.querySelectorAll(".map-box path[data-fips]");
  /** Write a text where it differs; tell whether it did. */
  function set(node, text) {
    if (!node || node.textContent === text) return false;
    node.textContent = text;
    return true;
  }

  const spreads = {}; // the steps of a curve's words, read once

  /** Paint everything that depends on the day. */
  atlas.paint = function (day) {
    const { line } = atlas;
    if (!line) return;
    const layer = line.layer || line; // what colors the map: LEAD itself, or a measure
    const looks = {};
    const look = (fips) => (looks[fips] ??= atlas.lookOn(line, fips, day));
    const view = atlas.viewOn(layer, day);
    const measured = (fips, place) => atlas.valueIn(layer, view, fips, place);
    counties().forEach((path) => {
      const { fips } = path.dataset;
      const place = line.layer ? atlas.lookOn(layer, fips, day) : look(fips);
      paintCounty(path, layer.looks[place], line.layer ? measured(fips, place) : layer.words[place]);
    });
    document.querySelectorAll("[data-value-of]").forEach((node) => {
      const fips = node.dataset.valueOf;
      set(node, line.layer ? measured(fips, atlas.lookOn(layer, fips, day)) : "");
    });
    if (line.layer) outlineLead(day);
    document.querySelectorAll("[data-look-of]").forEach((node) => {
      node.dataset.look = line.looks[look(node.dataset.lookOf)];
    });
    let changed = false;
    document.querySelectorAll("[data-words-of]").forEach((node) => {
      changed = set(node, line.words[look(node.dataset.wordsOf)]) || changed;
    });
    if (changed) atlas.tidyTable();
    document.querySelectorAll(".map-name").forEach((name) => {
      const { fips } = name.dataset;
      const shown = line.looks[look(fips)] !== "none_found" || atlas.chosen.has(fips);
      name.setAttribute("display", shown ? "inline" : "none");
    });
    document.querySelectorAll("[data-count]").forEach((node) => {
      set(node, String(view.counts[layer.looks.indexOf(node.dataset.count)]));
    });
    set(document.getElementById("headline"), view.headline);
    set(document.getElementById("detail"), view.detail);
    set(document.getElementById("doubt"), view.doubt);
    document.querySelectorAll(".day-words").forEach((node) => set(node, atlas.dayWords(day)));
    document.querySelectorAll("[data-spread]").forEach((node) => {
      const { spread: text } = node.dataset;
      const spread = atlas.stepOn((spreads[text] ??= JSON.parse(text)), day);
      set(node, atlas.say("On {day}: {spread}.", { day: atlas.dayWords(day), spread }));
    });
    paintSlider(day);
    paintCursor(day);
    document.querySelectorAll("[data-download]").forEach((link) => {
      const { download } = link.dataset;
      const colored = line.layer && ["map.svg", "slides.pptx"].includes(download);
      let more = colored ? `&layer=${line.layer.name}` : "";
      const ofCounties = ["slides.pptx", "citation.txt", "citation.bib"].includes(download);
      if (atlas.chosen.size && ofCounties) more += `&counties=${[...atlas.chosen].join(",")}`;
      link.href = `/download/${link.dataset.download}?date=${day}${more}${atlas.spokenPart}`;
    });
  };

  function paintCounty(path, look, words) {
    if (path.dataset.look === look && path.atlasWords === words) return;
    path.dataset.look = look;
    path.atlasWords = words;
    path.replaceChildren(); // a title told the day that the picture was drawn for
    const name = atlas.say("{county} County", { county: atlas.line.counties[path.dataset.fips] });
    path.setAttribute("aria-label", `${name}. ${words}`);
  }

  let outlined = "";
  /** Outline the counties with LEAD over a map that is colored by something else. */
  function outlineLead(day) {
    const { line } = atlas;
    atlas.lead = {};
    Object.keys(line.steps).forEach((fips) => {
      const word = line.looks[atlas.lookOn(line, fips, day)];
      if (word === "running" || word === "unconfirmed") atlas.lead[fips] = "lead-running";
      if (word === "perhaps") atlas.lead[fips] = "lead-perhaps";
    });
    const now = JSON.stringify(atlas.lead);
    if (now !== outlined) atlas.outline();
    outlined = now;
  }

  function paintSlider(day) {
    const slider = document.getElementById("month");
    if (!slider) return;
    const value = String(atlas.monthOf(atlas.line, day));
    if (slider.value !== value) slider.value = value;
    slider.setAttribute("aria-valuetext", atlas.dayWords(day));
    const share = Number(value) / Number(slider.max || 1);
    slider.style.setProperty("--share", share);
  }

  function paintCursor(day) {
    const plot = atlas.plot("curve");
    const axis = plot && plot._fullLayout && plot._fullLayout.xaxis;
    if (!axis || !axis.d2p) return;
    let cursor = plot.parentNode.querySelector(".cursor");
    if (!cursor) {
      cursor = document.createElement("div");
      cursor.className = "cursor";
      plot.parentNode.appendChild(cursor);
    }
    cursor.style.transform = `translateX(${axis._offset + axis.d2p(day)}px)`;
  }

  /** Take over a map that plotly has drawn: names, outlines, focus, hover. */
  atlas.bindMap = function () {
    const plot = atlas.plot("map");
    const paths = [...document.querySelectorAll("#map path.choroplethlocation")];
    if (!plot || !paths.length || !atlas.line) return;
    paths[0].ownerSVGElement.setAttribute("role", "group"); // a picture could hold no buttons
    paths.forEach((path) => {
      const fips = path.__data__.loc;
      if (path.dataset.fips === fips) return;
      path.dataset.fips = fips;
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", "-1");
    });
    if (!paths.some((path) => path.getAttribute("tabindex") === "0")) {
      paths[0].setAttribute("tabindex", "0");
    }
    drawNames(plot);
    atlas.outline();
  };

  function overlay(plot) {
    let layer = plot.querySelector("svg.overlay");
    if (!layer) {
      layer = document.createElementNS(SVG, "svg");
      layer.setAttribute("class", "overlay");
      layer.setAttribute("aria-hidden", "true");
      layer.innerHTML = '<g class="outlines"></g><g class="names"></g>';
      plot.appendChild(layer);
    }
    return layer;
  }

  function drawNames(plot) {
    const names = overlay(plot).querySelector(".names");
    const project = plot._fullLayout.geo._subplot.projection;
    const { line } = atlas;
    Object.entries(line.labels).forEach(([fips, [lon, lat, shift]]) => {
      let text = names.querySelector(`[data-fips="${fips}"]`);
      if (!text) {
        text = document.createElementNS(SVG, "text");
        text.setAttribute("class", "map-name");
        text.dataset.fips = fips;
        text.textContent = line.counties[fips];
        names.appendChild(text);
      }
      const [x, y] = project([lon, lat]);
      text.setAttribute("x", x);
      text.setAttribute("y", y + shift + 4);
    });
  }

  /** Outline the chosen counties and the one in focus or under the pointer. */
  atlas.outline = function () {
    // While Dash's map takes the place of the first one, both are in the page.
    document.querySelectorAll(".map-box").forEach(outlineIn);
    document.querySelectorAll("#county-table tr[data-fips]").forEach((row) => {
      row.classList.toggle("chosen", atlas.chosen.has(row.dataset.fips));
    });
  };

  function outlineIn(box) {
    const layer = box.querySelector(".outlines");
    if (!layer) return;
    const copies = [];
    box.querySelectorAll("path[data-fips]").forEach((path) => {
      const { fips } = path.dataset;
      const kinds = atlas.line && atlas.line.layer && atlas.lead && atlas.lead[fips] ? [atlas.lead[fips]] : [];
      if (atlas.chosen.has(fips)) kinds.push("chosen");
      if (atlas.pointed === fips) kinds.push("pointed");
      path.setAttribute("aria-pressed", String(atlas.chosen.has(fips)));
      kinds.forEach((kind) => {
        const copy = document.createElementNS(SVG, "path");
        copy.setAttribute("d", path.getAttribute("d"));
        copy.setAttribute("class", kind);
        copies.push(copy);
      });
    });
    layer.replaceChildren(...copies);
  }

  /** Show the hover box of a county beside a point of the window; null hides it. */
  atlas.tell = function (fips, x, y) {
    let box = document.getElementById("told");
    if (!box) {
      box = document.createElement("div");
      box.id = "told";
      box.setAttribute("aria-hidden", "true");
      document.body.appendChild(box);
    }
    box.hidden = !fips;
    if (atlas.pointed !== fips) {
      atlas.pointed = fips;
      atlas.outline();
    }
    if (!fips) return;
    box.replaceChildren(...told(fips));
    const left = Math.min(x + 16, window.innerWidth - box.offsetWidth - 8);
    const below = y + 18 + box.offsetHeight < window.innerHeight;
    box.style.transform = `translate(${Math.max(8, left)}px, ${
      below ? y + 18 : Math.max(8, y - box.offsetHeight - 12)}px)`;
  };

  function told(fips) {
    const { line, day } = atlas;
    const part = (tag, text, kind) => {
      const node = document.createElement(tag);
      node.textContent = text;
      if (kind) node.className = kind;
      return node;
    };
    const programs = line.about[fips] || [];
    return [
      part("strong", atlas.say("{county} County", { county: line.counties[fips] })),
      ...(line.layer ? [part("p", atlas.valueIn(
        line.layer, atlas.viewOn(line.layer, day), fips, atlas.lookOn(line.layer, fips, day)))] : []),
      part("p", line.words[atlas.lookOn(line, fips, day)]),
      ...programs.flatMap(([agency, text]) => [part("b", agency), part("p", text)]),
      ...wayOn(fips, part),
    ];
  }

  /** What a choice brings; from a chosen county, a thumb comes to its page. */
  function wayOn(fips, part) {
    if (!atlas.chosen.has(fips)) {
      return [part("p", atlas.say("Click or press Enter to choose: programs, sources and trends."), "soft")];
    }
    if (!document.querySelector(".map-page") || !matchMedia("(hover: none)").matches) return [];
    const link = part("a", atlas.say("Open {county} County", { county: atlas.line.counties[fips] }));
    link.href = `/county/${fips}?date=${atlas.day}${atlas.spokenPart}`;
    link.tabIndex = -1; // the card of the county has the same, for all
    return [link];
  }
})(window.atlas);
