/* Lists that grow by "Load more": the address counts their pages, so that the way back leads to the same place. */
const pager = () => document.getElementById("pager");
const shownPages = () => Number(new URLSearchParams(location.search).get("pages")) || 1;

// A list that is long enough goes on in a page of its own
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!pager()?.contains(event.target) || shownPages() < Number(pager().dataset.maxPages)) return;
  event.preventDefault();
  location.assign(event.target.href);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful || !detail.requestConfig.elt.closest("#pager")) return;
  const address = new URL(location.href);
  address.searchParams.set("pages", shownPages() + 1);
  history.replaceState(history.state, "", address);
});
