/**
 * Natural Earth's countries → hooks/compass/site/world.json, the shapes from which the site's map is drawn. `make map` runs it.
 *
 * Two maps: the world, in a projection that keeps areas true, and Europe, larger. Each has one outline of all land, and a
 * shape and a point for every country by its code in ISO 3166-1; which of them the map shows, the records tell at build
 * time (`world_map.py`). Borders between countries that the map does not show are therefore never drawn. Land without
 * a code of its own is land like any other. In one place the shapes are not Natural Earth's: it draws who holds a
 * territory, and so Crimea with Russia; here Crimea is part of Ukraine.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PACKAGES = {
  "world-atlas": "2.0.2",
  "i18n-iso-countries": "7.14.0",
  "d3-geo": "3.1.1",
  polylabel: "1.1.0",
  "topojson-client": "3.1.0",
  "topojson-simplify": "3.0.3",
};
const OUT = fileURLToPath(new URL("../hooks/compass/site/world.json", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "world-"));
const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, ...wanted]);
const require = createRequire(join(folder, "package.json"));
const d3 = await import(pathToFileURL(require.resolve("d3-geo")).href);
const polylabel = require("polylabel");
const { feature, merge, mergeArcs } = require("topojson-client");
const { filter, filterAttachedWeight, presimplify, simplify, sphericalRingArea, sphericalTriangleArea } =
  require("topojson-simplify");
const codes = new Map(require("i18n-iso-countries/codes.json").map(([iso, , number]) => [number, iso]));

/** `detail`: the smallest triangle, and the smallest island, that is drawn, in steradians. */
const MAPS = {
  world: {
    atlas: "world-atlas/countries-50m.json",
    projection: d3.geoEqualEarth().rotate([-11, 0]),
    frame: { type: "MultiPoint", coordinates: [[-168.9, 0], [190.9, 0], [0, 84], [0, -55.5]] },
    width: 1000,
    detail: 5e-5,
  },
  europe: {
    atlas: "world-atlas/countries-50m.json",
    projection: d3.geoAzimuthalEqualArea().rotate([-14, -53]),
    frame: { type: "MultiPoint", coordinates: [[-11, 51], [-9.5, 36], [14, 34.4], [14, 71.4], [42, 50]] },
    width: 600,
    detail: 6e-6,
  },
};

/** A polygon's rings, on whole units of the map, as steps from point to point. */
function path(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat().map(steps).join("");
}

function steps(ring) {
  const points = ring.map((point) => point.map(Math.round)).filter((one, i, all) => i === 0 || `${one}` !== `${all[i - 1]}`);
  if (points.length < 4) return "";
  const [first, ...rest] = points.slice(0, -1);
  let [x, y] = first;
  let step = "";
  for (const [nextX, nextY] of rest) {
    step += `${nextX < x || !step ? "" : " "}${nextX - x}${nextY < y ? "" : " "}${nextY - y}`;
    [x, y] = [nextX, nextY];
  }
  return `M${first[0]} ${first[1]}l${step}z`;
}

/** The polygons of a geometry that a projection shows, as planar GeoJSON. */
function project(geometry, projection) {
  const polygons = [];
  let rings;
  let ring;
  const sink = {
    polygonStart: () => (rings = []),
    polygonEnd: () => polygons.push(...rings.map((one) => [one])),
    lineStart: () => (ring = []),
    lineEnd: () => rings.push([...ring, ring[0]]),
    point: (x, y) => ring.push([x, y]),
    sphere: () => {},
  };
  d3.geoStream(geometry, projection.stream(sink));
  return { type: "MultiPolygon", coordinates: polygons };
}

const area = ([ring]) => Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring.at(i - 1)[1] - ring.at(i - 1)[0] * y, 0));

