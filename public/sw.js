// What a page that is being worked on answers where a built page asked to be kept for offline visits: it lets go of
// everything that was kept at this address, so that nobody works on yesterday's page. `cargo xtask build` puts the real
// one in its place.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
    event.waitUntil(
        (async () => {
            for (const name of await caches.keys()) if (name.startsWith("coalmine ")) await caches.delete(name);
            await registration.unregister();
        })(),
    );
});
