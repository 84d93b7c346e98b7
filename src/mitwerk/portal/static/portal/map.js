/* Lays a map that can be moved over the drawing that the page brings. Without WebGL, without this file, or where
   the reader saves data, the drawing stays. Nothing is fetched from elsewhere: no tiles, no letters. */
"use strict";

const colour = (name) => {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

/* Colours of the drawing: where somebody is, where nobody is, what is chosen. */
const areaColour = (drawing) => {
  const slugs = (selector) => [...drawing.querySelectorAll(selector)].map((link) => link.dataset.slug);
  const shades = [[slugs("a:has(.chosen)"), "--art-third"], [slugs("a:not(:has(.chosen))"), "--sheet"]];
  const cases = shades.filter(([found]) => found.length).flatMap(([found, name]) => [found, colour(name)]);
  return cases.length ? ["match", ["get", "slug"], ...cases, colour("--art-shade")] : colour("--art-shade");
};

const paints = (drawing) => ({
  ground: { "background-color": colour("--art-paper") },
  areas: { "fill-color": areaColour(drawing) },
  borders: { "line-color": colour("--edge"), "line-width": 1.2 },
});

const styleFor = (data, drawing) => {
  const paint = paints(drawing);
  return {
    version: 8,
    sources: {
      districts: { type: "geojson", data: data.districts },
      points: { type: "geojson", data: data.points, cluster: true, clusterRadius: 44, clusterMaxZoom: 16 },
    },
    layers: [
      { id: "ground", type: "background", paint: paint.ground },
      { id: "areas", type: "fill", source: "districts", paint: paint.areas },
      { id: "borders", type: "line", source: "districts", paint: paint.borders },
      // Not seen: it makes the library cut the source into tiles, which the buttons below are made from.
      { id: "points", type: "circle", source: "points", paint: { "circle-radius": 0, "circle-opacity": 0 } },
    ],
  };
};

const boxOf = (collection) => {
  const box = [180, 90, -180, -90];
  const walk = (part) => {
    if (typeof part[0] !== "number") return part.forEach(walk);
    box[0] = Math.min(box[0], part[0]);
    box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]);
    box[3] = Math.max(box[3], part[1]);
  };
  for (const feature of collection.features) walk(feature.geometry.coordinates);
  return box;
};

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const listOf = (features) => {
  const list = element("ul", { role: "list" });
  for (const { properties } of features) {
    const line = element("li", {}, element("a", { href: properties.url, textContent: properties.name }));
    line.append(element("p", { className: "small quiet", textContent: properties.text }));
    list.append(line);
  }
  return list;
};

class LiveMap {
  constructor(frame, library, data) {
    this.frame = frame;
    this.library = library;
    this.shown = new Map();
    this.drawing = frame.querySelector("svg.map");
    this.box = element("div", { className: "live-map" });
    frame.append(this.box);
    const text = frame.dataset;
    this.map = new library.Map({
      container: this.box,
      style: styleFor(data, this.drawing),
      bounds: boxOf(data.districts.features.length ? data.districts : data.points),
      fitBoundsOptions: { padding: 16 },
      maxZoom: 15,
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      localIdeographFontFamily: false,
      locale: {
        "Map.Title": text.label,
        "NavigationControl.ZoomIn": text.in,
        "NavigationControl.ZoomOut": text.out,
        "Popup.Close": text.close,
        "CooperativeGesturesHandler.WindowsHelpText": text.scroll,
        "CooperativeGesturesHandler.MacHelpText": text.scroll.replace("Ctrl", "⌘"),
        "CooperativeGesturesHandler.MobileHelpText": text.fingers,
      },
    });
    this.map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
    this.map.on("load", () => this.start());
    this.map.on("click", "areas", (event) => this.choose(event));
  }

