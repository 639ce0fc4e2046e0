// Asks the browser to keep the page for visits without a network, once it can be used. Where that is not possible
// (private windows, addresses without encryption) the page works as before, with one.
addEventListener("load", () => {
    navigator.serviceWorker?.register("sw.js").catch(() => {});
});
