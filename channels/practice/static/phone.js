/* The practice phone. Everything shown comes from the feed; nothing is drawn before it is there. */
(function () {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const words = JSON.parse(document.body.dataset.words);
  const log = $("log"), say = $("say"), calls = $("calls"), desk = $("desk"), root = document.documentElement;
  const state = { openid: null, line: 0, call: 0, typing: 0, lastAt: 0, generation: 0 };

  function fill(text, values) { return text.replace(/\{(\w+)\}/g, (_, name) => values[name]); }
  function recall(name) { try { return localStorage.getItem("practice." + name); } catch { return null; } }
  function remember(name, value) { try { localStorage.setItem("practice." + name, value); } catch { /* private mode */ } }
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  }
  async function post(path, body) {
    const answer = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body || {}),
    });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  }
  function act(what, body) {
    const trouble = { lose_answers: $("lose").checked ? 1 : 0, copies: $("copies").checked ? 3 : 1, same_signature: $("same").checked };
    return post("/phone/" + state.openid + "/" + what, Object.assign(trouble, body)).catch(() => { $("state").textContent = words.offline; });
  }

  /* ── what is shown ───────────────────────────────────────────────────────────────────────── */
  /* The choices at the end of a message: lines "1. …", "2. …" and one last line under them. */
  function choicesOf(text) {
    const lines = text.split("\n");
    let end = lines.length - 1;
    while (end > 0 && !lines[end].trim()) { end -= 1; }
    let last = end - 1;
    while (last > 0 && !lines[last].trim()) { last -= 1; }
    const found = [];
    let at = last;
    for (; at >= 0; at -= 1) {
      const match = /^(\d{1,2})\. (.+)$/.exec(lines[at]);
      if (!match) { break; }
      found.unshift({ number: match[1], label: match[2] });
    }
    if (!found.length || lines[end].trim().length > 12) { return null; }
    return { before: lines.slice(0, at + 1).join("\n").trim(), choices: found };
  }
  function showWhen(at) {
    if (at - state.lastAt > 300) {
      const moment = new Date(at * 1000);
      log.append(make("p", "when", moment.getHours() + ":" + String(moment.getMinutes()).padStart(2, "0")));
    }
    state.lastAt = at;
  }
  function showLine(line) {
    showWhen(line.at);
    if (line.author === "system") {
      log.append(make("p", "line system " + line.kind, words[line.kind] || line.kind));
      return;
    }
    const row = make("div", "line " + line.author), said = make("div", "said"), bubble = make("div", "bubble");
    if (line.author === "account") {
      const seal = document.querySelector(".bar .seal").cloneNode(true);
      row.append(seal);
    }
    row.append(said);
    bubble.append(make("span", "sr", words[line.author] + "："));
    said.append(bubble);
    log.querySelectorAll(".choices button").forEach((button) => { button.disabled = true; });
    if (line.author === "me" && line.kind !== "text") {
      const media = make("span", "media", words.kinds[line.kind]);
      media.prepend(icon(line.kind));
      bubble.append(media);
      const what = line.text || (line.kind === "voice" ? words.unheard : "");
      if (what) { bubble.append(make("span", "heard", what)); }
    } else {
      const parted = line.author === "account" ? choicesOf(line.text) : null;
      bubble.append(document.createTextNode(parted ? parted.before : line.text));
      if (parted) { said.append(buttons(parted.choices)); }
      if (parted && !parted.before) { bubble.remove(); }
    }
    log.append(row);
  }
  const ICONS = {
    voice: "M5 10v4M9 6v12M13 9v6M17 4v16M21 10v4", image: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15 9h.01",
    location: "M12 21s-7-6.4-7-11a7 7 0 0 1 14 0c0 4.6-7 11-7 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    sticker: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5c2 2.3 5 2.3 7 0M9 9.5h.01M15 9.5h.01",
    video: "M4 6h11v12H4zM15 10.5l5-3v9l-5-3", link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
  };
  function icon(kind) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[kind] || "");
    svg.append(path);
    return svg;
  }
  function buttons(choices) {
    const group = make("div", "choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words.choose);
    choices.forEach((choice) => {
      const button = make("button");
      button.type = "button";
      button.append(make("b", "", choice.number), make("span", "", choice.label));
      button.addEventListener("click", () => { act("send", { kind: "text", text: choice.number }); say.focus(); });
      group.append(button);
    });
    return group;
  }
  function showTyping(on) {
    const there = log.querySelector(".typing");
    if (on && !there) {
      const row = make("div", "line typing"), bubble = make("div", "bubble");
      row.setAttribute("aria-hidden", "true");
      bubble.append(make("i"), make("i"), make("i"));
      row.append(document.querySelector(".bar .seal").cloneNode(true), bubble);
      log.append(row);
    } else if (on) { log.append(there); } else if (there) { there.remove(); }
  }
  function showCall(call) {
    const item = make("li"), head = make("header");
    calls.querySelectorAll(".none").forEach((none) => none.remove());
    const when = new Date(call.at * 1000).toTimeString().slice(0, 8);
    let what, left;
    if (call.kind === "push") {
      left = words.push;
      what = call.outcome === 0 ? fill(words.pushed, call) : fill(words.refused, call);
      item.className = call.outcome === 0 ? "" : "bad";
    } else if (call.kind === "lost") {
      left = fill(words.try, call); what = words.lost; item.className = "bad";
    } else {
      left = fill(words.try, call) + (call.copy > 1 ? " · " + fill(words.copy, call) : "") + " · " + words[call.mode];
      what = fill(words.outcomes[call.outcome] || words.outcomes.other, call);
      item.className = { reply: "", success: "wait" }[call.outcome] ?? "bad";
    }
    head.append(make("span", "", left), make("span", "", call.ms === undefined ? when : call.ms + " ms · " + when));
    const papers = make("div", "papers");
    item.append(head, make("div", "", what), papers);
    [["request", call.request], ["answer", call.answer]].forEach(([name, text]) => {
      if (!text) { return; }
      const details = make("details"), summary = make("summary", "", words[name]);
      details.append(summary, make("pre", "", text));
      papers.append(details);
    });
    calls.prepend(item);
  }
  function showQuota(left) {
    $("left").textContent = fill(words.left, { left: left });
    $("dots").replaceChildren(...Array.from({ length: Math.max(5, left) }, (_, i) => make("i", i < left ? "on" : "")));
  }
  function showState(feed) {
    $("card").hidden = feed.following || feed.seen;
    log.hidden = $("composer").hidden = !$("card").hidden;
    $("composer").hidden = !feed.following;
    document.querySelectorAll("[data-say]").forEach((button) => { button.disabled = !feed.following; });
    document.querySelectorAll("[name=mode]").forEach((radio) => { radio.checked = radio.value === feed.mode; });
    $("state").textContent = feed.typing ? words.typing : "练习账号 · " + words[feed.mode];
    showQuota(feed.pushes_left);
  }

  /* ── the feed ────────────────────────────────────────────────────────────────────────────── */
  async function listen(generation) {
    let pause = 500;
    while (generation === state.generation) {
      try {
        const wait = state.line || state.call ? 20 : 0;
        const answer = await fetch("/phone/" + state.openid + "/feed?wait=" + (state.shown ? 20 : wait) + "&after=" + state.line + "&calls=" + state.call + "&typing=" + state.typing);
        if (answer.status === 404) { return begin(true); }
        const feed = await answer.json();
        if (generation !== state.generation) { return undefined; }
        const low = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
        feed.seen = state.line > 0 || feed.lines.length > 0;
        showState(feed);
        feed.lines.forEach(showLine);
        feed.calls.forEach(showCall);
        state.line = feed.lines.length ? feed.lines[feed.lines.length - 1].seq : state.line;
        state.call = feed.calls.length ? feed.calls[feed.calls.length - 1].seq : state.call;
        state.typing = feed.typing ? 1 : 0;
        state.shown = true;
        showTyping(feed.typing);
        if (feed.lines.length || feed.typing) {
          if (low || feed.lines.some((line) => line.author === "me")) { follow(feed); }
        }
        pause = 500;
      } catch {
        $("state").textContent = words.offline;
        await new Promise((go) => setTimeout(go, pause));
        pause = Math.min(pause * 2, 8000);
      }
    }
    return undefined;
  }
  /* To the end; but a message longer than the screen is read from its beginning. */
  function follow(feed) {
    const newest = Array.from(log.querySelectorAll(".line:not(.typing)")).pop();
    const long = feed.lines.length && newest && newest.classList.contains("account") && newest.offsetHeight > log.clientHeight - 40;
    log.scrollTop = long ? newest.offsetTop - log.offsetTop - 12 : log.scrollHeight;
  }
  async function begin(anew) {
    state.generation += 1;
    Object.assign(state, { line: 0, call: 0, typing: 0, lastAt: 0, shown: false });
    log.replaceChildren();
    calls.replaceChildren();
    try {
      state.openid = (!anew && recall("openid")) || (await post("/phone/followers")).openid;
      remember("openid", state.openid);
      listen(state.generation);
    } catch {
      $("state").textContent = words.offline;
      setTimeout(() => begin(anew), 2000);
    }
  }

  /* ── what is done ────────────────────────────────────────────────────────────────────────── */
  function send() {
    const text = say.value;
    if (!text.trim()) { return; }
    say.value = "";
    grow();
    act("send", { kind: "text", text: text });
  }
  function grow() { say.style.height = "auto"; say.style.height = Math.min(say.scrollHeight + 2, 128) + "px"; }
  function toggle(button, shown) {
    $(button.getAttribute("aria-controls")).hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  }
  function openDesk(open) {
    desk.classList.toggle("open", open);
    $("open-desk").setAttribute("aria-expanded", String(open));
    (open ? $("close-desk") : $("open-desk")).focus();
  }
  function larger(on) {
    if (on) { root.dataset.size = "large"; } else { delete root.dataset.size; }
    $("larger").setAttribute("aria-pressed", String(on));
    remember("size", on ? "large" : "");
  }

  $("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  say.addEventListener("input", grow);
  say.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  });
  // The box can take the focus only once the page has heard that the account is followed.
  function focusSay(tries) {
    say.focus();
    if (document.activeElement !== say && tries) { setTimeout(() => focusSay(tries - 1), 100); }
  }
  $("follow").addEventListener("click", () => { act("follow").then(() => setTimeout(() => focusSay(40), 200)); });
  $("unfollow").addEventListener("click", () => act("unfollow"));
  $("expire").addEventListener("click", () => post("/phone/tokens/expire"));
  $("another").addEventListener("click", () => { begin(true); openDesk(false); });
  $("larger").addEventListener("click", () => larger(root.dataset.size !== "large"));
  $("open-desk").addEventListener("click", () => openDesk(true));
  $("close-desk").addEventListener("click", () => openDesk(false));
  $("more").addEventListener("click", () => {
    toggle($("more"), $("attachments").hidden);
    log.scrollTop = log.scrollHeight;
  });
  document.querySelectorAll("[name=mode]").forEach((radio) => radio.addEventListener("change", () => post("/phone/mode", { mode: radio.value })));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    document.querySelectorAll("[data-under]").forEach((opener) => {
      if (opener !== button) { toggle(opener, false); }
    });
    if (!button) { return; }
    if (button.dataset.under !== undefined) { toggle(button, $(button.getAttribute("aria-controls")).hidden); }
    if (button.dataset.key) { act("menu", { key: button.dataset.key }); }
    if (button.dataset.say) { act("send", { kind: "text", text: button.dataset.say }); }
    if (button.dataset.kind) { act("send", { kind: button.dataset.kind, text: button.dataset.text }); toggle($("more"), false); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("[data-under]").forEach((opener) => toggle(opener, false));
    if (desk.classList.contains("open")) { openDesk(false); }
  });
  function tick() {
    const now = new Date();
    $("clock").textContent = now.getHours() + ":" + String(now.getMinutes()).padStart(2, "0");
  }
  tick();
  setInterval(tick, 10000);
  larger(recall("size") === "large");
  begin(false);
})();
