// Search and filters of the page, kept in the fragment of its address: #verdict=refuted&q=reset, #claim=stateful/k-predicts-b.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const finder = document.querySelector(".finder");
  const status = finder.querySelector("[role=status]");
  const onlyTold = finder.querySelector(".only");
  const list = document.getElementById("claims");
  const groups = [...document.querySelectorAll(".group")];
  const boxes = [...form.querySelectorAll("input[name=verdict]")];
  const selects = [...form.querySelectorAll("select")];
  const search = form.elements.q;
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const plain = (text) => text.replace(/\s+/g, " ");
  const claims = [...document.querySelectorAll("details.claim")].map((element) => ({ element, line: "", told: "" }));
  const byId = new Map(claims.map((claim) => [claim.element.dataset.id, claim]));
  const byAnchor = new Map(claims.map((claim) => [claim.element.id, claim]));
  const views = [...document.querySelectorAll("a[data-view]")];
  let opened = ""; // the id of the claim in the address
  let only = []; // the ids of the claims that explain a symptom
  let isRead = false; // whether the texts of the claims were read, which the first search does

  document.documentElement.classList.add("scripted");
  for (const select of selects) {
    for (const option of select.options) option.dataset.name = option.textContent;
  }
  // Without a script such a link leads to the claims, or to the first of them.
  for (const link of views) link.setAttribute("href", `#${link.dataset.view}`);
  // What fills a screen of a phone is folded there.
  for (const folded of document.querySelectorAll("details[data-wide]")) {
    folded.open = matchMedia(`(min-width: ${folded.dataset.wide})`).matches;
  }

  // All that is told of a claim can be found, folded or not; the values of single seeds are left to the data.
  function read() {
    if (isRead) return;
    isRead = true;
    for (const claim of claims) {
      const [summary, told] = claim.element.children;
      claim.line = plain(summary.textContent).toLowerCase();
      const parts = told.querySelectorAll("p:not(.seeds), li, h5, figcaption");
      claim.told = plain([...parts].map((part) => part.textContent).join(" · "));
      claim.text = `${claim.line} ${claim.told.toLowerCase()}`;
    }
  }

  function wanted() {
    const choice = Object.fromEntries(selects.map((select) => [select.name, select.value]));
    return { ...choice, verdict: boxes.filter((box) => box.checked).map((box) => box.value), q: search.value.trim() };
  }

  // Which facets a claim misses; it is shown where it misses none, and counted for a facet that it misses alone.
  function misses(claim, want, sought) {
    const has = claim.element.dataset;
    const missed = selects
      .filter(({ name }) => want[name] && !(name === "part" || name === "topic" ? has[name].split(" ") : [has[name]]).includes(want[name]))
      .map(({ name }) => name);
    if (want.verdict.length && !want.verdict.includes(has.verdict)) missed.push("verdict");
    if (!sought.every((word) => claim.text.includes(word))) missed.push("q");
    if (only.length && !only.includes(has.id)) missed.push("only");
    return missed;
  }

  // Below a claim whose line has not all words: where one of them stands.
  function quote(claim, sought) {
    const line = claim.element.querySelector(".claimed");
    line.querySelector(".hit")?.remove();
    const missing = sought.find((one) => !claim.line.includes(one));
    if (!missing) return;
    const told = claim.told.toLowerCase();
    const phrase = sought.join(" ");
    const word = told.includes(phrase) ? phrase : missing;
    const at = told.indexOf(word);
    const start = Math.max(0, at - 40);
    const hit = document.createElement("span");
    const mark = document.createElement("mark");
    hit.className = "hit";
    mark.textContent = claim.told.slice(at, at + word.length);
    hit.append(start ? "… " : "", claim.told.slice(start, at), mark, claim.told.slice(at + word.length, at + word.length + 60), " …");
    line.append(hit);
  }

  function show() {
    const want = wanted();
    const sought = words(want.q);
    const counts = {};
    let shown = 0;
    const count = (facet, value) => {
      counts[facet] ??= {};
      counts[facet][value] = (counts[facet][value] ?? 0) + 1;
    };
    if (sought.length) read();
    for (const claim of claims) {
      const missed = misses(claim, want, sought);
      claim.element.hidden = missed.length > 0;
      shown += missed.length === 0;
      if (!missed.length) quote(claim, sought);
      for (const facet of ["verdict", ...selects.map((select) => select.name)]) {
        if (missed.length && !(missed.length === 1 && missed[0] === facet)) continue;
        count(facet, "");
        const value = claim.element.dataset[facet];
        for (const one of facet === "part" || facet === "topic" ? value.split(" ") : [value]) if (one) count(facet, one);
      }
    }
    for (const group of groups) group.hidden = !group.querySelector("details.claim:not([hidden])");
    for (const box of boxes) box.parentElement.querySelector(".count").textContent = counts.verdict?.[box.value] ?? 0;
    for (const select of selects) {
      for (const option of select.options) {
        const number = counts[select.name]?.[option.value] ?? 0;
        option.textContent = `${option.dataset.name} (${number})`;
        option.disabled = number === 0 && option.value !== "" && !option.selected;
      }
    }
    const all = claims.length === 1 ? "1 claim" : `${claims.length} claims`;
    const told = shown === claims.length ? `All ${all}.` : shown ? `${shown} of ${all}.` : `None of ${all} fits.`;
    if (status.textContent !== told) status.textContent = told;
    const names = chosen(want);
    onlyTold.textContent = names.length ? `Only: ${names.join("; ")}.` : "";
    document.documentElement.classList.toggle("filtering", names.length > 0);
  }

  // What is chosen, in the words of the page.
  function chosen(want) {
    const symptom = views.find((link) => link.dataset.view === `only=${only.join(",")}`);
    return [
      ...(only.length ? [symptom ? symptom.textContent : "chosen claims"] : []),
      ...(want.verdict.length ? [want.verdict.join(" or ")] : []),
      ...selects.filter((select) => select.value).map((select) => select.selectedOptions[0].dataset.name),
      ...(want.q ? [`“${want.q}”`] : []),
    ];
  }

  function address(want) {
    const fields = new URLSearchParams();
    if (only.length) fields.set("only", only.join(","));
    if (want.verdict.length) fields.set("verdict", want.verdict.join(","));
    for (const { name } of selects) if (want[name]) fields.set(name, want[name]);
    if (want.q) fields.set("q", want.q);
    if (opened) fields.set("claim", opened);
    return `#${fields.toString().replaceAll("%2F", "/").replaceAll("%2C", ",")}`;
  }

  function remember() {
    const hash = address(wanted());
    if (hash !== location.hash && !(hash === "#" && !location.hash)) history.replaceState(null, "", hash);
  }

  function reveal(claim) {
    const { element } = claim;
    opened = element.dataset.id;
    if (element.hidden) {
      only = [];
      form.reset();
      show();
    }
    element.open = true;
    element.querySelector("summary").focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  }

  // The list, from its top; the keyboard goes on from there.
  function toList() {
    list.focus({ preventScroll: true });
    list.scrollIntoView({ block: "start" });
  }

  // A chapter, which may be folded.
  function unfold(target) {
    for (let one = target.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
    target.scrollIntoView({ block: "start" });
  }

  // What the address says: fields, the anchor of a claim as the links of the page have it, or another anchor.
  function follow() {
    const fragment = location.hash.slice(1);
    if (byAnchor.has(fragment)) {
      reveal(byAnchor.get(fragment));
      remember();
      return;
    }
    if (fragment && !fragment.includes("=")) {
      const target = document.getElementById(fragment);
      if (target) unfold(target);
      return;
    }
    const fields = new URLSearchParams(fragment);
    const verdicts = (fields.get("verdict") ?? "").split(",");
    for (const box of boxes) box.checked = verdicts.includes(box.value);
    for (const select of selects) {
      const value = fields.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    search.value = fields.get("q") ?? "";
    only = (fields.get("only") ?? "").split(",").filter((id) => byId.has(id));
    opened = "";
    show();
    for (const id of only) byId.get(id).element.open = true;
    const claim = byId.get(fields.get("claim"));
    if (claim) reveal(claim);
    else if (chosen(wanted()).length) toList();
  }

  // The control for the search stands outside of the form, and its events pass the form by.
  function changed() {
    show();
    remember();
  }
  for (const kind of ["input", "change"]) form.addEventListener(kind, changed);
  search.addEventListener("input", () => {
    changed();
    if (search.value && list.getBoundingClientRect().top > finder.getBoundingClientRect().bottom) list.scrollIntoView();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      toList();
    }
  });
  form.addEventListener("reset", () => {
    only = [];
    requestAnimationFrame(changed);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const { element } of claims) {
    element.addEventListener("toggle", () => {
      if (only.includes(element.dataset.id)) return;
      if (element.open) opened = element.dataset.id;
      else if (opened === element.dataset.id) opened = "";
      remember();
    });
  }
  // A link to where the address is already changes nothing in it, and leads there all the same.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && link.hash === location.hash) follow();
  });
  addEventListener("hashchange", follow);
  show();
  follow();
})();
