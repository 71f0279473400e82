/* Forms that are the query of the page's address: each change is shown at once. */
(function (atlas) {
  /** Write a form's fields as a query, without what is empty. */
  function queryOf(form) {
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    return new URLSearchParams(fields).toString().replaceAll("%2C", ",");
  }

  const HANDED = "atlas-field"; // the field in hand, for the time of one loading
  const selector = ({ name, type, value }) =>
    `[name="${name}"]:not([type="hidden"])${type === "checkbox" ? `[value="${value}"]` : ""}`;

  /** Go to what a form asks for, and keep the field in hand where it was. */
  function send(form, field) {
    const query = queryOf(form);
    if (!atlas.dashStands) return form.submit();
    atlas.handed = field && field.name && selector(field);
    form.dataset.sent = "yes";
    window.dash_clientside.set_props("url", { search: query ? `?${query}` : "" });
  }

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.dataset.live === "change") send(form, event.target);
    if (form && form.dataset.whole) {
      form.elements.date.value = atlas.day;
      try { sessionStorage.setItem(HANDED, selector(event.target)); } catch (error) { /* a private window */ }
      form.submit(); // the map with another coloring is another page
    }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.live) return;
    event.preventDefault();
    send(event.target, document.activeElement);
  });

  /** Send a file with a bar that tells how far it is, and show at once what stands in the way. */
  function upload(form) {
    const problem = form.querySelector(".problem");
    const bar = form.querySelector("progress");
    const file = form.elements.file.files[0];
    const limit = Number(form.dataset.upload);
    problem.textContent = "";
    if (file && file.size > limit) {
      const size = Math.round(limit / 1e6);
      problem.textContent = atlas.say("The file is larger than {size} MB. Cut it to North Carolina first.", { size });
      return;
    }
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => { bar.value = event.total ? event.loaded / event.total : 0; };
    request.onerror = () => end(atlas.say("The file did not arrive: the connection was cut. Send it again."));
    request.onload = () => (request.status < 400
      ? window.location.assign(request.responseURL)
      : end(request.responseText.trim() || atlas.say("The file was not taken.")));
    const end = (words) => { bar.hidden = true; problem.textContent = words; };
    bar.hidden = false;
    request.open("POST", form.action);
    request.send(new FormData(form));
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.upload) return;
    event.preventDefault();
    upload(event.target);
  });

  /** Put the focus back on the field that was changed, once its page stands anew. */
  atlas.handBack = function () {
    if (!atlas.handed || document.getElementById("first-paint")) return;
    const field = document.querySelector(`#app form:is([data-live]:not([data-sent]), [data-whole]) ${atlas.handed}`);
    if (!field || field === document.activeElement) return;
    field.focus();
    atlas.handed = null;
  };

  try {
    atlas.handed = sessionStorage.getItem(HANDED);
    sessionStorage.removeItem(HANDED);
  } catch (error) { /* a private window */ }
})(window.atlas);
