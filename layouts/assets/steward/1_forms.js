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
      `County: ${text("county") || "all of the state"}`,
      `What is wrong, and what is right: ${text("wrong")}`,
      `Where it can be read: ${text("source")}`,
      `Edition of the atlas: ${form.dataset.correct}`,
    ].join("\n\n");
  };

  const mail = form.querySelector("a[href^='mailto:']");
  if (mail) {
    mail.addEventListener("click", () => {
      const county = form.elements.county.value || "North Carolina";
      const query = `subject=${encodeURIComponent(`Correction to the LEAD atlas: ${county}`)}&body=${encodeURIComponent(lines().slice(0, MOST))}`;
      mail.href = `mailto:${encodeURIComponent(form.dataset.mail).replace("%40", "@")}?${query}`;
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${lines()}\n`], { type: "text/plain;charset=utf-8" }));
    link.download = "correction.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  });
})(window.atlas);
