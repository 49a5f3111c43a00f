/* Small helps for every page of the console; all of it works without. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-confirm]");
    if (button && !window.confirm(button.getAttribute("data-confirm"))) { event.preventDefault(); }
  });

  // A machine's wording is copied with the label that says so; that it was copied is written down.
  function put(words) {
    if (navigator.clipboard) { return navigator.clipboard.writeText(words); }
    var box = document.createElement("textarea"); // a page without https has no clipboard of its own
    box.value = words;
    document.body.appendChild(box);
    box.select();
    var done = document.execCommand("copy");
    box.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }
  var copy = document.querySelector("[data-copy]");
  if (copy) {
    copy.hidden = false;
    copy.addEventListener("submit", async function (event) {
      event.preventDefault();
      var said = document.querySelector("[data-copied]"), lines = [copy.getAttribute("data-label")];
      document.querySelectorAll(copy.getAttribute("data-copy")).forEach(function (one) { lines.push(one.textContent); });
      try { await put(lines.join("\n")); } catch (error) { said.textContent = said.getAttribute("data-failed"); return; }
      try {
        var kept = await fetch(copy.action, { method: "POST", credentials: "same-origin", body: new URLSearchParams(new FormData(copy)) });
        said.textContent = said.getAttribute(kept.ok ? "data-done" : "data-unkept");
      } catch (error) { said.textContent = said.getAttribute("data-unkept"); }
    });
  }

  // The waiting list keeps itself fresh, without taking the focus from whoever is using it.
  var queue = document.querySelector("[data-refresh]"), badge = document.querySelector("[data-waiting]");
  if (!queue) { return; }
  var title = document.title;
  function show(count) {
    document.title = (count ? "（" + count + "）" : "") + title;
    if (badge) { badge.hidden = !count; badge.firstChild.textContent = count; }
  }
  async function refresh() {
    if (document.hidden || queue.contains(document.activeElement)) { return; }
    try {
      var response = await fetch(queue.getAttribute("data-refresh"), { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (response.redirected || response.status === 401) { window.location.reload(); return; }
      if (!response.ok) { return; }
      var html = await response.text();
      if (html !== queue.innerHTML) { queue.innerHTML = html; }
      show(Number(queue.querySelector("[data-count]").getAttribute("data-count")));
    } catch (error) { /* offline: the next round will do */ }
  }
  show(Number(queue.querySelector("[data-count]").getAttribute("data-count")));
  setInterval(refresh, 4000);
  document.addEventListener("visibilitychange", refresh);
})();
