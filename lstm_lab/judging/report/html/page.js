// Filters of the page, kept in the fragment of its address: #verdict=refuted&q=reset, #claim=stateful/k-predicts-b.
"use strict";
(() => {
  const form = document.querySelector(".filters");
  const status = form.querySelector("[role=status]");
  const groups = [...document.querySelectorAll(".group")];
  const boxes = [...form.querySelectorAll("input[name=verdict]")];
  const selects = [...form.querySelectorAll("select")];
  const search = form.elements.q;
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const claims = [...document.querySelectorAll("details.claim")].map((element) => ({
    element,
    text: [...element.querySelectorAll(".claimed, .source, .note")].map((one) => one.textContent).join(" ").toLowerCase(),
  }));
  const byId = new Map(claims.map((claim) => [claim.element.dataset.id, claim]));
  const byAnchor = new Map(claims.map((claim) => [claim.element.querySelector(".told").id, claim]));
  let opened = ""; // the id of the claim in the address

  document.documentElement.classList.add("scripted");
  for (const select of selects) {
    for (const option of select.options) option.dataset.name = option.textContent;
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
    return missed;
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
    for (const claim of claims) {
      const missed = misses(claim, want, sought);
      claim.element.hidden = missed.length > 0;
      shown += missed.length === 0;
      for (const facet of ["verdict", "part", "stance", "kind", "fail", "hold", "topic"]) {
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
    form.classList.toggle("filtering", shown < claims.length);
  }

  function address(want) {
    const fields = new URLSearchParams();
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
      form.reset();
      show();
    }
    element.open = true;
    element.querySelector("summary").focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  }

  // What the address says: fields, the anchor of a claim as the links of the page have it, or another anchor.
  function follow() {
    const fragment = location.hash.slice(1);
    if (byAnchor.has(fragment)) {
      reveal(byAnchor.get(fragment));
      remember();
      return;
    }
    if (fragment && !fragment.includes("=")) return;
    const fields = new URLSearchParams(fragment);
    const verdicts = (fields.get("verdict") ?? "").split(",");
    for (const box of boxes) box.checked = verdicts.includes(box.value);
    for (const select of selects) {
      const value = fields.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    search.value = fields.get("q") ?? "";
    opened = "";
    show();
    const claim = byId.get(fields.get("claim"));
    if (claim) reveal(claim);
  }

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      show();
      remember();
    });
  }
  form.addEventListener("reset", () => {
    requestAnimationFrame(() => {
      show();
      remember();
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const { element } of claims) {
    element.addEventListener("toggle", () => {
      if (element.open) opened = element.dataset.id;
      else if (opened === element.dataset.id) opened = "";
      remember();
    });
  }
  // A link to something folded, such as a high picture, unfolds it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const folded = link && document.getElementById(link.hash.slice(1))?.closest("details:not(.claim)");
    if (folded) folded.open = true;
  });
  addEventListener("hashchange", follow);
  show();
  follow();
})();