/** A point well inside the largest piece of a country, for its mark and its name; none when it lies outside the map. */
function pointIn(whole, { projection, width, height }) {
  const pieces = (whole.type === "Polygon" ? [whole.coordinates] : whole.coordinates).map((coordinates) => ({ type: "Polygon", coordinates }));
  const largest = pieces.sort((one, other) => d3.geoArea(other) - d3.geoArea(one))[0];
  const planar = project(largest, projection).coordinates.sort((one, other) => area(other) - area(one))[0];
  const point = planar && polylabel(planar, 0.5).slice(0, 2).map(Math.round);
  return point && point[0] >= 0 && point[0] <= width && point[1] >= 0 && point[1] <= height ? point : undefined;
}

const CRIMEA = [34.3, 45.2];

/** The polygon around Crimea, moved from Russia to Ukraine, without a border between them. */
function withCrimeaInUkraine(topology, countries) {
  const [russia, ukraine] = ["643", "804"].map((id) => countries.find((one) => one.id === id));
  const polygons = russia.arcs.map((arcs) => ({ type: "Polygon", arcs }));
  const crimea = polygons.filter((one) => d3.geoContains(feature(topology, one), CRIMEA));
  if (crimea.length !== 1) throw new Error(`${crimea.length} polygons of Russia hold Crimea, not one`);
  const changed = new Map([
    [russia, { ...russia, arcs: russia.arcs.filter((arcs) => arcs !== crimea[0].arcs) }],
    [ukraine, { ...ukraine, ...mergeArcs(topology, [ukraine, ...crimea]) }],
  ]);
  return countries.map((one) => changed.get(one) ?? one);
}

function draw({ atlas, projection, frame, width, detail }) {
  projection.fitWidth(width, frame);
  const height = Math.ceil(d3.geoPath(projection).bounds(frame)[1][1]);
  projection.clipExtent([[-2, -2], [width + 2, height + 2]]);
  const all = JSON.parse(readFileSync(require.resolve(atlas), "utf8"));
  const { countries } = all.objects;
  countries.geometries = withCrimeaInUkraine(all, countries.geometries.filter(({ id }) => id !== "010"));
  const weighted = presimplify(all, sphericalTriangleArea);
  const simple = filter(simplify(weighted, detail), filterAttachedWeight(weighted, detail, sphericalRingArea));
  const shapes = {};
  const points = {};
  // Of several pieces with one code, the largest tells where the country lies.
  const size = (geometry) => d3.geoArea(feature(all, geometry));
  for (const geometry of all.objects.countries.geometries.toSorted((one, other) => size(other) - size(one))) {
    const point = pointIn(feature(all, geometry).geometry, { projection, width, height });
    if (codes.has(geometry.id) && point) points[codes.get(geometry.id)] ??= point;
  }
  for (const geometry of simple.objects.countries.geometries) {
    const iso = codes.get(geometry.id);
    const shape = geometry.type && iso ? path(project(feature(simple, geometry).geometry, projection)) : "";
    if (shape) shapes[iso] = (shapes[iso] ?? "") + shape;
  }
  const land = path(project(merge(simple, simple.objects.countries.geometries.filter(({ type }) => type)), projection));
  return { width, height, land, shapes: sorted(shapes), points: sorted(points) };
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));

const drawn = Object.fromEntries(Object.entries(MAPS).map(([name, map]) => [name, draw(map)]));
const world = {
  source: "Natural Earth 4.1.0, Admin 0 countries at 1:50 million, by way of the npm package world-atlas 2.0.2",
  changed: "Crimea is part of Ukraine, not of Russia",
  licence: "public domain",
  made_by: "tools/draw_world.mjs; do not edit",
  ...drawn,
};
// A country a line, so that a change of one can be seen.
const compact = JSON.stringify(world, null, 1).replace(/\[\s*(-?\d+),\s*(-?\d+)\s*\]/g, "[$1, $2]");
writeFileSync(OUT, `${compact}\n`);
rmSync(folder, { recursive: true });
for (const [name, { land, shapes, points }] of Object.entries(drawn)) {
  console.log(`${name}: ${Object.keys(shapes).length} shapes, ${Object.keys(points).length} points, land ${land.length} B`);
}
