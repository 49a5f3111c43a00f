/* Small helps for every page of the console; all of it works without. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-confirm]");
    if (button && !window.confirm(button.getAttribute("data-confirm"))) { event.preventDefault(); }
  });

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