  start() {
    this.drawing.style.visibility = "hidden";
    this.map.on("render", () => this.map.isSourceLoaded("points") && this.showButtons());
    this.map.triggerRepaint();
    const recolour = () => {
      for (const [layer, paint] of Object.entries(paints(this.drawing)))
        for (const [name, value] of Object.entries(paint)) this.map.setPaintProperty(layer, name, value);
    };
    new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
    this.frame.dataset.state = "live";
  }

  /* One HTML button per organisation or cluster in sight: they take the keyboard, and need no letters on the map. */
  showButtons() {
    const seen = new Set();
    for (const feature of this.map.querySourceFeatures("points")) {
      const { properties, geometry } = feature;
      const key = properties.cluster ? `c${properties.cluster_id}` : properties.url;
      if (seen.has(key)) continue;
      seen.add(key);
      if (!this.shown.has(key)) {
        const marker = new this.library.Marker({ element: this.button(feature) });
        this.shown.set(key, marker.setLngLat(geometry.coordinates).addTo(this.map));
      }
    }
    for (const [key, marker] of this.shown) {
      if (!seen.has(key)) {
        marker.remove();
        this.shown.delete(key);
      }
    }
  }

  button(feature) {
    const { properties } = feature;
    const many = properties.cluster;
    const button = element("button", {
      type: "button",
      className: `cluster-count ${many ? ["few", "some", "many"][Math.min(2, `${properties.point_count}`.length - 1)] : "one"}`,
      textContent: many ? properties.point_count_abbreviated : "",
      ariaLabel: many ? `${properties.point_count} ${this.frame.dataset.many}` : properties.name,
    });
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.open(feature);
    });
    return button;
  }

  async open({ properties, geometry }) {
    if (!properties.cluster) return this.popup([{ properties }], geometry.coordinates);
    const source = this.map.getSource("points");
    const leaves = await source.getClusterLeaves(properties.cluster_id, 100, 0);
    const places = new Set(leaves.map((leaf) => leaf.geometry.coordinates.join()));
    if (places.size === 1) return this.popup(leaves, geometry.coordinates);
    const zoom = await source.getClusterExpansionZoom(properties.cluster_id);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map[still ? "jumpTo" : "easeTo"]({ center: geometry.coordinates, zoom });
  }

  popup(features, place) {
    const content = element("div", { className: "popup-list" }, listOf(features));
    new this.library.Popup({ maxWidth: "20rem", offset: 16 })
      .setLngLat(place)
      .setDOMContent(content)
      .addTo(this.map);
  }

  choose(event) {
    const slug = event.features?.[0]?.properties.slug;
    this.drawing.querySelector(`a[data-slug="${CSS.escape(slug)}"]`)?.click();
  }
}

const read = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
};

/* The library's styles, there before the map is laid: without them its parts would move about when they come. */
const style = (address) =>
  new Promise((resolve, reject) => {
    if (document.querySelector("link[data-map-styles]")) return resolve();
    const styles = element("link", { rel: "stylesheet", href: address, onload: resolve });
    styles.onerror = () => {
      styles.remove();
      reject(new Error(`no styles at ${address}`));
    };
    styles.dataset.mapStyles = "";
    document.head.append(styles);
  });

let live = null;

const start = async () => {
  const frame = document.querySelector("[data-map]:not([data-state])");
  if (!frame || navigator.connection?.saveData) return;
  frame.dataset.state = "loading";
  live?.map.remove(); // the one of a list that the filters have replaced
  live = null;
  try {
    const [library, districts, points] = await Promise.all([
      import(frame.dataset.library),
      read(frame.dataset.districts),
      read(frame.dataset.points),
      style(frame.dataset.styles),
    ]);
    library.setWorkerUrl(frame.dataset.worker);
    live = new LiveMap(frame, library, { districts, points });
  } catch (error) {
    frame.dataset.state = "drawing";
    frame.querySelector(".live-map")?.remove();
    console.warn("The map stays a drawing:", error.message);
  }
};

start();
document.addEventListener("swapped", start);
