/* The bureau's page: the question box and the topics open the chat where there is script. */
(function () {
  "use strict";
  var form = document.getElementById("ask");
  if (!form) { return; }
  form.addEventListener("submit", function (event) {
    var chosen = event.submitter && event.submitter.value;
    var text = (chosen || document.getElementById("ask-text").value).trim();
    if (!window.SuqiuWidget) { return; }
    event.preventDefault();
    window.SuqiuWidget.open(text);
    document.getElementById("ask-text").value = "";
  });
  document.querySelectorAll("[data-ask]").forEach(function (button) {
    button.addEventListener("click", function (event) {
      if (!window.SuqiuWidget) { return; }
      event.preventDefault();
      window.SuqiuWidget.open(button.getAttribute("data-ask"));
    });
  });
})();
