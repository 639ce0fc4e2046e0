// Settles theme and motion before the first paint, and again whenever the system or the page changes its mind.
// The page stores a choice of its own and sends `coalmine:appearance`; without a choice the system decides.
(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    const chosen = (key) => {
        try {
            return localStorage.getItem(key);
        } catch {
            return null;
        }
    };
    const settle = () => {
        const root = document.documentElement;
        const theme = chosen("coalmine.theme");
        const motion = chosen("coalmine.motion");
        root.dataset.theme = theme === "light" || theme === "dark" ? theme : dark.matches ? "dark" : "light";
        root.dataset.motion = motion === "full" || motion === "reduced" ? motion : calm.matches ? "reduced" : "full";
        dispatchEvent(new Event("coalmine:settled"));
    };
    dark.addEventListener("change", settle);
    calm.addEventListener("change", settle);
    addEventListener("coalmine:appearance", settle);
    settle();
})();
