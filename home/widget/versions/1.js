// <conecta-servicos>: a city's services on any site: a search box, one service, or a body's list.
// Reads the portal's public API and nothing else: no cookie, no storage, no third party, nothing told of who reads.
"use strict";
(() => {
  const NAME = "conecta-servicos";
  if (customElements.get(NAME)) return;
  const PORTAL = new URL("/", document.currentScript.src);
  const PATIENCE = 8000;
  const IS_ID = /^[a-z2-7]{10}$/;

  const WORDS = {
    pt: {
      tag: "pt-BR", site: "Serviços da Prefeitura", label: "O que você procura?", go: "Buscar", list: "Sugestões",
      told: ["Nenhuma sugestão", "1 sugestão", "# sugestões; use as setas para escolher"],
      found: ["Nenhum resultado", "1 resultado", "# resultados"],
      services: ["Nenhum serviço publicado", "1 serviço", "# serviços"], corrected: "Mostrando o que há para “#”.",
      all: "Ver tudo no portal", open: "Ver este serviço no portal", loading: "Carregando…",
      none: "Não encontramos isto no portal. Confira o endereço ou veja tudo o que há.",
      down: "O portal de serviços não respondeu agora. Tente de novo daqui a pouco, ou abra o portal:",
      again: "Tentar de novo", suspended: "Este serviço está suspenso no momento.",
      out_of_season: "Este serviço está fora do período de atendimento.", cost: "Custo", free: "Grátis",
      paid: "Tem custo", time: "Prazo", immediate: "na hora", up_to: "até # @", between: "de ~ a # @",
      average: "em média # @", minutes: ["minuto", "minutos"], hours: ["hora", "horas"],
      calendar_days: ["dia", "dias"], working_days: ["dia útil", "dias úteis"], months: ["mês", "meses"],
      documents: "O que levar", steps: "Como fazer",
    },
    es: {
      tag: "es", site: "Servicios del municipio", label: "¿Qué busca?", go: "Buscar", list: "Sugerencias",
      told: ["Ninguna sugerencia", "1 sugerencia", "# sugerencias; use las flechas para elegir"],
      found: ["Ningún resultado", "1 resultado", "# resultados"],
      services: ["Ningún servicio publicado", "1 servicio", "# servicios"],
      corrected: "Se muestra lo que hay para “#”.", all: "Ver todo en el portal",
      open: "Ver este servicio en el portal", loading: "Cargando…",
      none: "No encontramos esto en el portal. Revise la dirección o vea todo lo que hay.",
      down: "El portal de servicios no respondió ahora. Inténtelo de nuevo en un momento, o abra el portal:",
      again: "Intentar de nuevo", suspended: "Este servicio está suspendido por ahora.",
      out_of_season: "Este servicio está fuera del período de atención.", cost: "Costo", free: "Gratis",
      paid: "Tiene costo", time: "Plazo", immediate: "en el momento", up_to: "hasta # @", between: "de ~ a # @",
      average: "en promedio # @", minutes: ["minuto", "minutos"], hours: ["hora", "horas"],
      calendar_days: ["día", "días"], working_days: ["día hábil", "días hábiles"], months: ["mes", "meses"],
      documents: "Qué llevar", steps: "Cómo hacerlo",
    },
    en: {
      tag: "en", site: "City services", label: "What are you looking for?", go: "Search", list: "Suggestions",
      told: ["No suggestions", "1 suggestion", "# suggestions; use the arrow keys to choose"],
      found: ["No results", "1 result", "# results"], services: ["No service published", "1 service", "# services"],
      corrected: "Showing what there is for “#”.", all: "See everything on the portal",
      open: "See this service on the portal", loading: "Loading…",
      none: "We could not find this on the portal. Check the address or see all that there is.",
      down: "The services portal did not answer just now. Try again in a moment, or open the portal:",
      again: "Try again", suspended: "This service is suspended at the moment.",
      out_of_season: "This service is out of its season.", cost: "Cost", free: "Free", paid: "There is a fee",
      time: "Time", immediate: "at once", up_to: "up to # @", between: "# @ at most, ~ at least",
      average: "# @ on average", minutes: ["minute", "minutes"], hours: ["hour", "hours"],
      calendar_days: ["day", "days"], working_days: ["working day", "working days"], months: ["month", "months"],
      documents: "What to bring", steps: "How to do it",
    },
  };

  // A sheet of its own is no inline style: the host's policy need not allow any.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; position: relative; box-sizing: border-box; max-width: 40rem; padding: 1rem; line-height: 1.5;
      font-family: var(--conecta-fonte, inherit); color: var(--conecta-texto, #1b1b1b);
      background: var(--conecta-fundo, #fff); border: 1px solid var(--conecta-borda, #767676);
      border-radius: var(--conecta-raio, .5rem) }
    :host([hidden]), [hidden] { display: none }
    * { box-sizing: border-box }
    p, ul, ol, dl, dd { margin: .5rem 0 0 }
    p:empty { margin: 0 }
    .heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
    ul, ol { padding-left: 1.25rem }
    .lines { list-style: none; padding: 0 }
    .lines > li { padding: .5rem 0; border-top: 1px solid var(--conecta-borda, #767676); overflow-wrap: anywhere }
    .title { font-weight: 700; font-size: 1.125em; margin: 0; overflow-wrap: anywhere }
    .small { font-size: .9em; margin: .25rem 0 0 }
    .notice { font-weight: 700; border-left: .25rem solid var(--conecta-cor, #1351b4); padding-left: .75rem }
    dt, label { font-weight: 700; display: block }
    dt { margin-top: .5rem }
    dd { margin: 0; overflow-wrap: anywhere }
    a { color: var(--conecta-cor, #1351b4); display: inline-block; min-height: 24px }
    :focus-visible { outline: 3px solid var(--conecta-cor, #1351b4); outline-offset: 2px }
    .row { position: relative; display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .25rem }
    .box { flex: 1 1 12rem; min-width: 0 }
    input, button { font: inherit; min-height: 44px; padding: .5rem .75rem; border-radius: var(--conecta-raio, .5rem) }
    input { width: 100%; color: inherit; background: inherit; border: 1px solid var(--conecta-borda, #767676) }
    button { cursor: pointer; color: var(--conecta-cor-texto, #fff); background: var(--conecta-cor, #1351b4);
      border: 1px solid transparent }
    .list { position: absolute; z-index: 1000; inset: 100% 0 auto; margin: 0; padding: 0; list-style: none;
      max-height: 60vh; overflow: auto; background: var(--conecta-fundo, #fff);
      border: 1px solid var(--conecta-borda, #767676) }
    .list li { min-height: 44px; padding: .5rem .75rem; cursor: pointer; overflow-wrap: anywhere }
    .list [aria-selected=true] { color: var(--conecta-cor-texto, #fff); background: var(--conecta-cor, #1351b4) }
  `);

  // Texts become text nodes: nothing that a record says is ever read as HTML.
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...children.filter(Boolean));
    return element;
  };
  const here = (address) => {
    const found = new URL(address || "/", PORTAL);
    return found.origin === PORTAL.origin ? found.href : PORTAL.href;
  };
  const link = (address, text) => make("a", { href: here(address) }, text);
  const counted = (words, n) => words[Math.min(n, 2)].replace("#", n);

  class Services extends HTMLElement {
    static observedAttributes = ["lang", "orgao", "servico", "limite"];
    #root = this.attachShadow({ mode: "open" });
    #turn = 0;
    #control;
    #timer;
    #words;
    #base;
    #most;
    #status;
    #content;
    #again;

    connectedCallback() {
      this.#root.adoptedStyleSheets = [sheet];
      this.#begin();
    }

    disconnectedCallback() {
      this.#stop();
    }

    attributeChangedCallback(_name, before, after) {
      if (this.isConnected && this.#status && before !== after) this.#begin();
    }

    #begin() {
      this.#stop();
      const spoken = this.closest("[lang]")?.lang.slice(0, 2).toLowerCase();
      this.#words = WORDS[spoken] || WORDS.pt;
      this.#base = this.#words === WORDS.pt ? "/" : `/${spoken}/`;
      const most = parseInt(this.getAttribute("limite"), 10);
      this.#most = most > 0 ? Math.min(most, 20) : 5;
      this.#status = make("p", { role: "status" });
      this.#content = make("div", {});
      this.#again = null;
      const whole = make("div", { lang: this.#words.tag }, this.#status, this.#content);
      this.#root.replaceChildren(whole);
      const service = this.getAttribute("servico");
      const body = this.getAttribute("orgao");
      if (service) this.#load(() => this.#service(service));
      else if (body) this.#load(() => this.#body(body));
      else whole.prepend(this.#form());
    }

    #stop() {
      this.#turn += 1;
      clearTimeout(this.#timer);
      this.#control?.abort();
    }

    // What is asked for last counts: answers to earlier questions are thrown away.
    async #ask(work) {
      this.#stop();
      const turn = this.#turn;
      const control = (this.#control = new AbortController());
      const patience = setTimeout(() => control.abort(), PATIENCE);
      try {
        const show = await work();
        if (turn === this.#turn) show();
      } catch {
        if (turn === this.#turn) this.#say(this.#words.down, link(this.#base, this.#words.site), this.#again);
      } finally {
        clearTimeout(patience);
      }
    }

    async #get(path, parameters) {
      const address = new URL(`api/v1/${path}`, PORTAL);
      address.search = new URLSearchParams({ lang: this.#words.tag, ...parameters });
      const answer = await fetch(address, {
        signal: this.#control.signal,
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }

    // By its id, which is good for ever, or else by the name in its address.
    async #record(path, name) {
      const found = IS_ID.test(name) && (await this.#get(`${path}/${name}`));
      return found || (await this.#get(path, { slug: name, size: 1 }))?.results[0];
    }

    #say(...what) {
      this.#status.className = "";
      this.#status.replaceChildren(...what.filter(Boolean).flatMap((each) => [each, " "]));
    }

    #load(work) {
      this.#again = make("button", { type: "button" }, this.#words.again);
      this.#again.addEventListener("click", () => this.#load(work));
      this.#say(this.#words.loading);
      this.#ask(work);
    }

    #unknown() {
      this.#say(this.#words.none, link(this.#base, this.#words.all));
    }

    async #service(name) {
      const found = await this.#record("services", name);
      if (!found) return () => this.#unknown();
      const words = this.#words;
      const named = (steps) => [...new Set(steps.map((step) => step.trim()).filter(Boolean))];
      const steps = named((found.steps || []).map((step) => step.title || ""));
      const documents = named(
        (found.steps || []).flatMap((step) => step.documents?.default || []).map((each) => each.name || ""),
      );
      const facts = [
        [words.cost, found.free === true ? words.free : found.free === false && words.paid],
        [words.time, this.#time(found.time)],
        [words.documents, documents.length && make("ul", {}, ...documents.map((each) => make("li", {}, each)))],
        [words.steps, steps.length && make("ol", {}, ...steps.map((each) => make("li", {}, each)))],
      ].filter(([, fact]) => fact);
      const status = found.status && words[found.status.name];
      return () => {
        this.#say();
        this.#content.replaceChildren(
          make("p", { class: "title" }, link(found.url, found.title)),
          make("p", {}, found.summary),
          status ? make("p", { class: "notice" }, `${status} ${found.status.message || ""}`) : "",
          facts.length ? make("dl", {}, ...facts.flatMap(([name, fact]) => [make("dt", {}, name), make("dd", {}, fact)])) : "",
          make("p", {}, link(found.url, words.open)),
        );
      };
    }

    #time(time) {
      const said = time && this.#words[time.type];
      if (!said || (time.type !== "immediate" && !(time.max && time.unit))) return "";
      const unit = time.unit ? this.#words[time.unit][time.max === 1 ? 0 : 1] : "";
      return said.replace("#", time.max).replace("~", time.min ?? 0).replace("@", unit);
    }

    async #body(name) {
      const [body, found] = await Promise.all([
        this.#record("secretariats", name),
        // A list, not a search: that one has only what is translated.
        this.#get("services", { secretariat: name, size: this.#most, fields: "title,summary,url" }),
      ]);
      if (!body || !found) return () => this.#unknown();
      return () => {
        this.#say(counted(this.#words.services, found.total));
        this.#content.replaceChildren(
          make("p", { class: "title" }, link(body.url, body.title)),
          this.#lines(found.results, body.title),
          make("p", {}, link(body.url, this.#words.all)),
        );
      };
    }

    #lines(results, label) {
      const lines = results.map((each) => {
        const line = make("li", {}, link(each.url, each.title));
        for (const text of [each.summary, each.answer?.join(" · ")]) {
          if (text) line.append(make("p", { class: "small" }, text));
        }
        return line;
      });
      return lines.length ? make("ul", { class: "lines", "aria-label": label }, ...lines) : "";
    }

    #form() {
      const words = this.#words;
      const list = make("ul", { id: "list", class: "list", role: "listbox", "aria-label": words.list, hidden: "" });
      const input = make("input", {
        id: "q",
        inputmode: "search",
        enterkeyhint: "search",
        autocomplete: "off",
        autocapitalize: "none",
        spellcheck: "false",
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": "list",
      });
      const form = make(
        "form",
        { role: "search", "aria-label": words.site },
        make("label", { for: "q" }, words.label),
        make("div", { class: "row" }, make("div", { class: "box" }, input, list), make("button", {}, words.go)),
      );
      let active = -1;

      const activate = (index) => {
        list.children[active]?.setAttribute("aria-selected", "false");
        active = index;
        const option = list.children[active];
        if (!option) return input.removeAttribute("aria-activedescendant");
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", option.id);
      };
      const show = (open) => {
        list.hidden = !open;
        input.setAttribute("aria-expanded", String(open));
      };
      const close = () => {
        activate(-1);
        show(false);
      };
      const suggest = () =>
        this.#ask(async () => {
          const found = await this.#get("suggest", { q: input.value, limit: this.#most });
          return () => {
            activate(-1);
            list.replaceChildren(
              ...found.results.map((each, index) => {
                const said = [each.name, each.title, each.label].filter(Boolean).join(" · ");
                const option = make("li", { id: `o${index}`, role: "option", "aria-selected": "false" }, said);
                option.address = here(each.url);
                return option;
              }),
            );
            show(found.results.length > 0);
            this.#say(counted(words.told, found.results.length));
            this.#status.className = "heard";
          };
        });

      input.addEventListener("input", () => {
        this.#stop();
        this.#say();
        if (input.value.trim()) this.#timer = setTimeout(suggest, 150);
        else close();
      });
      input.addEventListener("keydown", (event) => {
        const last = list.children.length - 1;
        const keys = list.hidden
          ? {}
          : {
              ArrowDown: () => activate(active < last ? active + 1 : 0),
              ArrowUp: () => activate(active > 0 ? active - 1 : last),
              Escape: close,
              Enter: active >= 0 && (() => location.assign(list.children[active].address)),
            };
        if (!keys[event.key]) return;
        event.preventDefault();
        keys[event.key]();
      });
      // The field keeps the focus while a suggestion is pressed.
      list.addEventListener("mousedown", (event) => event.preventDefault());
      list.addEventListener("click", (event) => {
        const option = event.target.closest("li");
        if (option) location.assign(option.address);
      });
      input.addEventListener("blur", close);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        close();
        const q = input.value.trim();
        if (q) this.#search(q);
      });
      return form;
    }

    #search(q) {
      this.#say(this.#words.loading);
      this.#ask(async () => {
        const found = await this.#get("search", { q, size: this.#most });
        return () => {
          const corrected = found.corrected && this.#words.corrected.replace("#", () => found.corrected);
          this.#say(counted(this.#words.found, found.total), corrected);
          const all = `${this.#base}busca/?${new URLSearchParams({ q })}`;
          this.#content.replaceChildren(
            this.#lines(found.results, q),
            make("p", {}, link(all, this.#words.all)),
          );
        };
      });
    }
  }

  customElements.define(NAME, Services);
})();
