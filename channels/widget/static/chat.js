/* The citizen's side of a conversation. A message is kept on this device until the server has
   written it down; it carries a key, so that one sent twice is counted once. */
(function () {
  "use strict";
  var config = JSON.parse(document.getElementById("chat-config").textContent);
  var words = config.words, KEPT = "suqiu.unsent";
  var log = document.getElementById("log"), form = document.getElementById("say");
  var box = document.getElementById("text"), choices = document.getElementById("choices");
  var state = document.getElementById("state"), who = document.getElementById("who");
  var thinking = document.getElementById("thinking"), greeting = document.getElementById("greeting");
  var framed = window.parent !== window, foreign = false, token = null, line = null;
  var queue = [], draining = false, owner = "bot", unread = 0, shown = !framed, host = "", started = false;
  try { foreign = framed && !window.parent.location.href; } catch (error) { foreign = true; }

  function storage(act) { try { return act(window.localStorage); } catch (error) { return null; } }
  function keep() {
    var unsent = queue.map(function (item) {
      return { key: item.key, text: item.text, kind: item.kind, label: item.label };
    });
    storage(function (s) { if (unsent.length) { s.setItem(KEPT, JSON.stringify(unsent)); } else { s.removeItem(KEPT); } });
  }
  /* In a frame on another site there is no cookie of ours, and often no storage either: then the page
     around us, which is one of those named by the settings, keeps the token. */
  function keepToken(value) {
    var kept = storage(function (s) { s.setItem("suqiu.visitor", value); return true; });
    if (!kept && host) { window.parent.postMessage({ suqiu: "keep", value: value }, host); }
  }
  function headers() {
    var all = { "Accept": "application/json" };
    if (token) { all["X-Suqiu-Visitor"] = token; }
    return all;
  }
  function post(url, body) {
    var all = headers();
    all["Content-Type"] = "application/json";
    return fetch(url, { method: "POST", headers: all, credentials: "same-origin", body: JSON.stringify(body) });
  }

  /* ── drawing ── */
  log.innerHTML = "";
  if (greeting) { log.appendChild(greeting); }
  var talk = SuqiuTalk.create({
    log: log, words: words, mine: "citizen", phones: config.phones, jump: document.getElementById("jump")
  });

  function offer(labels) {
    choices.innerHTML = "";
    (labels || []).forEach(function (label) {
      var button = SuqiuTalk.make("button", "choice", label);
      button.type = "button";
      button.addEventListener("click", function () { send(label, "button"); box.focus(); });
      choices.appendChild(button);
    });
    choices.hidden = !choices.firstChild;
  }

  function take(lines) {
    var first = null;
    lines.forEach(function (one) {
      // A pressed action is no line of the transcript: its bubble stays, above the answer to it.
      if (one.author !== "citizen" && queue.length && queue[0].kind === "action") { settle(queue[0]); }
      var row = talk.add(one);
      if (!row) { return; }
      if (one.author !== "citizen") { first = first || row; }
      if (one.author === "citizen") {
        var mine = queue.filter(function (item) { return item.drawn && item.text === one.text; })[0];
        if (mine) { mine.drawn.remove(); mine.drawn = null; }
      } else {
        thinking.hidden = true;
        if (!shown) { unread += 1; tell("unread", unread); }
      }
      offer(one.author === "citizen" ? [] : one.labels);
    });
    talk.reveal(first);
  }

  function showStatus(status) {
    if (!status) { return; }
    owner = status.owner;
    var name = words.owner[owner];
    if (owner === "human" && status.staff_name) { name += (status.staff_title || "") + " " + status.staff_name; }
    if (who.textContent !== name) { who.textContent = name; }
    document.body.setAttribute("data-owner", owner);
  }

  function showState(name) {
    state.textContent = name === "offline" ? words.offline : "";
    state.hidden = name !== "offline";
  }

  /* ── sending ── */
  function settle(item) { if (item.drawn) { item.drawn.sent(); item.drawn = null; } }

  /* kind: "text", "button" (a label that was offered) or "action" (a quick action of the page) */
  function send(text, kind, label) {
    text = text.trim();
    if (!text) { return; }
    var item = { key: SuqiuLine.randomKey(), text: text, kind: kind || "text", label: label, tries: 0 };
    item.drawn = talk.pending(label || text);
    queue.push(item);
    keep();
    offer([]);
    drain();
  }

  function fail(item, again) {
    if (item.drawn) { item.drawn.failed(function () { drain(); }); }
    if (again) { setTimeout(drain, Math.min(15000, 1000 * Math.pow(2, item.tries))); }
  }

  async function drain() {
    if (draining || !started || !queue.length) { return; }
    draining = true;
    try {
      while (queue.length && await deliver(queue[0])) { queue.shift(); keep(); }
    } finally { draining = false; thinking.hidden = true; }
  }

  /* True when the item is done with, delivered or refused for good. */
  async function deliver(item) {
    item.tries += 1;
    if (item.drawn) { item.drawn.sending(); }
    try {
      if (!line && !(await begin())) { fail(item, true); return false; }
      if (owner !== "human") { setTimeout(function () { thinking.hidden = !draining; }, 250); }
      var body = { key: item.key };
      body[item.kind] = item.text;
      var response = await post(config.urls.messages + "?after=" + line.cursor, body);
      if (response.status === 401 && item.tries < 4) { await begin(true); return deliver(item); }
      var answer = await response.json();
      if (response.ok) {
        if (item.kind === "action") { settle(item); }
        line.take(answer.utterances);
        showStatus(answer);
        if (item.drawn) { item.drawn.remove(); item.drawn = null; }
        return true;
      }
      if (response.status === 429 || response.status >= 500) {
        talk.note(answer.message, "error");
        fail(item, item.tries < 5);
        return false;
      }
      if (item.drawn) { item.drawn.remove(); }
      talk.note(answer.message, "error");
      if (!box.value && item.kind === "text") { box.value = item.text; grow(); }
      return true;
    } catch (error) {
      fail(item, true);
      return false;
    }
  }

  /* ── the session and the line ── */
  /* One beginning at a time: two at once would be two visitors, and the first words lost to one. */
  var beginning = null;
  function begin(anew) {
    function over() { beginning = null; }
    if (!beginning) {
      beginning = beginOnce(anew);
      beginning.then(over, over);
    }
    return beginning;
  }

  async function beginOnce(anew) {
    var response = await post(config.urls.session, { keep: foreign ? "token" : "cookie", anew: Boolean(anew) });
    if (!response.ok) { return false; }
    var session = await response.json();
    token = session.token || token;
    if (foreign && session.token) { keepToken(session.token); }
    if (line) { line.close(); }
    // Another conversation counts its lines from one again; what is shown already stays.
    if (!session.resumed) { talk.forget(); }
    // What is there already is history: it is shown, not read out.
    log.setAttribute("aria-live", "off");
    take(session.utterances);
    talk.toEnd();
    setTimeout(function () { log.setAttribute("aria-live", "polite"); }, 500);
    showStatus(session);
    var last = session.utterances.length ? session.utterances[session.utterances.length - 1].seq : 0;
    line = SuqiuLine.open({
      streamUrl: config.urls.stream, pollUrl: config.urls.messages, after: last, headers: headers,
      onLines: take, onStatus: showStatus, onState: showState,
      onRefused: function () { return begin(true); }
    });
    rest();
    return true;
  }

  function rest() { if (line) { line.quiet(document.hidden || !shown); } }
  document.addEventListener("visibilitychange", rest);
  window.addEventListener("online", drain);

  /* ── writing ── */
  function grow() {
    box.style.height = "auto";
    box.style.height = Math.min(box.scrollHeight + 2, 160) + "px";
  }
  box.addEventListener("input", grow);
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      form.dispatchEvent(new Event("submit", { cancelable: true }));
    }
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    send(box.value);
    box.value = "";
    grow();
    box.focus();
  });
  document.querySelectorAll("[data-action]").forEach(function (button) {
    button.addEventListener("click", function (event) {
      event.preventDefault();
      send(button.getAttribute("data-action"), "action", button.textContent);
      box.focus();
    });
  });

  /* ── inside a frame ── */
  function tell(type, value) { if (framed) { window.parent.postMessage({ suqiu: type, value: value }, "*"); } }
  window.addEventListener("message", function (event) {
    if (event.source !== window.parent || !event.data) { return; }
    if (event.data.suqiu === "hello") {
      host = event.origin;
      start(event.data.value);
    }
    if (event.data.suqiu === "shown") {
      shown = Boolean(event.data.value);
      if (shown) { unread = 0; tell("unread", 0); talk.toEnd(); box.focus(); }
      rest();
    }
    if (event.data.suqiu === "ask" && typeof event.data.value === "string") {
      // Only the bureau's own page may send on the citizen's behalf; a foreign one may only suggest.
      if (event.origin === window.location.origin) { send(event.data.value); } else { box.value = event.data.value; grow(); }
    }
  });
  var close = document.getElementById("close");
  if (close) {
    close.hidden = !framed;
    close.addEventListener("click", function () { tell("close"); });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape" && framed) { tell("close"); } });
  }

  /* ── start ── */
  function start(kept) {
    if (started) { return; }
    started = true;
    if (foreign) { token = storage(function (s) { return s.getItem("suqiu.visitor"); }) || kept || null; }
    begin().then(drain, function () { showState("offline"); setTimeout(drain, 2000); });
  }
  var unsent = storage(function (s) { return JSON.parse(s.getItem(KEPT) || "[]"); }) || [];
  unsent.forEach(function (item) {
    item.tries = 0;
    item.drawn = talk.pending(item.label || item.text);
    queue.push(item);
  });
  tell("ready");
  if (foreign) { setTimeout(start, 1500); } else { start(); }
})();
