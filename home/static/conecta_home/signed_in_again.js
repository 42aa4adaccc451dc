// A form that was open while somebody signed in anew, in another tab, holds a token that counts no more.
// On coming back to it the new one is put in its place: what was written is saved, not refused.
(() => {
  const { cookie: name } = document.currentScript.dataset;
  const renew = () => {
    if (document.visibilityState !== "visible") return;
    const kept = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
    if (!kept) return;
    const token = kept.slice(name.length + 1);
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
  };
  document.addEventListener("visibilitychange", renew);
  window.addEventListener("focus", renew);
})();
