/* A line to a transcript: server-sent events with a cursor, and polling where they cannot be had.
   The cursor is the sequence number of the last line shown, so a dropped connection loses nothing:
   whatever came meanwhile is asked for again. Written for browsers of 2017 (no build step). */
var SuqiuLine = (function () {
  "use strict";
  var POLL = 3000, POLL_QUIET = 15000, SILENCE = 20000, LONGEST_WAIT = 15000, NO_STREAM_FOR = 60000;

  function pause(ms, line) {
    return new Promise(function (resolve) {
      line.wake = resolve;
      setTimeout(resolve, ms);
    });
  }

  /* options: streamUrl, pollUrl, after, headers(), onLines(lines), onStatus(status),
     onState("live" | "polling" | "offline"), onRefused(httpStatus) */
  function open(options) {
    var line = { cursor: options.after || 0, closed: false, wake: function () {}, abort: null };
    var canStream = typeof ReadableStream === "function" && typeof TextDecoder === "function";
    var noStreamUntil = 0, failures = 0, quiet = false;

    function take(lines) {
      var fresh = lines.filter(function (one) { return one.seq > line.cursor; });
      if (fresh.length) {
        line.cursor = fresh[fresh.length - 1].seq;
        options.onLines(fresh);
      }
    }

    function dispatch(block) {
      var event = "message", data = "";
      block.split("\n").forEach(function (row) {
        if (row.indexOf("event: ") === 0) { event = row.slice(7); }
        if (row.indexOf("data: ") === 0) { data += row.slice(6); }
      });
      if (event === "line") { take([JSON.parse(data)]); }
      if (event === "status") { options.onStatus(JSON.parse(data)); }
    }

    async function request(url, signal) {
      var response = await fetch(url + (url.indexOf("?") < 0 ? "?" : "&") + "after=" + line.cursor, {
        headers: options.headers ? options.headers() : {}, credentials: "same-origin",
        cache: "no-store", signal: signal
      });
      // Signed out, not allowed, gone, or (409) in a colleague's hands: asking again will not help.
      if ([401, 403, 404, 409].indexOf(response.status) >= 0) {
        await options.onRefused(response.status);
      }
      return response;
    }

    async function poll() {
      var response = await request(options.pollUrl);
      if (!response.ok) { throw new Error("poll " + response.status); }
      var body = await response.json();
      take(body.utterances);
      options.onStatus(body);
      options.onState("polling");
    }

    async function stream() {
      var control = typeof AbortController === "function" ? new AbortController() : null;
      line.abort = control;
      var response = await request(options.streamUrl, control ? control.signal : undefined);
      if (response.status === 503) { noStreamUntil = Date.now() + NO_STREAM_FOR; return; }
      if (!response.ok) { throw new Error("stream " + response.status); }
      if (!response.body || !response.body.getReader) { canStream = false; return; }
      options.onState("live");
      var reader = response.body.getReader(), decoder = new TextDecoder(), rest = "", watch;
      function heard() {
        clearTimeout(watch);
        watch = setTimeout(function () { if (control) { control.abort(); } }, SILENCE);
      }
      try {
        heard();
        for (;;) {
          var part = await reader.read();
          if (part.done) { return; }
          heard();
          failures = 0;
          var blocks = (rest + decoder.decode(part.value, { stream: true })).split("\n\n");
          rest = blocks.pop();
          blocks.forEach(dispatch);
        }
      } finally { clearTimeout(watch); line.abort = null; }
    }

    async function run() {
      while (!line.closed) {
        var wait;
        try {
          if (canStream && !quiet && Date.now() > noStreamUntil) {
            await stream();
            wait = 100;
          } else {
            await poll();
            wait = quiet ? POLL_QUIET : POLL;
          }
          failures = 0;
        } catch (error) {
          if (line.closed) { return; }
          failures += 1;
          // A stream cut in mid-air is opened again at once; only a second failure is "offline".
          if (failures > 1 || !navigator.onLine) { options.onState("offline"); }
          wait = Math.min(LONGEST_WAIT, 250 * Math.pow(2, failures));
        }
        if (!line.closed) { await pause(wait, line); }
      }
    }

    line.poke = function () { failures = 0; line.wake(); };
    line.take = take;
    line.close = function () { line.closed = true; line.wake(); if (line.abort) { line.abort.abort(); } };
    line.quiet = function (yes) {
      if (quiet === yes) { return; }
      quiet = yes;
      if (yes && line.abort) { line.abort.abort(); }
      if (!yes) { line.poke(); }
    };
    window.addEventListener("online", line.poke);
    window.addEventListener("offline", function () {
      options.onState("offline");
      if (line.abort) { line.abort.abort(); }
    });
    run();
    return line;
  }

  function randomKey() {
    var bytes = new Uint8Array(16);
    (window.crypto || window.msCrypto).getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  return { open: open, randomKey: randomKey };
})();
