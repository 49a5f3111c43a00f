/* Large text and theme, remembered on this device only. Loaded in the head so that nothing jumps. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  function recall(name) { try { return localStorage.getItem("suqiu." + name); } catch (e) { return null; } }
  function remember(name, value) { try { localStorage.setItem("suqiu." + name, value); } catch (e) { /* private mode */ } }
  function dark() {
    var set = root.getAttribute("data-theme");
    return set ? set === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
  var size = recall("size"), theme = recall("theme");
  if (size === "large") { root.setAttribute("data-size", "large"); }
  if (theme === "dark" || theme === "light") { root.setAttribute("data-theme", theme); }

  function show() {
    document.querySelectorAll("[data-toggle-size]").forEach(function (b) {
      b.setAttribute("aria-pressed", String(root.getAttribute("data-size") === "large"));
    });
    document.querySelectorAll("[data-toggle-theme]").forEach(function (b) {
      b.setAttribute("aria-pressed", String(dark()));
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-toggle-size],[data-toggle-theme]") : null;
    if (!button) { return; }
    if (button.hasAttribute("data-toggle-size")) {
      var large = root.getAttribute("data-size") !== "large";
      if (large) { root.setAttribute("data-size", "large"); } else { root.removeAttribute("data-size"); }
      remember("size", large ? "large" : "normal");
    } else {
      var next = dark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      remember("theme", next);
    }
    show();
  });
  // The page and the chat frame inside it follow each other.
  window.addEventListener("storage", function (event) {
    if (event.key === "suqiu.size") {
      if (event.newValue === "large") { root.setAttribute("data-size", "large"); } else { root.removeAttribute("data-size"); }
    } else if (event.key === "suqiu.theme" && event.newValue) {
      root.setAttribute("data-theme", event.newValue);
    } else { return; }
    show();
  });
  document.addEventListener("DOMContentLoaded", show);
})();
