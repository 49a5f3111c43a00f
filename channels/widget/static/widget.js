/* One script tag puts the assistant on a page:
   <script src="https://bureau.example/widget.js" data-label="问一问" data-side="right" defer></script> */
(function () {
  "use strict";
  var tag = document.currentScript;
  if (window.SuqiuWidget || !tag) { return; }
  var base = new URL(tag.src).origin;
  var words = { label: "法律咨询 · 反映问题", title: "法律服务在线助手", unread: "条新消息" };
  var left = tag.getAttribute("data-side") === "left" ? " suqiu-left" : "";
  var panel = null, frame = null, ready = false, asked = null;

  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = base + "/widget.css";
  document.head.appendChild(style);

  var launcher = document.createElement("button");
  launcher.type = "button";
  launcher.className = "suqiu-launcher" + left;
  launcher.setAttribute("aria-haspopup", "dialog");
  launcher.setAttribute("aria-expanded", "false");
  launcher.innerHTML = '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 5.5h16v11h-8.5L7 20v-3.5H4z"/><path d="M8 9.5h8M8 12.8h5"/></svg>';
  var label = document.createElement("span"), count = document.createElement("span");
  label.textContent = tag.getAttribute("data-label") || words.label;
  count.className = "suqiu-count";
  count.hidden = true;
  launcher.appendChild(label);
  launcher.appendChild(count);

  /* The visitor's token, kept here for a frame that may keep nothing itself. */
  function kept(value) {
    try {
      if (value) { localStorage.setItem("suqiu.visitor", value); }
      return localStorage.getItem("suqiu.visitor");
    } catch (error) { return null; }
  }
  function tell(type, value) { if (ready) { frame.contentWindow.postMessage({ suqiu: type, value: value }, base); } }

  function build() {
    panel = document.createElement("div");
    panel.className = "suqiu-panel" + left;
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", words.title);
    frame = document.createElement("iframe");
    frame.title = words.title;
    frame.src = base + "/chat";
    panel.appendChild(frame);
    document.body.appendChild(panel);
  }

  function open(text) {
    if (!panel) { build(); }
    panel.hidden = false;
    panel.classList.add("suqiu-opening");
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    asked = text || asked;
    frame.focus();
    settle();
  }

  function close() {
    if (!panel) { return; }
    panel.hidden = true;
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    tell("shown", false);
    launcher.focus();
  }

  function settle() {
    if (!ready) { return; }
    tell("shown", !panel.hidden);
    if (asked) { tell("ask", asked); asked = null; }
  }

  window.addEventListener("message", function (event) {
    if (!frame || event.source !== frame.contentWindow || event.origin !== base || !event.data) { return; }
    if (event.data.suqiu === "ready") { ready = true; tell("hello", kept()); settle(); }
    if (event.data.suqiu === "keep") { kept(event.data.value); }
    if (event.data.suqiu === "close") { close(); }
    if (event.data.suqiu === "unread") {
      count.hidden = !event.data.value;
      count.textContent = event.data.value;
      count.setAttribute("aria-label", event.data.value + words.unread);
    }
  });
  launcher.addEventListener("click", function () { open(); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && panel && !panel.hidden) { close(); }
  });

  function attach() { document.body.appendChild(launcher); }
  if (document.body) { attach(); } else { document.addEventListener("DOMContentLoaded", attach); }
  window.SuqiuWidget = { open: open, close: close };
})();
