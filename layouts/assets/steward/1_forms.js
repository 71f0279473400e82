/* Pages of plain forms: the theme, and the correction that stays in the browser. */
(function (atlas) {
  const root = document.documentElement;
  if (!document.getElementById("app")) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    let kept = null;
    try { kept = localStorage.getItem("atlas-theme"); } catch (error) { /* a private window */ }
    root.setAttribute("data-mantine-color-scheme", kept || (dark ? "dark" : "light"));
    atlas.theme = function (scheme) {
      root.setAttribute("data-mantine-color-scheme", scheme);
      try { localStorage.setItem("atlas-theme", scheme); } catch (error) { /* a private window */ }
    };
  }

  const form = document.querySelector("form[data-correct]");
  if (!form) return;
  const MOST = 1800; // letters of a mail link that every mail program takes

  const lines = () => {
    const text = (name) => form.elements[name].value.trim();
    return [
      atlas.say("County: {name}", { name: text("county") || atlas.say("all of the state") }),
      atlas.say("What is wrong, and what is right: {text}", { text: text("wrong") }),
      atlas.say("Where it can be read: {text}", { text: text("source") }),
      atlas.say("Edition of the atlas: {edition}", { edition: form.dataset.correct }),
    ].join("\n\n");
  };

  const mail = form.querySelector("a[href^='mailto:']");
  if (mail) {
    mail.addEventListener("click", (event) => {
      if (!form.reportValidity()) return event.preventDefault();
      const county = form.elements.county.value || atlas.say("North Carolina");
      const subject = atlas.say("Correction to the LEAD atlas: {county}", { county });
      const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines().slice(0, MOST))}`;
      mail.href = `mailto:${encodeURIComponent(form.dataset.mail).replace("%40", "@")}?${query}`;
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => {
    if (!form.reportValidity()) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${lines()}\n`], { type: "text/plain;charset=utf-8" }));
    link.download = "correction.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  });
})(window.atlas);
