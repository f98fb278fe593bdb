// What the rules of browser.yaml must find, and what they must leave alone. Nobody compiles this.

function shows(place: HTMLElement, text: string) {
  // ruleid: markup-from-text
  place.innerHTML = text;
  // ruleid: markup-from-text
  place.insertAdjacentHTML("beforeend", text);
  // ok: markup-from-text
  place.textContent = text;
}

function runs(text: string) {
  // ruleid: code-from-text
  eval(text);
  // ruleid: code-from-text
  setTimeout("tick()", 10);
  // ok: code-from-text
  setTimeout(() => tick(), 10);
}

function tells(other: Window, origin: string) {
  // ruleid: message-to-anybody
  other.postMessage({ done: true }, "*");
  // ok: message-to-anybody
  other.postMessage({ done: true }, origin);
}

function keeps(secret: string) {
  // ruleid: secret-kept-in-the-browser
  localStorage.setItem("access_token", secret);
  // ok: secret-kept-in-the-browser
  localStorage.setItem("theme", "dark");
}

function goes(next: string) {
  // ruleid: address-from-text
  location.href = next;
  // ruleid: address-from-text
  location.assign(next);
  // ok: address-from-text
  location.reload();
}
