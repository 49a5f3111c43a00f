/* Draws the lines of a conversation, for the citizen's chat and for the desk alike. */
var SuqiuTalk = (function () {
  "use strict";

  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) { node.className = className; }
    if (text !== undefined) { node.textContent = text; }
    return node;
  }

  /* A short heading before a colon (依据：) stands out, and numbers of the bureau's phone list become
     links to dial; nothing else is ever turned into markup. */
  function fill(node, text, phones, headings) {
    var pattern = phones && phones.length ? new RegExp("(" + phones.map(function (p) {
      return p.replace(/[^0-9-]/g, "");
    }).join("|") + ")", "g") : null;
    text.split("\n").forEach(function (row, index) {
      if (index) { node.appendChild(document.createTextNode("\n")); }
      var at = 0, found, heading = headings && /^[\u4e00-\u9fff]{2,4}：/.exec(row);
      if (heading) {
        node.appendChild(make("b", "", heading[0]));
        row = row.slice(heading[0].length);
      }
      if (pattern) {
        pattern.lastIndex = 0;
        while ((found = pattern.exec(row))) {
          var before = row.charAt(found.index - 1), after = row.charAt(found.index + found[0].length);
          if (/[0-9\-第.]/.test(before) || /[0-9\-元条天日年月.%]/.test(after)) { continue; }
          node.appendChild(document.createTextNode(row.slice(at, found.index)));
          var link = make("a", "dial", found[0]);
          link.href = "tel:" + found[0].replace(/-/g, "");
          node.appendChild(link);
          at = found.index + found[0].length;
        }
      }
      node.appendChild(document.createTextNode(row.slice(at)));
    });
  }

  /* options: log, words, mine ("citizen" or "staff"), phones, jump (button) */
  function create(options) {
    var log = options.log, words = options.words, talk = {}, seen = {}, lastDay = "";
    var following = true;

    function nearEnd() { return log.scrollHeight - log.scrollTop - log.clientHeight < 40; }
    log.addEventListener("scroll", function () {
      following = nearEnd();
      if (following && options.jump) { options.jump.hidden = true; }
    }, { passive: true });
    talk.toEnd = function () {
      log.scrollTop = log.scrollHeight;
      following = true;
      if (options.jump) { options.jump.hidden = true; }
    };
    if (options.jump) {
      options.jump.addEventListener("click", function () { talk.toEnd(); log.focus(); });
    }
    window.addEventListener("resize", function () { if (following) { talk.toEnd(); } });

    function place(node, own) {
      log.insertBefore(node, own ? null : log.querySelector(".pending"));
      if (own) { talk.toEnd(); }
    }

    /* Show what has just been added: a long answer from its beginning, anything else to its end.
       Whoever has scrolled back to read is left alone and told. */
    talk.reveal = function (first) {
      if (following && first && log.scrollHeight - first.offsetTop > log.clientHeight) {
        log.scrollTop = first.offsetTop - 10;
      } else if (following) { talk.toEnd(); }
      following = nearEnd();
      if (options.jump) { options.jump.hidden = following; }
    };

    /* The articles an answer relied on: a list that opens, and each article in it opens to its text.
       Where details cannot be opened (old browsers) they are links to pages. */
    function articles(list) {
      var opens = "open" in document.createElement("details");
      var box = make(opens ? "details" : "div", "laws"), items = make("ul");
      box.appendChild(make(opens ? "summary" : "p", "", words.laws.replace("{count}", list.length)));
      list.forEach(function (law) {
        var item = make("li");
        item.appendChild(opens ? article(law) : pageOf(law, law.name));
        items.appendChild(item);
      });
      box.appendChild(items);
      return box;
    }

    function pageOf(law, name) {
      var link = make("a", "", name);
      link.href = law.page;
      link.target = "_blank";
      link.rel = "noopener";
      return link;
    }

    function article(law) {
      var box = make("details"), text = null;
      box.appendChild(make("summary", "", law.name));
      box.addEventListener("toggle", function () {
        if (!box.open || text) { return; }
        text = make("p", "law", words.law_loading);
        box.appendChild(text);
        fetch(law.text, { credentials: "same-origin" }).then(function (response) {
          if (!response.ok) { throw new Error("law " + response.status); }
          return response.json();
        }).then(function (found) {
          text.textContent = found.text;
          box.appendChild(make("p", "law-version", found.version + (found.note ? "。" + found.note : "")));
        }).catch(function () {
          text.textContent = "";
          text.appendChild(pageOf(law, words.law_page));
        });
      });
      return box;
    }

    function bubble(author, text, name) {
      var row = make("div", "line " + author + (author === options.mine ? " own" : ""));
      if (author === "notice") { row.appendChild(make("p", "notice-text", text)); return row; }
      row.appendChild(make("p", "who", name || words.who[author]));
      var body = make("div", "bubble");
      fill(body, text, options.phones, author === "bot");
      row.appendChild(body);
      return row;
    }

    function clock(iso) {
      var at = new Date(iso);
      return ("0" + at.getHours()).slice(-2) + ":" + ("0" + at.getMinutes()).slice(-2);
    }

    function day(iso) {
      var at = new Date(iso), now = new Date();
      var name = (at.getMonth() + 1) + words.month + at.getDate() + words.day;
      return at.toDateString() === now.toDateString() ? words.today : name;
    }

    talk.forget = function () { seen = {}; };
    talk.add = function (line) {
      if (seen[line.seq]) { return null; }
      seen[line.seq] = true;
      if (day(line.at) !== lastDay) {
        lastDay = day(line.at);
        place(make("p", "day", lastDay));
      }
      var name = line.author === "staff" && line.staff_name
        ? (line.staff_title || words.who.staff) + " " + line.staff_name : "";
      var row = bubble(line.author, line.text, name);
      row.setAttribute("data-seq", line.seq);
      if (line.laws && line.laws.length && words.laws) { row.appendChild(articles(line.laws)); }
      if (line.author !== "notice") { row.appendChild(make("p", "meta", clock(line.at))); }
      place(row);
      return row;
    };

    talk.pending = function (text) {
      var row = bubble(options.mine, text), meta = make("p", "meta state", words.sending);
      row.className += " pending";
      row.appendChild(meta);
      place(row, true);
      return {
        failed: function (again) {
          meta.textContent = "";
          row.classList.add("failed");
          var button = make("button", "again", words.retry);
          button.type = "button";
          button.addEventListener("click", again);
          meta.appendChild(document.createTextNode(words.failed + " "));
          meta.appendChild(button);
        },
        sending: function () { row.classList.remove("failed"); meta.textContent = words.sending; },
        sent: function () { row.classList.remove("pending", "failed"); meta.textContent = words.sent; },
        remove: function () { if (row.parentNode) { row.parentNode.removeChild(row); } }
      };
    };

    talk.note = function (text, kind) {
      var row = make("div", "line notice " + (kind || ""));
      row.appendChild(make("p", "notice-text", text));
      place(row);
      talk.reveal(null);
      return row;
    };
    return talk;
  }

  return { create: create, make: make };
})();
