// Keeps one build of the page, so that it opens without a network. Written by `cargo xtask build`.
//
// A visit is answered from what was kept. Meanwhile the browser looks whether this script has changed; if so, it keeps
// the new build beside the old one and answers the next visit from it. A page that is still open goes on with the
// files that it was made for: the build before this one is let go of only when the next one comes.
const BUILD = "coalmine {{BUILD}}";
const FILES = {{FILES}};

/** Where what was kept last is written down. */
const LEDGER = "coalmine ledger";

async function keep() {
    const kept = await caches.open(BUILD);
    // Not what the browser may still hold of another build.
    await kept.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
}

/** The build before this one, by the ledger; writes this one down. */
async function relieve() {
    const ledger = await caches.open(LEDGER);
    const last = await ledger.match("last");
    const before = last === undefined ? undefined : await last.text();
    if (before !== BUILD) await ledger.put("last", new Response(BUILD));
    for (const name of await caches.keys()) {
        const stays = name === BUILD || name === LEDGER || name === before;
        if (name.startsWith("coalmine ") && !stays) await caches.delete(name);
    }
}

async function answer(request) {
    const kept = await caches.open(BUILD);
    const page = request.mode === "navigate" ? await kept.match("./") : undefined;
    const found = page ?? (await kept.match(request, { ignoreSearch: true }));
    return found ?? (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

/** Only the page, and what lies beside it. */
function isOurs(request) {
    const { origin, pathname } = new URL(request.url);
    const folder = new URL(registration.scope);
    if (request.method !== "GET" || origin !== folder.origin) return false;
    if (!pathname.startsWith(folder.pathname)) return false;
    const file = pathname.slice(folder.pathname.length);
    return request.mode !== "navigate" || file === "" || file === "index.html";
}

addEventListener("install", (event) => {
    skipWaiting();
    event.waitUntil(keep());
});
addEventListener("activate", (event) => event.waitUntil(relieve()));
addEventListener("fetch", (event) => {
    if (isOurs(event.request)) event.respondWith(answer(event.request));
});
