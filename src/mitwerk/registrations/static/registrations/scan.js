/* Reads a code with the camera into a field, where the browser can. Where it cannot, the page says so, and the field
   stays: hand scanners type into it. The picture never leaves the device. */
(() => {
  "use strict";
  const PAUSE = 150;
  const AGAIN = 3000;
  const field = document.querySelector("input[data-scan]");
  const form = field?.form;
  if (!form) return;
  const [button, video, told] = ["[data-camera]", "[data-video]", "[data-no-camera]"].map((name) => form.querySelector(name));
  const can = async () => {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
    return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
  };

  let stream = null;
  let last = { text: "", at: 0 };
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = true;
    button.setAttribute("aria-pressed", "false");
  };
  const read = (text) => {
    // The same code stays in front of the camera for a while; it is read once.
    if (text === last.text && Date.now() - last.at < AGAIN) { last.at = Date.now(); return; }
    last = { text, at: Date.now() };
    field.value = text;
    form.requestSubmit();
  };
  const look = async (detector) => {
    while (stream) {
      try {
        const [found] = await detector.detect(video);
        if (found) read(found.rawValue);
      } catch { /* no picture yet */ }
      await new Promise((done) => { setTimeout(done, PAUSE); });
    }
  };
  const start = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch {
      told.hidden = false;
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    button.setAttribute("aria-pressed", "true");
    video.play().catch(() => {});
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  };
  can().catch(() => false).then((is) => {
    button.hidden = !is;
    told.hidden = is;
  });
  button.addEventListener("click", () => { if (stream) stop(); else start(); });
  addEventListener("pagehide", stop);
})();
