/* The stewards' grid: cells checked as they are typed, rows added and taken away, undo, saving.
   Nothing here makes markup of what people typed: all of it is set as text. */
(function (atlas) {
  const WAIT_MS = 150;
  const by = (id) => document.querySelector(`#app #${id}`);
  const bad = new Map(); // advice by row id and column
  const numbers = new Map(); // row numbers as a spreadsheet shows them, by row id
  const done = [];
  const undone = [];
  let told = null; // what the page tells of its table (layouts/pages/grid.py)
  let api = null;
  let typing = 0;
  let asked = 0;
  let nextId = 0;
  let dirty = false;
  let hand = null; // the cell in hand: row node and column

  const place = (id, column) => `${id} ${column}`;
  const columnOf = (name) => told.columns.find((column) => column.name === name);

  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
    atlasBad: (params) => Boolean(params.data) && bad.has(place(params.data._id, params.colDef.field)),
    atlasRow: (params) => (params.data && numbers.get(params.data._id)) || "",
    atlasTheme: (theme) => theme.withParams({
      backgroundColor: "var(--paper)", foregroundColor: "var(--ink)", textColor: "var(--ink)",
      headerBackgroundColor: "var(--paper)", headerTextColor: "var(--ink-soft)", borderColor: "var(--rule)",
      accentColor: "var(--accent)", fontFamily: "inherit", fontSize: 14, spacing: 6, wrapperBorderRadius: 2,
    }),
  });

  /* What is wrong and what it means, told beside the grid */

  async function check(column, text) {
    const query = new URLSearchParams({ table: told.table, column, text });
    const answer = await fetch(`/steward/cell?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json")) return null;
    return answer.json();
  }

  function show(name, reads, problem) {
    const column = columnOf(name);
    by("cell-name").textContent = column.label;
    by("cell-meaning").textContent = column.meaning + (column.needed ? " It must be filled." : "");
    by("cell-reads").textContent = reads;
    by("cell-reads").toggleAttribute("data-several", Boolean(column.several));
    by("cell-problem").textContent = problem;
    by("cell-problem").hidden = !problem;
    by("cell-choose").hidden = !column.several;
    by("cell-choose").textContent = `Choose ${column.label} … (Enter)`;
  }

  const words = (column, value) => {
    if (!column.several || !value) return "";
    const named = told.lists[column.several];
    return value.split("; ").map((key) => `· ${named[key] || key}`).join("\n");
  };

  /** Tell of the cell in hand: of a date also what it means. */
  async function tell(name, text, problem) {
    const column = columnOf(name);
    const mine = ++asked;
    show(name, words(column, text), problem);
    if (column.kind !== "edtf" || !text) return;
    const found = await check(name, text);
    if (!found || mine !== asked) return; // another cell is in hand by now
    show(name, found.meaning ? `Reads as: ${found.meaning}.` : "", found.problem || problem);
  }

  function onFocus(event) {
    const node = api.getDisplayedRowAtIndex(event.rowIndex);
    if (!node || !event.column) return;
    const asked = event.column.getColId();
    const name = columnOf(asked) ? asked : told.columns[0].name; // the row's number stands for the row
    hand = { node, name };
    tell(name, node.data[name] || "", bad.get(place(node.data._id, name)) || "");
  }

  function onInput(event) {
    if (!hand || !event.target.closest(".ag-cell-edit-wrapper, .ag-popup-editor, .ag-cell-inline-editing")) return;
    const { value } = event.target;
    const { name } = hand;
    clearTimeout(typing);
    typing = setTimeout(async () => {
      const mine = ++asked;
      const found = await check(name, value);
      if (found && mine === asked) show(name, found.meaning ? `Reads as: ${found.meaning}.` : "", found.problem);
    }, WAIT_MS);
  }

  function mark(node, name, problem) {
    if (problem) bad.set(place(node.data._id, name), problem);
    else bad.delete(place(node.data._id, name));
    api.refreshCells({ rowNodes: [node], columns: [name], force: true });
  }

  /** Check a cell that was changed, and put it as it is held. */
  async function settle(node, name) {
    const text = node.data[name] || "";
    const found = await check(name, text);
    if (!found || node.data[name] !== text) return;
    if (found.normal !== text) put(node, { [name]: found.normal });
    mark(node, name, found.problem);
    if (hand && hand.node === node && hand.name === name) {
      show(name, found.meaning ? `Reads as: ${found.meaning}.` : words(columnOf(name), text), found.problem);
    }
  }

  /* Changes, each of which can be taken back */

  const put = (node, cells) => {
    Object.assign(node.data, cells);
    api.refreshCells({ rowNodes: [node], force: true });
  };

  const rows = () => {
    const found = [];
    api.forEachLeafNode((node) => found.push(node.data));
    return found;
  };

  function number() {
    numbers.clear();
    rows().forEach((row, at) => numbers.set(row._id, at + 2));
    api.refreshCells({ columns: ["row"], force: true });
  }

  function perform(change, back) {
    if (change.cells) {
      const node = api.getRowNode(change.id);
      const cells = back ? change.was : change.cells;
      put(node, cells);
      Object.keys(cells).forEach((name) => settle(node, name));
      return;
    }
    if (change.adds !== back) {
      api.applyTransaction({ add: [change.row], addIndex: change.at });
      stand(api.getRowNode(change.row._id).rowIndex);
    } else {
      const { rowIndex } = api.getRowNode(change.row._id);
      api.applyTransaction({ remove: [change.row] });
      stand(rowIndex); // on the row that has come in its place
    }
    number();
  }

  /** Take a row in hand, so that the next key or button goes on from there. */
  function stand(rowIndex) {
    const last = api.getDisplayedRowCount() - 1;
    if (rowIndex === null || last < 0) return;
    api.ensureIndexVisible(Math.min(rowIndex, last));
    api.setFocusedCell(Math.min(rowIndex, last), (hand && hand.name) || told.columns[0].name);
  }

  function did(change) {
    done.push(change);
    undone.length = 0;
    touched();
  }

  function touched() {
    dirty = true;
    by("saved").textContent = "Not saved yet.";
    buttons();
  }

  function buttons() {
    const set = (name, on) => { document.querySelector(`#app [data-grid="${name}"]`).disabled = !on; };
    set("undo", done.length);
    set("redo", undone.length);
  }

  function onChanged(event) {
    const { node, colDef: { field } } = event;
    const old = event.oldValue ?? "";
    const now = event.newValue ?? "";
    node.data[field] = now;
    if (old === now) return;
    const cells = { [field]: now };
    const was = { [field]: old };
    if (field === "fips" && columnOf("county") && told.table !== "counties") {
      was.county = node.data.county;
      cells.county = told.counties[now] || (told.table === "partnerships" && !now ? "North Carolina" : "");
      put(node, { county: cells.county });
      settle(node, "county");
    }
    did({ id: node.id, cells, was });
    settle(node, field);
  }

  const position = (node) => rows().findIndex((row) => row._id === node.id);
  const inHand = () => hand && api.getRowNode(hand.node.id);

  function addRow(cells) {
    const node = inHand();
    const row = Object.fromEntries(told.columns.map(({ name }) => [name, cells ? cells[name] : ""]));
    row._id = `new${nextId += 1}`;
    const at = node ? position(node) + 1 : rows().length;
    const change = { adds: true, row, at };
    perform(change, false);
    did(change);
  }

  const actions = {
    add: () => addRow(null),
    copy: () => { const node = inHand(); if (node) addRow(node.data); },
    remove: () => {
      const node = inHand();
      if (!node) return;
      const change = { adds: false, row: node.data, at: position(node) };
      perform(change, false);
      did(change);
    },
    undo: () => {
      const change = done.pop();
      if (!change) return;
      perform(change, true);
      undone.push(change);
      touched();
    },
    redo: () => {
      const change = undone.pop();
      if (!change) return;
      perform(change, false);
      done.push(change);
      touched();
    },
    save: () => save(),
    choose: () => pick(),
    take: () => take(),
    leave: () => by("pick").close(),
  };

  /* Several rows of another table, as sources: chosen from a list */

  let picked = []; // in the order of choosing; the first is the main one

  function pick() {
    const column = hand && columnOf(hand.name);
    if (!column || !column.several) return;
    picked = (hand.node.data[hand.name] || "").split("; ").filter(Boolean);
    by("pick-name").textContent = `Choose ${column.label}`;
    by("pick-search").value = "";
    list("");
    by("pick").showModal();
    by("pick-search").focus();
  }

  function list(wanted) {
    const named = told.lists[columnOf(hand.name).several];
    const found = Object.keys(named).filter((key) => !picked.includes(key) &&
      `${key} ${named[key]}`.toLowerCase().includes(wanted));
    const entries = [...picked, ...found].map((key) => {
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", value: key, checked: picked.includes(key) });
      const label = document.createElement("label");
      const code = document.createElement("code");
      code.textContent = key;
      label.className = "check";
      label.append(box, code, ` ${named[key] || "not in the list"}`);
      const item = document.createElement("li");
      item.append(label);
      return item;
    });
    by("pick-list").replaceChildren(...entries);
  }

  function take() {
    const { node, name } = hand;
    const now = picked.join("; ");
    const old = node.data[name] || "";
    by("pick").close();
    if (now === old) return;
    put(node, { [name]: now });
    did({ id: node.id, cells: { [name]: now }, was: { [name]: old } });
    settle(node, name);
    tell(name, now, "");
  }

  /* Saving */

  const token = async () => (await (await fetch("/steward/token")).json()).csrf;

  async function send(body, csrf) {
    return fetch("/steward/rows", {
      method: "POST", body,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
    });
  }

  async function save() {
    api.stopEditing();
    const names = told.columns.map(({ name }) => name);
    const all = rows();
    const blank = all.filter((row) => names.every((name) => !row[name]));
    if (blank.length) {
      api.applyTransaction({ remove: blank });
      number();
    }
    const kept = all.filter((row) => !blank.includes(row));
    const body = JSON.stringify({
      table: told.table, base: told.base, version: told.version,
      rows: kept.map((row) => names.map((name) => row[name] || "")),
    });
    by("saved").textContent = "Saving …";
    let answer = null;
    try {
      answer = await send(body, told.csrf);
      if (answer.status === 403) answer = await send(body, told.csrf = await token());
    } catch (error) {
      by("saved").textContent = "The rows did not arrive: the connection was cut. Save them again.";
      return;
    }
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (!isJson) {
      by("saved").textContent = answer.redirected || answer.status === 403
        ? "You are signed out. Sign in in another window, then save again: your rows stay here."
        : (await answer.text()).trim().slice(0, 200) || "The rows were not saved.";
      return;
    }
    const found = await answer.json();
    if (!answer.ok) { by("saved").textContent = found.words; return; }
    if (blank.length) { done.length = 0; undone.length = 0; } // rows that are gone cannot come back
    told.version = found.version;
    dirty = false;
    markProblems(found.problems, kept);
    by("saved").textContent = said(found);
    buttons();
  }

  const said = (found) => {
    const count = found.problems.length + found.others;
    const wrong = count ? ` ${count} problem${count === 1 ? "" : "s"} to mend.` : " No problem was found.";
    const other = found.others ? ` ${found.others} of them in other tables.` : "";
    return `Saved to your draft. ${found.changes}${wrong}${other}`;
  };

  /** Mark what is wrong; row 2 is the first, as in a spreadsheet. */
  function markProblems(problems, all) {
    bad.clear();
    const entries = problems.map(([row, name, advice]) => {
      const data = all[row - 2];
      if (data) name.split(" and ").forEach((one) => bad.set(place(data._id, one), advice));
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "as-link";
      button.textContent = `${row ? `row ${row}, ` : ""}${name.replaceAll("_", " ")}`;
      button.disabled = !data;
      button.addEventListener("click", () => data && goTo(data._id, name.split(" and ")[0]));
      item.append(button, `: ${advice}`);
      return item;
    });
    by("sheet-problems").replaceChildren(...entries);
    by("sheet-problems-box").hidden = !problems.length;
    api.refreshCells({ force: true });
  }

  function goTo(id, name) {
    const node = api.getRowNode(id);
    if (!node || node.rowIndex === null) return;
    api.ensureIndexVisible(node.rowIndex, "middle");
    if (columnOf(name)) api.ensureColumnVisible(name);
    api.setFocusedCell(node.rowIndex, columnOf(name) ? name : told.columns[0].name);
  }

  /* Beginning */

  async function begin() {
    told = JSON.parse(document.querySelector("#app #sheet").dataset.told);
    api = await window.dash_ag_grid.getApiAsync("grid");
    api.addEventListener("cellFocused", onFocus);
    api.addEventListener("cellValueChanged", onChanged);
    api.addEventListener("cellDoubleClicked", pick);
    api.addEventListener("cellKeyDown", ({ event }) => { if (event.key === "Enter" || event.key === "F2") pick(); });
    number();
    markProblems(told.problems, rows());
    buttons();
    const asked = new URLSearchParams(window.location.search);
    const row = rows()[Number(asked.get("row")) - 2];
    if (row) goTo(row._id, asked.get("column") || "");
    by("sheet").dataset.ready = "yes";
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#app [data-grid]");
    if (button && api) actions[button.dataset.grid]();
  });
  // Leaving takes a new page: so the browser asks what to do with edits that are not saved, and the
  // page that comes has its language links.
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest(":is(.top, .bottom) a")) event.stopPropagation();
  }, true);
  document.addEventListener("input", (event) => {
    if (!api) return;
    if (event.target.id === "pick-search") return list(event.target.value.trim().toLowerCase());
    onInput(event);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.closest("#pick-list")) return;
    const { value, checked } = event.target;
    picked = picked.filter((key) => key !== value);
    if (checked) picked.push(value);
  });
  document.addEventListener("keydown", (event) => {
    if (!api) return;
    if (event.target.closest("#pick") && event.key === "Enter" && event.target.id === "pick-search") {
      event.preventDefault();
      const [first] = [...document.querySelectorAll("#app #pick-list input:not(:checked)")];
      if (first) first.click();
      return;
    }
    const edits = event.target.closest("input, textarea, select, dialog");
    if (edits || !(event.ctrlKey || event.metaKey)) return;
    const action = { z: event.shiftKey ? "redo" : "undo", y: "redo", s: "save" }[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  const found = new MutationObserver(() => {
    if (!document.querySelector("#app #sheet #grid") || !window.dash_ag_grid) return;
    found.disconnect();
    begin();
  });
  if (document.getElementById("sheet")) found.observe(document.body, { childList: true, subtree: true });
})(window.atlas);
