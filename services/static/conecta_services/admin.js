// Two small controllers for our own forms, run by the Stimulus application that Wagtail's admin keeps.
(() => {
  const { Controller } = window.StimulusModule;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  class Checklist extends Controller {
    static targets = ["option"];

    filter(event) {
      const words = plain(event.target.value).split(/\s+/);
      this.optionTargets.forEach((option) => {
        const text = plain(option.textContent);
        option.hidden = !words.every((word) => text.includes(word));
      });
    }

    // Enter in the filter must not send the whole form.
    stay(event) {
      event.preventDefault();
    }
  }

  class Answer extends Controller {
    static values = { url: String, empty: String, without: String };

    connect() {
      const answers = this.element.closest('[data-contentpath="answers"]');
      this.condition = answers && answers.parentElement;
      if (!this.condition || this.select) return;
      this.select = document.createElement("select");
      this.select.id = `${this.element.id}-answer`;
      this.select.setAttribute("aria-label", this.emptyValue);
      this.select.addEventListener("change", () => {
        this.element.value = this.select.value;
        this.element.dispatchEvent(new Event("change", { bubbles: true }));
      });
      this.element.after(this.select);
      this.element.hidden = true;
      this.refill = () => this.fill();
      this.condition.addEventListener("change", this.refill);
      this.fill();
    }

    disconnect() {
      if (!this.select) return;
      this.condition.removeEventListener("change", this.refill);
      this.select.remove();
      this.select = null;
      this.element.hidden = false;
    }

    async fill() {
      const chosen = this.condition.querySelector('[data-contentpath="question"] input[type="hidden"]');
      const question = chosen ? chosen.value : "";
      if (question === this.question) return;
      this.question = question;
      let answers = [];
      if (question) {
        const response = await fetch(this.urlValue.replace("/0/", `/${question}/`));
        if (!response.ok) return this.disconnect();
        answers = (await response.json()).answers;
      }
      if (!this.select) return;
      const present = this.element.value;
      const options = [new Option(question ? this.emptyValue : this.withoutValue, "")];
      answers.forEach(({ key, text }) => options.push(new Option(text, key)));
      if (present && !answers.some(({ key }) => key === present)) options.push(new Option(present, present));
      this.select.replaceChildren(...options);
      this.select.value = present;
    }
  }

  window.wagtail.app.register("conecta-checklist", Checklist);
  window.wagtail.app.register("conecta-answer", Answer);
})();
