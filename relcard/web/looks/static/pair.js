// The code of the link stands behind the #, which no server ever sees: put it where it is to be typed.
"use strict";
(function () {
  var code = window.location.hash.slice(1);
  var field = document.getElementById("code");
  if (/^[A-Z2-9]{4}-?[A-Z2-9]{4}$/.test(code) && field) {
    field.value = code;
    window.history.replaceState(null, "", window.location.pathname);
    document.getElementById("name").focus();
  }
})();
