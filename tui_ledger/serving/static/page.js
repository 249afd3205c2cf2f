// What stands between the terminal's own script and the program: the key of this browser, and what is said at the end.
(() => {
  "use strict";

  const STORE = "tui-ledger-key";
  const LOST = "The connection was lost. What was being typed is kept.";
  const STOPPED = "tui-ledger serve is not running any more. What was being typed is kept.";
  const HALF_IN =
    "This browser was let in but has lost its key. Ask for a new address where tui-ledger serve runs, and open that.";

  const key = takeKey();
  let ending = null;

  function takeKey() {
    const given = new URLSearchParams(location.hash.slice(1)).get("key");
    if (given) {
      history.replaceState(null, "", "/");
    }
    try {
      if (given) {
        localStorage.setItem(STORE, given);
      }
      return given || localStorage.getItem(STORE) || "";
    } catch {
      return given || "";
    }
  }

  // The text of a book is no link, whatever it looks like.
  window.open = () => null;

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(address) {
      super(address, key ? [key] : []);
      this.addEventListener("message", (event) => {
        if (typeof event.data === "string") {
          const [kind, told] = JSON.parse(event.data);
          ending = kind === "ended" ? told : ending;
        }
      });
      this.addEventListener("open", () => document.querySelector(".xterm-helper-textarea")?.focus());
      this.addEventListener("close", explain);
    }
  };

  async function explain() {
    if (ending) {
      say(ending.sentence, ending.again);
    } else if (!key) {
      say(HALF_IN, false);
    } else {
      await findOut();
    }
  }

  async function findOut() {
    try {
      const answer = await fetch("/", { cache: "no-store", redirect: "error" });
      if (answer.ok) {
        say(LOST, true);
      } else {
        location.reload();
      }
    } catch {
      say(STOPPED, false);
    }
  }

  function say(sentence, mayStartAgain) {
    const again = document.getElementById("again");
    document.getElementById("sentence").textContent = sentence;
    document.getElementById("ended").hidden = false;
    again.hidden = !mayStartAgain;
    const out = document.getElementById("sign-out");
    if (out) {
      out.hidden = !mayStartAgain;
    }
    again.focus();
  }

  // The terminal measures its letters when it starts: they have to be there by then.
  document.addEventListener("DOMContentLoaded", () => {
    const socket = location.origin.replace(/^http/, "ws") + "/ws";
    document.getElementById("terminal").dataset.sessionWebsocketUrl = socket;
    document.getElementById("again").addEventListener("click", () => location.reload());
    const start = window.onload;
    window.onload = () => document.fonts.load('16px "Roboto Mono"').finally(start);
  });
})();
