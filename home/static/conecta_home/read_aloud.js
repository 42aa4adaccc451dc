// The page's article in the browser's own voice, block by block; shown only where there is a voice for the language.
(() => {
  const bar = document.querySelector(".c-reading");
  const speech = window.speechSynthesis;
  if (!bar || !speech || !window.SpeechSynthesisUtterance) return;
  const [play, next, stop] = ["play", "next", "stop"].map((name) => bar.querySelector(`.c-reading__${name}`));
  const article = bar.closest("article");
  const blocks = "h1,h2,h3,h4,h5,p,li,dt,dd,td,th,summary,div,section,header";
  const silent = "nav,form,button,script,noscript,[hidden],[aria-hidden=true],.c-reading,.c-share,.c-address";
  const language = document.documentElement.lang;
  let pieces = [];
  let place = 0;
  let turn = 0;
  let state = "off";

  const base = (tag) => tag.toLowerCase().split(/[-_]/)[0];
  const voiceOf = (tag) => {
    const voices = speech.getVoices().filter((voice) => base(voice.lang) === base(tag));
    return voices.find((voice) => voice.lang.replace("_", "-").toLowerCase() === tag.toLowerCase()) || voices[0];
  };

  // Long utterances are cut off by some engines, so a piece is a sentence or two.
  const gather = () => {
    const found = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    let block;
    let text = "";
    const close = () => {
      const said = text.replace(/\s+/g, " ").trim();
      if (/[\p{L}\p{N}]/u.test(said)) {
        const lang = block.closest("[lang]").lang;
        for (const part of said.match(/[^.!?;]{1,220}(?:[.!?;]+|\s|$)|\S+/g)) found.push({ block, text: part, lang });
      }
      text = "";
    };
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent.closest(silent) || !parent.checkVisibility?.call(parent)) continue;
      const own = parent.closest(blocks);
      if (own !== block) {
        if (block) close();
        block = own;
      }
      text += walker.currentNode.data;
    }
    if (block) close();
    return found;
  };

  const show = () => {
    play.textContent = bar.dataset[{ off: "read", on: "pause", paused: "resume" }[state]];
    next.hidden = stop.hidden = state === "off";
    article.querySelector(".c-reading-now")?.classList.remove("c-reading-now");
    if (state !== "off") pieces[place]?.block.classList.add("c-reading-now");
  };
  const quiet = (now) => {
    // Whatever was being said must not go on to the next piece when it is cut off.
    turn += 1;
    state = now;
    speech.cancel();
    show();
  };
  const say = () => {
    if (place >= pieces.length) return quiet("off");
    const piece = pieces[place];
    const mine = turn;
    const said = new SpeechSynthesisUtterance(piece.text);
    said.lang = piece.lang || language;
    said.voice = voiceOf(said.lang) || null;
    said.onend = said.onerror = () => {
      if (mine !== turn) return;
      place += 1;
      say();
    };
    state = "on";
    show();
    speech.speak(said);
  };

  play.addEventListener("click", () => {
    if (state === "on") return quiet("paused");
    if (state === "off") {
      pieces = gather();
      place = 0;
    }
    say();
  });
  next.addEventListener("click", () => {
    const heading = (piece) => /^H[1-6]$/.test(piece.block.tagName) && piece.block !== pieces[place].block;
    const found = pieces.findIndex((piece, index) => index > place && heading(piece));
    quiet("paused");
    if (found < 0) return quiet("off");
    place = found;
    say();
  });
  stop.addEventListener("click", () => {
    quiet("off");
    play.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state !== "off") quiet("off");
  });
  addEventListener("pagehide", () => speech.cancel());
  const offer = () => {
    if (voiceOf(language)) play.hidden = false;
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
})();
