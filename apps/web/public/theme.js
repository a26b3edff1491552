// Runs before the first paint, so that a page never flashes in the wrong theme. src/lib/preferences.ts writes what it reads.
(function applySavedPreferences() {
  var root = document.documentElement;
  var saved = {};
  try {
    saved = JSON.parse(localStorage.getItem("trenddojo.preferences") || "{}") || {};
  } catch {
    // Storage may be forbidden or damaged: the defaults hold.
  }
  var theme = saved.theme || "system";
  if (theme === "system") theme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
  root.dataset.theme = theme;
  root.dataset.colours = saved.colours || "green-red";
  root.dataset.density = saved.density || "comfortable";
})();
