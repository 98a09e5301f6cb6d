// [data-kept]: what is pinned and was opened last, fetched after the page and after each pin, while
// it is unfolded. Folded, it stays so on the next page.
const YEAR = 365 * 24 * 3600;
const kept = document.querySelector("[data-kept]");

async function look() {
  if (!kept.open || !kept.checkVisibility()) {
    return;
  }
  try {
    const response = await fetch(kept.dataset.kept, { headers: { "HX-Request": "true" } });
    if (response.ok && !response.redirected) {
      kept.querySelector(".nav-kept-list").innerHTML = await response.text();
    }
  } catch {
    // a reader who goes on at once loses nothing: the link to the same list stays
  }
}

if (kept) {
  look();
  kept.addEventListener("toggle", () => {
    document.cookie = `kept=${kept.open ? "open" : "closed"}; path=/; max-age=${YEAR}; samesite=lax`;
    look();
  });
  document.addEventListener("kakehashi:pins", look);
}
