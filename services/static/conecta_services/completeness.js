// The panel "Completude" beside an entry's form: asks how the form stands whenever somebody stops typing,
// and leads from what is missing to its field.
(() => {
  const { Controller } = window.StimulusModule;
  const LOOK_EVERY = 600;
  // Below this width the panel covers the form.
  const NARROW = "(max-width: 50em)";

  class Completeness extends Controller {
    static targets = ["content", "status", "dismissed"];
    static values = { url: String, lost: String, refused: Boolean };

    connect() {
      this.form = document.querySelector("form[data-edit-form]");
      this.panel = this.element.closest("[data-side-panel]");
      if (!this.form || !this.panel) return;
      this.counter = document.querySelector(
        `[data-side-panel-toggle="${this.panel.dataset.sidePanel}"] [data-side-panel-toggle-counter]`,
      );
      this.seen = this.asked = null;
      this.timer = setInterval(() => this.look(), LOOK_EVERY);
      if (this.refusedValue) setTimeout(() => this.panel.dispatchEvent(new CustomEvent("open")), 0);
    }

    disconnect() {
      clearInterval(this.timer);
      if (this.request) this.request.abort();
    }

    // Editors of rich text and of blocks tell of changes each in its own way: what the form would send, all the same.
    look() {
      if (document.hidden) return;
      const sent = this.sent();
      const now = sent.toString();
      if (this.asked === null) {
        // As it was opened, it is assessed already.
        this.asked = now;
      } else if (now === this.seen && now !== this.asked) {
        this.asked = now;
        this.ask(sent);
      }
      this.seen = now;
    }

    sent() {
      const sent = new URLSearchParams();
      new FormData(this.form).forEach((value, name) => {
        if (typeof value === "string") sent.append(name, value);
      });
      return sent;
    }

    async ask(sent) {
      if (this.request) this.request.abort();
      this.request = new AbortController();
      try {
        const response = await fetch(this.urlValue, { method: "POST", body: sent, signal: this.request.signal });
        const answer = response.ok || response.status === 422 ? await response.json() : null;
        if (!answer) throw new Error(response.status);
        if (answer.refused) return answer.refused;
        // Nobody loses a reason that they are writing.
        if (this.dismissal && !sent.has("conecta-dismiss")) this.held = answer;
        else this.show(answer);
      } catch (error) {
        if (error.name !== "AbortError") {
          this.say(this.lostValue);
          return this.lostValue;
        }
      }
      return "";
    }

    get dismissal() {
      return this.contentTarget.querySelector(".conecta-dismissal:not([hidden])");
    }

    // Advice that does not fit: its reason is asked for in its place, one at a time.
    consider(event) {
      event.preventDefault();
      this.close();
      const asked = document.getElementById(event.currentTarget.getAttribute("aria-controls"));
      asked.hidden = false;
      asked.querySelector("textarea").focus();
    }

    reconsider(event) {
      const { id } = event.currentTarget.closest(".conecta-dismissal");
      this.close();
      this.contentTarget.querySelector(`[aria-controls="${id}"]`)?.focus();
    }

    close() {
      if (this.dismissal) this.dismissal.hidden = true;
      if (this.held) this.show(this.held);
    }

    async dismiss(event) {
      const asked = event.currentTarget.closest(".conecta-dismissal");
      const sent = this.sent();
      sent.append("conecta-dismiss", asked.dataset.finding);
      sent.append("conecta-reason", asked.querySelector("textarea").value);
      asked.querySelector("[role=alert]").textContent = await this.ask(sent);
    }

    restore(event) {
      event.preventDefault();
      const sent = this.sent();
      sent.append("conecta-restore", event.currentTarget.dataset.finding);
      this.ask(sent);
    }

    show({ required, html }) {
      const focused = this.contentTarget.contains(document.activeElement);
      const open = this.hasDismissedTarget && this.dismissedTarget.open;
      this.held = null;
      this.contentTarget.innerHTML = html;
      if (this.hasDismissedTarget) this.dismissedTarget.open = open;
      if (focused) this.panel.querySelector("a")?.focus();
      if (this.counter) {
        this.counter.textContent = required;
        this.counter.hidden = required === 0;
      }
      this.say(this.contentTarget.querySelector("[data-conecta-completeness-sentence]").textContent);
    }

    // Said again only when it is another sentence.
    say(text) {
      const sentence = text.replace(/\s+/g, " ").trim();
      if (this.statusTarget.textContent !== sentence) this.statusTarget.textContent = sentence;
    }

    go(event) {
      event.preventDefault();
      this.leadTo(this.field(event.currentTarget.dataset.field));
    }

    // A block that says what does not apply, with the item chosen; only the reason is left to write.
    waive(event) {
      event.preventDefault();
      const { rule } = event.currentTarget.dataset;
      const field = this.field("not_applicable");
      if (!field) return;
      let reason = this.reasonFor(field, rule);
      if (!reason) {
        const stream = window.wagtail.editHandler.getPanelByName("not_applicable").getBoundWidget();
        stream.insert({ type: "waiver", value: { rule, reason: "" }, id: null }, stream.children.length);
        reason = this.reasonFor(field, rule);
      }
      this.leadTo(reason || field);
    }

    reasonFor(field, rule) {
      const chosen = [...field.querySelectorAll('select[name$="-value-rule"]')].filter((select) => select.value === rule);
      const kept = chosen.find((select) => {
        const deleted = this.form.elements[select.name.replace(/-value-rule$/, "-deleted")];
        return !deleted || !deleted.value;
      });
      return kept && this.form.elements[kept.name.replace(/-rule$/, "-reason")];
    }

    field(name) {
      return this.form.querySelector(`[data-contentpath="${name}"]`) || this.form.elements[name];
    }

    leadTo(element) {
      if (!element) return;
      const tab = element.closest('[role="tabpanel"]');
      if (tab && tab.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
      let closed = element.closest("[data-panel], [data-contentpath]");
      for (; closed; closed = closed.parentElement?.closest("[data-panel]")) {
        closed.querySelector(':scope > * > [data-panel-toggle][aria-expanded="false"]')?.click();
      }
      if (window.matchMedia(NARROW).matches) document.querySelector("[data-form-side-close-button]")?.click();
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      // The tab and the block are drawn first.
      setTimeout(() => {
        element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
        const first = "input:not([type=hidden]), select, textarea, [contenteditable=true], button";
        const target = element.matches(first) ? element : element.querySelector(first);
        target?.focus({ preventScroll: true });
      }, 100);
    }
  }

  window.wagtail.app.register("conecta-completeness", Completeness);
})();
