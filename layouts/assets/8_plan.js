/* A county's questions: answers stay in this browser; they order the steps and fill the slides. */
(function (atlas) {
  const VERSION = 1;
  const WORDS = ["yes", "no", "unsure"];
  const MOST_BYTES = 100000;
  const form = () => document.querySelector("#app form[data-plan], #first-paint form[data-plan]");
  const key = (fips) => `atlas-answers-${fips}`;
  const tell = (words) => document.querySelectorAll(".plan-told").forEach((node) => { node.textContent = words; });
  const questions = (of) => [...of.querySelectorAll("[data-question]")];

  /** Read what is answered and noted in the form. */
  function given(of) {
    const held = { version: VERSION, county: of.dataset.plan, answers: {}, notes: {} };
    questions(of).forEach(({ dataset: { question } }) => {
      const answer = of.elements[question].value;
      const note = of.elements[`note-${question}`].value.trim();
      if (answer) held.answers[question] = answer;
      if (note) held.notes[question] = note;
    });
    return held;
  }

  /** Put answers into the form; tell what was left out. */
  function fill(of, held) {
    const known = questions(of).map((node) => node.dataset.question);
    let left = 0;
    const part = (name) => (held[name] && typeof held[name] === "object" ? held[name] : {});
    const [answers, notes] = [part("answers"), part("notes")];
    known.forEach((id) => {
      const answer = WORDS.includes(answers[id]) ? answers[id] : "";
      if (answers[id] && !answer) left += 1;
      [...of.elements[id]].forEach((choice) => { choice.checked = choice.value === answer; });
      const note = of.elements[`note-${id}`];
      note.value = typeof notes[id] === "string" ? notes[id].slice(0, 500) : "";
      note.closest("details").open = Boolean(note.value);
    });
    left += Object.keys({ ...answers, ...notes }).filter((id) => !known.includes(id)).length;
    return left;
  }

  function answeredWords(n, total) {
    const parts = { n, total };
    if (n === 0) return atlas.say("None of the {total} questions is answered: the steps follow from the sources.", parts);
    if (n === 1) return atlas.say("1 of {total} questions is answered.", parts);
    return atlas.say("{n} of {total} questions are answered.", parts);
  }

  /** Show the next steps: by rank, then in the order of the questions. */
  function order(of) {
    const { answers } = given(of);
    const list = document.querySelector("#app .steps") || document.querySelector(".steps");
    const ranked = questions(of).map(({ dataset }) => ({
      id: dataset.question, ...JSON.parse(dataset.rule)[answers[dataset.question] || ""],
    }));
    const next = ranked.filter((one) => one.rank !== null).sort((a, b) => a.rank - b.rank);
    [...next, ...ranked.filter((one) => one.rank === null)].forEach((one, place) => {
      const step = list.querySelector(`[data-step="${one.id}"]`);
      step.hidden = one.rank === null || place >= Number(list.dataset.most);
      step.querySelector(".why").textContent = one.why;
      list.append(step);
    });
    const count = Object.keys(answers).length;
    document.querySelectorAll(".answered").forEach((node) => {
      node.textContent = answeredWords(count, ranked.length);
    });
  }

  function keep(of) {
    try { localStorage.setItem(key(of.dataset.plan), JSON.stringify(given(of))); } catch (error) { /* a private window */ }
  }

  /** A page of questions has come: bring back what was answered here before. */
  atlas.bindPlan = function () {
    const of = document.querySelector("#app form[data-plan]");
    if (!of || of.dataset.bound) return;
    of.dataset.bound = "yes";
    let held = null;
    try { held = JSON.parse(localStorage.getItem(key(of.dataset.plan))); } catch (error) { /* damaged or private */ }
    if (!held || typeof held !== "object") return;
    fill(of, held);
    order(of);
  };

  document.addEventListener("input", (event) => {
    const of = event.target.closest && event.target.closest("form[data-plan]");
    if (!of) return;
    keep(of);
    if (event.target.type === "radio") order(of);
  });

  /** Open a saved file of answers. */
  async function open(file) {
    const of = form();
    if (file.size > MOST_BYTES) return tell(atlas.say("The file is larger than 100 kB, so it is no file of answers saved from this page."));
    let held;
    try { held = JSON.parse((await file.text()).replace(/^\uFEFF/, "")); } catch (error) {
      return tell(atlas.say("The file is not JSON, so it cannot be read; choose a file of answers saved from this page, unchanged."));
    }
    if (!held || typeof held !== "object" || held.version !== VERSION) {
      return tell(atlas.say("The file holds no answers of this version; choose a file saved from this page."));
    }
    if (held.county !== of.dataset.plan) {
      return tell(atlas.say("These answers are of another county; open them on that county's page."));
    }
    const left = fill(of, held);
    keep(of);
    order(of);
    return tell(left
      ? atlas.say("Opened; {n} that are no questions or answers here were left out.", { n: left })
      : atlas.say("Opened."));
  }
  document.addEventListener("change", (event) => {
    if (event.target.name !== "saved" || !event.target.files.length) return;
    open(event.target.files[0]);
    event.target.value = "";
  });

  atlas.plan = {
    print: () => window.print(),
    save() {
      const of = form();
      const blob = new Blob([`${JSON.stringify(given(of), null, 1)}\n`], { type: "application/json" });
      atlas.keepMade(blob, `answers-${of.dataset.plan}.json`);
      tell(atlas.say("Saved."));
    },
    clear() {
      const of = form();
      if (!window.confirm(atlas.say("Clear all answers and notes for this county?"))) return;
      fill(of, {});
      try { localStorage.removeItem(key(of.dataset.plan)); } catch (error) { /* a private window */ }
      order(of);
      tell(atlas.say("Cleared."));
    },
  };

  // Slides are asked for with the answers, which the server does not keep.
  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.planSlides) return;
    event.target.elements.answers.value = JSON.stringify(given(form()));
  });
})(window.atlas);
