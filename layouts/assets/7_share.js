/* Share a view: its link, a frame for another page, and the map as a PNG made here. */
(function (atlas) {
  const FRAME = "width:100%;aspect-ratio:5/3;min-height:max(790px,1200px - 100vw);border:0";

  /** Give the address of the view that is shown, without what is only of this window. */
  function address(more) {
    const url = new URL(window.location);
    url.hash = "";
    url.searchParams.delete("theme");
    Object.entries(more || {}).forEach(([name, value]) => url.searchParams.set(name, value));
    if (atlas.line && document.getElementById("month")) url.searchParams.set("date", atlas.day);
    return url.toString().replaceAll("%2C", ",");
  }

  const texts = {
    link: () => address(),
    embed: () => `<iframe src="${address({ embed: "1" })}" title="${document.title}" style="${FRAME}" loading="lazy"></iframe>`,
  };

  function fill() {
    document.querySelectorAll("[data-share]").forEach((node) => {
      node.textContent = texts[node.dataset.share]();
    });
  }
  document.addEventListener("toggle", (event) => {
    if (event.target.className === "share" && event.target.open) fill();
  }, true);

  const openBox = () => document.querySelector("details.share[open]");
  document.addEventListener("keydown", (event) => {
    const box = event.key === "Escape" && openBox();
    if (!box) return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  document.addEventListener("focusout", ({ relatedTarget }) => {
    const box = relatedTarget && openBox();
    if (box && !box.contains(relatedTarget)) box.open = false;
  });

  const tell = (words) => document.querySelectorAll(".copied").forEach((node) => { node.textContent = words; });

  atlas.copy = function (kind) {
    fill();
    const text = texts[kind]();
    const done = () => tell(atlas.say("Copied."));
    const failed = () => tell(atlas.say("The browser does not allow copying; mark the text and copy it."));
    if (!navigator.clipboard) return failed();
    return navigator.clipboard.writeText(text).then(done, failed);
  };

  function keep(href, name) {
    const link = document.createElement("a");
    link.href = href;
    link.download = name;
    link.click();
  }

  /** Keep what was made here under a name. */
  atlas.keepMade = function (blob, name) {
    const made = URL.createObjectURL(blob);
    keep(made, name);
    setTimeout(() => URL.revokeObjectURL(made), 1000);
  };

  /** Fetch a file that the server makes first, and say how it goes. */
  atlas.fetchFile = async function (href, name) {
    tell(atlas.say("Making {name} …", { name }));
    try {
      const answer = await fetch(href);
      if (!answer.ok) return tell(await answer.text());
      const [, told] = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition")) || [];
      atlas.keepMade(await answer.blob(), told || name);
      return tell(atlas.say("{name} is made.", { name }));
    } catch (error) {
      return tell(atlas.say("{name} could not be fetched: the server does not answer. Please try again.", { name }));
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".share-box a[data-download]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    atlas.fetchFile(link.href, link.dataset.download);
  });

  /** Keep a picture of a panel: as the SVG that the server draws, or as a PNG made of it here. */
  atlas.picture = function (kind, choice) {
    const [panel, size] = ["panel", "size"].map((name) => choice.querySelector(`[name=${name}]`).value);
    const shown = atlas.line && document.getElementById("month");
    const counties = shown && atlas.chosen.size ? `&counties=${[...atlas.chosen].join(",")}` : "";
    const layer = shown && atlas.line.layer ? `&layer=${atlas.line.layer.name}` : "";
    const source = `/download/picture.svg?panel=${panel}&size=${size}${shown ? `&date=${atlas.day}` : ""}${counties}${layer}${atlas.spokenPart}`;
    const name = `lead-${panel}-${size}-on-${shown ? atlas.day : "today"}.${kind}`;
    if (kind === "svg") return keep(source, name);
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => {
        atlas.keepMade(blob, name);
        tell(atlas.say("The picture is made."));
      }, "image/png");
    };
    image.onerror = () => tell(atlas.say("The picture could not be made."));
    image.src = source;
    return undefined;
  };

  /** Let a link to another language lead to just this view of this page. */
  function speak(link) {
    if (!link) return;
    const url = new URL(window.location);
    const word = link.dataset.speak;
    if (word === "en") url.searchParams.delete("lang");
    else url.searchParams.set("lang", word);
    link.href = url.toString().replaceAll("%2C", ",");
  }

  // The presenter's screen opens on the view that is shown.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-carry]");
    if (link) link.href = link.pathname + new URL(address()).search;
    speak(event.target.closest && event.target.closest("a[data-speak]"));
    const box = openBox();
    if (box && !box.contains(event.target)) box.open = false;
  }, true);

  /** Copy what plotly has drawn as pictures that take any width. */
  atlas.copyOf = function (plot) {
    const { width, height } = plot.getBoundingClientRect();
    const sheet = document.createElement("div");
    sheet.className = "printed";
    sheet.style.aspectRatio = `${width} / ${height}`;
    plot.querySelectorAll(".main-svg, .overlay").forEach((svg) => {
      const copy = svg.cloneNode(true);
      copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
      copy.querySelectorAll("[clip-path]").forEach((part) => part.removeAttribute("clip-path"));
      sheet.append(copy);
    });
    return sheet;
  };

  // Plotly draws anew when the window is cut to a sheet, and is late for it: paper gets copies.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("#app .js-plotly-plot").forEach((plot) => {
      plot.after(plot.closest("#map") && atlas.mapCopy ? atlas.mapCopy : atlas.copyOf(plot));
    });
    if (atlas.line) atlas.paint(atlas.day);
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll(".printed").forEach((sheet) => sheet.remove());
  });
})(window.atlas);
