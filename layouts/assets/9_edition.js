/* A newer edition reaches pages that are open: the page is loaded again where it stands. */
(function (atlas) {
  const shown = document.documentElement.dataset.edition;
  const KEPT = "atlas-place"; // where the page stood, for the time of one loading
  const FIRST_MS = 1500;
  const EVERY_MS = 500;
  const HELD_MS = 10000;
  let typed = false;
  let bar = null;

  /** Stand where the page stood before it was loaded again, once it is long enough for that. */
  function takePlace() {
    let told = null;
    try {
      told = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch (error) { /* a private window */ }
    if (!told || told.address !== window.location.pathname + window.location.search) return;
    if (told.panel) setTimeout(() => atlas.show && atlas.show(told.panel)); // later code shows panels
    let left = true;
    const stop = () => { left = false; };
    ["wheel", "touchstart", "keydown", "pointerdown"].forEach((name) => window.addEventListener(name, stop, { once: true, passive: true }));
    setTimeout(stop, HELD_MS);
    const stand = () => {
      if (!left) return;
      if (Math.abs(window.scrollY - told.top) > 1) window.scrollTo({ top: told.top, behavior: "instant" });
      requestAnimationFrame(stand);
    };
    stand();
  }

  function loadAgain() {
    const panels = [...document.querySelectorAll("[data-panel]")];
    const told = {
      address: window.location.pathname + window.location.search,
      top: window.scrollY,
      panel: panels.findIndex((panel) => !panel.hidden) + 1,
    };
    try { sessionStorage.setItem(KEPT, JSON.stringify(told)); } catch (error) { /* a private window */ }
    window.location.reload();
  }

  const isTyped = (field) => field.matches("input:not([type=range]), textarea, select") &&
    field.closest("form, dialog") && field.id !== "date" && !field.closest("form[data-live]");
  const isBusy = () => typed || atlas.plays() ||
    Boolean(document.activeElement && document.activeElement.matches("textarea, input[type=text], input:not([type]), [contenteditable]"));

  function tell() {
    if (bar || document.querySelector('[data-plain="present"]')) return;
    bar = document.createElement("p");
    bar.className = "newer";
    bar.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = atlas.say("Show it");
    button.addEventListener("click", loadAgain);
    bar.append(atlas.say("A newer edition was published."), " ", button);
    document.body.append(bar);
  }

  async function look() {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch("/edition", { cache: "no-store" });
        const told = answer.ok ? (await answer.json()).edition : shown;
        if (told !== shown && !isBusy()) return loadAgain();
        if (told !== shown) tell();
      } catch (error) { /* the server is away; it is asked again */ }
    }
    setTimeout(look, EVERY_MS);
  }

  takePlace();
  if (!shown) return; // no newer edition can come: nothing is ever asked
  document.addEventListener("input", (event) => { typed = typed || Boolean(isTyped(event.target)); }, true);
  document.addEventListener("submit", () => { typed = false; }, true);
  setTimeout(look, FIRST_MS);
})(window.atlas);
