// Nothing of VLibras is asked for before the button is pressed.
(() => {
  const button = document.querySelector(".c-libras__start");
  const status = document.querySelector(".c-libras__status");
  const app = "https://vlibras.gov.br/app";
  const frame = () => {
    const part = (name, ...inner) => {
      const element = document.createElement("div");
      if (name.startsWith("vw")) element.setAttribute(name, "");
      else element.className = name;
      element.append(...inner);
      return element;
    };
    const access = part("vw-access-button");
    access.className = "active";
    const whole = part("vw", access, part("vw-plugin-wrapper", part("vw-plugin-top-wrapper")));
    whole.className = "enabled";
    return whole;
  };
  const failed = () => {
    status.textContent = button.dataset.failed;
    button.disabled = false;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    status.textContent = button.dataset.loading;
    const script = document.createElement("script");
    script.src = `${app}/vlibras-plugin.js`;
    script.onerror = failed;
    script.onload = () => {
      if (!window.VLibras) return failed();
      if (!document.querySelector("[vw]")) document.body.append(frame());
      new window.VLibras.Widget(app);
      // It begins at the page's load, which is over.
      window.dispatchEvent(new Event("load"));
      status.textContent = button.dataset.ready;
    };
    document.head.append(script);
  });
})();
