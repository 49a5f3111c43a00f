/* The lawyer's side of a conversation, live in both directions. */
(function () {
  "use strict";
  var config = JSON.parse(document.getElementById("talk-config").textContent), words = config.words;
  var log = document.getElementById("log"), form = document.getElementById("say");
  var state = document.getElementById("state"), box = document.getElementById("text");
  var sending = false, queue = [], said = [], leaving = false;

  log.innerHTML = "";
  log.setAttribute("aria-live", "off");
  var talk = SuqiuTalk.create({ log: log, words: words, mine: "staff", phones: [], jump: document.getElementById("jump") });
  setTimeout(function () { log.setAttribute("aria-live", "polite"); }, 1500);

  /* The line that was sent from here has come back over the stream: its own bubble may go. */
  function arrived(one) {
    for (var i = 0; i < said.length; i += 1) {
      if (said[i].text === one.text) { said[i].drawn.remove(); said.splice(i, 1); return; }
    }
    if (queue.length && queue[0].text === one.text) { queue[0].early = true; }
  }

  function take(lines) {
    lines.forEach(function (one) {
      var row = talk.add(one);
      if (row && one.author === "staff") {
        arrived(one);
      }
      if (row && one.author === "citizen" && document.hidden) { document.title = "● " + document.title.replace(/^● /, ""); }
    });
    talk.reveal(null);
  }
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) { document.title = document.title.replace(/^● /, ""); }
  });

  var line = SuqiuLine.open({
    streamUrl: config.urls.stream, pollUrl: config.urls.lines, after: 0,
    onLines: take,
    onStatus: function (status) {
      // Taken, handed back or closed somewhere else: what may be done here has changed.
      if (status.owner === config.owner || leaving) { return; }
      leaving = true;
      state.textContent = words.changed;
      if (status.owner === "bot") { window.location.assign(config.urls.desk); } else { window.location.reload(); }
    },
    onState: function (name) {
      state.textContent = words[name];
      state.className = "line-state " + name;
    },
    onRefused: function () { if (!leaving) { leaving = true; window.location.reload(); } }
  });
  // A button of this page changes hands itself: its own answer leads on, nothing may overtake it.
  document.addEventListener("submit", function (event) {
    if (event.target !== form) { leaving = true; line.close(); }
  });
  if (!form) { return; }

  async function drain() {
    if (sending || !queue.length) { return; }
    sending = true;
    try {
      while (queue.length) {
        var item = queue[0];
        item.drawn.sending();
        var response = await fetch(config.urls.say, {
          method: "POST", credentials: "same-origin",
          headers: { "Content-Type": "application/json", "X-CSRF-Token": form.csrf.value, Accept: "application/json" },
          body: JSON.stringify({ key: item.key, text: item.text })
        });
        var answer = await response.json();
        if (!response.ok) {
          if (response.status >= 500 || response.status === 429) { throw new Error("later"); }
          item.drawn.remove();
          talk.note(answer.message, "error");
          if (!box.value) { box.value = item.text; }
        } else {
          // Drawn in its place when the line brings it, after what was said before it.
          item.drawn.sent();
          if (item.early) { item.drawn.remove(); } else { said.push(item); }
        }
        queue.shift();
      }
    } catch (error) {
      queue[0].drawn.failed(drain);
    } finally { sending = false; }
  }
  window.addEventListener("online", drain);

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var text = box.value.trim();
    if (!text) { return; }
    queue.push({ key: SuqiuLine.randomKey(), text: text, drawn: talk.pending(text) });
    box.value = "";
    box.focus();
    drain();
  });
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      form.dispatchEvent(new Event("submit", { cancelable: true }));
    }
  });
  document.querySelectorAll("[data-canned]").forEach(function (button) {
    button.addEventListener("click", function () {
      box.value = (box.value ? box.value + "\n" : "") + button.textContent;
      button.closest("details").open = false;
      box.focus();
    });
  });
})();
